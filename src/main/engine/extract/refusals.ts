/** What the system wouldn't restore (owners, attributes …): one problem for each kind, not one for each file. */
import { displayName } from '../../../shared/byte-string.ts'
import type { ErrorData } from '../../../shared/errors.ts'
import { type ErrorCode, errorData, ReftarError } from '../../../shared/errors.ts'
import type { NotRestored } from '../../../shared/jobs.ts'
import type { Entry } from '../entry.ts'

interface Refusal {
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
  attempt(what: string, entry: Entry, call: () => void): boolean {
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
  note(what: string, entry: Entry, code: ErrorCode, reason: string): void {
    this.#add(what, entry, new ReftarError(code, reason))
  }

  #add(what: string, entry: Entry, error: ReftarError): void {
    const kind = this.#kinds.has(what) || this.#kinds.size < mostKinds ? what : anythingElse
    const known = this.#kinds.get(kind)
    if (known) known.count++
    else this.#kinds.set(kind, { error, firstEntry: displayName(entry.path), count: 1 })
  }

  /** What wasn't restored, for the summary. */
  kinds(): NotRestored[] {
    return Array.from(this.#kinds, ([what, { error, firstEntry, count }]) => ({
      what,
      entries: count,
      firstEntry,
      reason: error.message.charAt(0).toLowerCase() + error.message.slice(1),
    }))
  }

  /** Each kind of refusal as one problem. */
  *problems(): Iterable<ErrorData> {
    for (const { what, entries, firstEntry, reason } of this.kinds()) {
      const { error } = this.#kinds.get(what) ?? {}
      const others = entries === 1 ? '' : ` (and for ${entries - 1} more)`
      const context = { ...error?.context, entry: firstEntry }
      yield errorData(
        new ReftarError(error?.code ?? 'internal', `${what} couldn’t be restored${others}: ${reason}`, context),
      )
    }
  }
}
