/** What the system wouldn't restore (owners, attributes …): one problem for each kind, not one for each file. */
import { displayName } from '../../../shared/byte-string.ts'
import type { ErrorData } from '../../../shared/errors.ts'
import { type ErrorCode, errorData, ReftarError } from '../../../shared/errors.ts'
import type { NotRestored } from '../../../shared/jobs.ts'
import { inEnglish, type Said, said } from '../../../shared/said.ts'
import type { Entry } from '../entry.ts'

interface Refusal {
  readonly what: Said
  readonly error: ReftarError
  readonly firstEntry: string
  count: number
}

const expectedCodes: ReadonlySet<ErrorCode> = new Set([
  'not-permitted',
  'permission-denied',
  'not-supported',
  'invalid-argument',
  'system-error',
  'name-too-long',
])

/** An archive may name a million attributes that don't exist; past this many kinds they are counted as one. */
const mostKinds = 100
const anythingElse = 'anything else'

export class Refusals {
  readonly #kinds = new Map<string, Refusal>()

  /** Runs a call that the system may refuse for reasons of rights or abilities; `what` names it in words. True when it was done. */
  attempt(what: Said, entry: Entry, call: () => void): boolean {
    try {
      call()
      return true
    } catch (error) {
      if (!(error instanceof ReftarError && expectedCodes.has(error.code))) throw error
      this.#add(what, entry, error)
      return false
    }
  }

  /** Something that wasn't tried, or didn't come out as wanted. */
  note(what: Said, entry: Entry, code: ErrorCode, reason: Said): void {
    this.#add(what, entry, new ReftarError(code, reason))
  }

  #add(what: Said, entry: Entry, error: ReftarError): void {
    const kind = this.#kinds.has(inEnglish(what)) || this.#kinds.size < mostKinds ? what : anythingElse
    const known = this.#kinds.get(inEnglish(kind))
    if (known) known.count++
    else this.#kinds.set(inEnglish(kind), { what: kind, error, firstEntry: displayName(entry.path), count: 1 })
  }

  /** What wasn't restored, for the summary. */
  kinds(): NotRestored[] {
    return Array.from(this.#kinds.values(), ({ what, error, firstEntry, count }) => ({
      what,
      entries: count,
      firstEntry,
      reason: error.said,
    }))
  }

  /** Each kind of refusal as one problem. */
  *problems(): Iterable<ErrorData> {
    for (const { what, error, firstEntry, count } of this.#kinds.values()) {
      const reason = error.said
      const message =
        count === 1
          ? said('{what} couldn’t be restored: {reason}', { what, reason })
          : said('{what} couldn’t be restored (and for {more} more): {reason}', { what, more: count - 1, reason })
      yield errorData(new ReftarError(error.code, message, { ...error.context, entry: firstEntry }))
    }
  }
}
