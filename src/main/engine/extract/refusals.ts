/** What the system wouldn't restore (owners, attributes …): one problem for each kind, not one for each file. */
import { displayName } from '../../../shared/byte-string.ts'
import type { ErrorData } from '../../../shared/errors.ts'
import { type ErrorCode, errorData, ReftarError } from '../../../shared/errors.ts'
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

export class Refusals {
  readonly #kinds = new Map<string, Refusal>()

  /** Runs a call that the system may refuse for reasons of rights or abilities; `what` names it in words. */
  attempt(what: string, entry: Entry, call: () => void): void {
    try {
      call()
    } catch (error) {
      if (!(error instanceof ReftarError && expectedCodes.has(error.code))) throw error
      const known = this.#kinds.get(what)
      if (known) known.count++
      else this.#kinds.set(what, { error, firstEntry: displayName(entry.path), count: 1 })
    }
  }

  /** Each kind of refusal as one problem. */
  *problems(): Iterable<ErrorData> {
    for (const [what, { error, firstEntry, count }] of this.#kinds) {
      const others = count === 1 ? '' : ` (and for ${count - 1} more)`
      const reason = error.message.charAt(0).toLowerCase() + error.message.slice(1)
      const context = { ...error.context, entry: firstEntry }
      yield errorData(new ReftarError(error.code, `${what} couldn’t be restored${others}: ${reason}`, context))
    }
  }
}
