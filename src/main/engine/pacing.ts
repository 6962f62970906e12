/** Lets signals, timers and progress through while the engine runs its synchronous calls. */
import { ReftarError } from '../../shared/errors.ts'
import type { JobContext, Progress } from '../../shared/progress.ts'
import type { Clock } from './ports.ts'

/** Longest the engine keeps the thread to itself. */
const PAUSE_AFTER_MILLISECONDS = 15
/** Drawing it takes the window milliseconds of a processor, which a job that uses all of them then waits for. */
const PROGRESS_EVERY_MILLISECONDS = 200

/** Throws `cancelled` when the job's signal says so. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new ReftarError('cancelled', 'Cancelled')
}

export class Pacer {
  readonly #clock: Clock
  readonly #job: JobContext
  readonly #state: () => Progress
  #pausedAt: number
  #reportedAt: number

  /** `state` is asked for the progress to report, about five times a second. */
  constructor(clock: Clock, job: JobContext, state: () => Progress) {
    this.#clock = clock
    this.#job = job
    this.#state = state
    this.#pausedAt = clock.now()
    this.#reportedAt = this.#pausedAt
  }

  /** Cheap enough to ask for each entry; when true, await pause(). */
  get isDue(): boolean {
    return this.#clock.now() - this.#pausedAt >= PAUSE_AFTER_MILLISECONDS
  }

  /** Reports progress when it is time, lets the event loop turn once, and throws `cancelled` when asked to stop. */
  async pause(): Promise<void> {
    const now = this.#clock.now()
    if (now - this.#reportedAt >= PROGRESS_EVERY_MILLISECONDS) {
      this.#reportedAt = now
      this.#job.progress(this.#state())
    }
    await new Promise<void>((resolve) => setImmediate(resolve))
    throwIfCancelled(this.#job.signal)
    this.#pausedAt = this.#clock.now()
  }

  /** The last report of a phase, whatever the time. */
  finish(): void {
    this.#job.progress(this.#state())
  }
}
