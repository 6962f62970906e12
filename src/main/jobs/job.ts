/** One job as the window sees it, from being queued to its end, and the thread that does it meanwhile. */
import { Worker } from 'node:worker_threads'
import type { ByteString } from '../../shared/byte-string.ts'
import { type ErrorData, ReftarError } from '../../shared/errors.ts'
import type { ConflictAnswer, JobState } from '../../shared/ipc/jobs.ts'
import type { Progress } from '../../shared/progress.ts'
import { VerdictList } from '../sharing/verdict-list.ts'
import { whenEnded } from '../workers/calls.ts'
import { JobControl } from './control.ts'
import type { FromJob, JobOrder, JobOutcome, JobTotals, JobWorkerData, ToJob } from './protocol.ts'
import { Speed } from './speed.ts'

/** Of a million unreadable files so many are kept; all are counted. */
const MOST_PROBLEMS = 10_000
const PROBLEMS_SHOWN = 20
const MOST_NOTICES = 100

export class Job {
  readonly id: number
  readonly #order: JobOrder
  readonly #workerPath: string
  readonly #changed: () => void
  readonly #control = new JobControl()
  readonly #speed = new Speed()
  readonly #wantsTotals: boolean
  #totals: JobTotals | undefined
  readonly #problems: ErrorData[] = []
  /** What became of each file that it extracted. */
  readonly verdicts = new VerdictList()
  #worker: Worker | undefined
  #state: JobState
  #end: () => void = () => {}
  /** Settles when the job has ended, however. */
  readonly ended = new Promise<void>((resolve) => {
    this.#end = resolve
  })

  /** Without `totals` the thread finds out itself what the job will come to, which takes its time. */
  constructor(
    id: number,
    order: JobOrder,
    workerPath: string,
    changed: (job: Job) => void,
    totals?: Promise<JobTotals | undefined>,
  ) {
    this.#wantsTotals = totals === undefined
    void totals?.then((known) => {
      this.#totals = known
    })
    this.id = id
    this.#order = order
    this.#workerPath = workerPath
    this.#changed = () => changed(this)
    this.#state = {
      jobId: id,
      kind: order.kind,
      status: 'queued',
      ...subjectOf(order),
      progress: undefined,
      bytesPerSecond: undefined,
      secondsLeft: undefined,
      startedAt: undefined,
      endedAt: undefined,
      problemCount: 0,
      problems: [],
      notices: [],
      question: undefined,
      result: undefined,
      error: undefined,
    }
  }

  get state(): JobState {
    return this.#state
  }

  get isQueued(): boolean {
    return this.#state.status === 'queued'
  }

  get hasEnded(): boolean {
    return this.#state.endedAt !== undefined
  }

  get isRunning(): boolean {
    return !this.isQueued && !this.hasEnded
  }

  problems(from: number, count: number): readonly ErrorData[] {
    return this.#problems.slice(from, from + count)
  }

  start(): void {
    const workerData: JobWorkerData = {
      order: this.#order,
      control: this.#control.buffer,
      wantsTotals: this.#wantsTotals,
    }
    const worker = new Worker(this.#workerPath, { workerData })
    this.#worker = worker
    worker.on('message', (message: FromJob) => this.#hear(message))
    whenEnded(worker, (error) => this.#finish({ kind: 'failed', error }))
    this.#change({ status: 'running', startedAt: Date.now() })
  }

  pause(): void {
    if (this.#state.status !== 'running') return
    this.#control.pause()
    this.#speed.reset()
    this.#change({ status: 'paused', bytesPerSecond: undefined, secondsLeft: undefined })
  }

  resume(): void {
    if (this.#state.status !== 'paused') return
    this.#control.resume()
    this.#change({ status: 'running' })
  }

  /** The job ends as soon as its thread has cleaned up. */
  cancel(): void {
    if (this.isQueued) this.#finish({ kind: 'cancelled' })
    this.#control.cancel()
    this.#send({ kind: 'cancel' })
  }

  /** For a thread that doesn't end when asked to. */
  async kill(): Promise<void> {
    await this.#worker?.terminate()
  }

  answer(conflictId: number, answer: ConflictAnswer): void {
    if (this.#state.question?.conflictId !== conflictId) {
      throw new ReftarError('not-found', 'This question isn’t open any more')
    }
    this.#send({ kind: 'answer', conflictId, answer })
    this.#change({ status: 'running', question: undefined })
  }

  #send(message: ToJob): void {
    this.#worker?.postMessage(message)
  }

  #hear(message: FromJob): void {
    if (this.hasEnded) return
    switch (message.kind) {
      case 'progress': {
        const progress = withTotals(message.progress, this.#totals)
        // A last report may come from a thread that is about to sleep.
        if (this.#state.status !== 'paused') this.#speed.measure(progress, performance.now())
        this.#change({
          progress,
          bytesPerSecond: this.#speed.bytesPerSecond,
          secondsLeft: this.#speed.secondsLeft(progress),
        })
        return
      }
      case 'problems':
        this.#addProblems(message.problems)
        return
      case 'verdicts':
        for (const verdict of message.verdicts) this.verdicts.add(verdict)
        return
      case 'notice':
        this.#change({ notices: [...this.#state.notices, message.what].slice(0, MOST_NOTICES) })
        return
      case 'question': {
        const { conflictId, conflict } = message
        this.#speed.reset()
        this.#change({ status: 'waiting', question: { ...conflict, conflictId } })
        return
      }
      case 'ended':
        this.#finish(message.outcome)
    }
  }

  #addProblems(problems: readonly ErrorData[]): void {
    this.#problems.push(...problems.slice(0, MOST_PROBLEMS - this.#problems.length))
    this.#change({
      problemCount: this.#state.problemCount + problems.length,
      problems: this.#problems.slice(0, PROBLEMS_SHOWN),
    })
  }

  /** The first end counts: a thread that said how it ended exits afterwards. */
  #finish(outcome: JobOutcome): void {
    if (this.hasEnded) return
    this.#worker = undefined
    this.#change({
      status: outcome.kind,
      endedAt: Date.now(),
      question: undefined,
      bytesPerSecond: undefined,
      secondsLeft: undefined,
      result: outcome.kind === 'done' ? outcome.result : undefined,
      error: outcome.kind === 'failed' ? outcome.error : undefined,
    })
    this.#end()
  }

  #change(change: Partial<JobState>): void {
    this.#state = { ...this.#state, ...change }
    this.#changed()
  }
}

/** Only making an archive doesn't know by itself what it will come to. */
function withTotals(progress: Progress, totals: JobTotals | undefined): Progress {
  if (totals === undefined || progress.phase !== 'create') return progress
  return { ...progress, bytesTotal: totals.logicalBytes, filesTotal: totals.files }
}

/** What a job's title names. */
function subjectOf(order: JobOrder): { archivePath: ByteString; directory: ByteString | undefined } {
  switch (order.kind) {
    case 'create':
      return { archivePath: order.options.archivePath, directory: undefined }
    case 'extract':
      return { archivePath: order.archivePath, directory: order.options.directory }
    case 'convert':
      return { archivePath: order.options.archivePath, directory: undefined }
    default:
      return { archivePath: order.archivePath, directory: undefined }
  }
}
