/**
 * The jobs of the app. They belong to the main process, not to a window: reloading or closing that changes nothing.
 * Two run at once; more would take each other's disk away.
 */
import { ReftarError } from '../../shared/errors.ts'
import type { JobState, JobsChange } from '../../shared/ipc/jobs.ts'
import { Job } from './job.ts'
import type { JobOrder, JobTotals } from './protocol.ts'

const MOST_RUNNING = 2
/** Ended jobs are kept until dismissed, but no more than these. */
const MOST_ENDED = 50
/** A thread that was told to stop has so long to clean up. */
const END_WITHIN_MILLISECONDS = 15_000

export class JobQueue {
  readonly #workerPath: string
  readonly #onChange: (change: JobsChange) => void
  readonly #jobs = new Map<number, Job>()
  #lastId = 0

  constructor(workerPath: string, onChange: (change: JobsChange) => void) {
    this.#workerPath = workerPath
    this.#onChange = onChange
  }

  get states(): readonly JobState[] {
    return Array.from(this.#jobs.values(), ({ state }) => state)
  }

  /** Jobs that haven't ended. */
  get openCount(): number {
    return this.#open().length
  }

  /** Starts the job, or queues it. Where somebody else finds out its totals, its thread doesn't. Returns its id. */
  add(order: JobOrder, totals?: Promise<JobTotals | undefined>): number {
    const id = ++this.#lastId
    const job = new Job(id, order, this.#workerPath, () => this.#changed(job), totals)
    this.#jobs.set(id, job)
    this.#changed(job)
    this.#startNext()
    return id
  }

  /** `not-found` when it was dismissed. */
  job(id: number): Job {
    const job = this.#jobs.get(id)
    if (job === undefined) throw new ReftarError('not-found', 'This job isn’t on the list any more')
    return job
  }

  /** Takes a job that has ended off the list. */
  dismiss(id: number): void {
    if (this.#jobs.get(id)?.hasEnded !== true) return
    this.#jobs.delete(id)
    this.#onChange({ changed: [], removedIds: [id] })
  }

  /** Cancels every job, and settles when all have ended. */
  async cancelAll(): Promise<void> {
    await Promise.all(
      this.#open().map(async (job) => {
        job.cancel()
        const timer = setTimeout(() => void job.kill(), END_WITHIN_MILLISECONDS)
        await job.ended
        clearTimeout(timer)
      }),
    )
  }

  #open(): Job[] {
    return [...this.#jobs.values()].filter((job) => !job.hasEnded)
  }

  #changed(job: Job): void {
    this.#onChange({ changed: [job.state], removedIds: [] })
    if (!job.hasEnded) return
    const ended = [...this.#jobs.values()].filter((one) => one.hasEnded)
    for (const old of ended.slice(0, -MOST_ENDED)) this.dismiss(old.id)
    this.#startNext()
  }

  #startNext(): void {
    const open = this.#open()
    if (open.filter((job) => job.isRunning).length >= MOST_RUNNING) return
    open.find((job) => job.isQueued)?.start()
  }
}
