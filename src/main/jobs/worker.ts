/** The thread of one job: runs the engine, and tells the queue how it goes. */
import { parentPort, workerData } from 'node:worker_threads'
import { createPorts } from '../../../native/index.ts'
import type { ConflictAnswer } from '../../shared/conflicts.ts'
import { type ErrorData, errorData, ReftarError } from '../../shared/errors.ts'
import type { JobContext } from '../../shared/progress.ts'
import type { FileVerdict } from '../../shared/sharing/verdict.ts'
import { waitWhilePaused } from './control.ts'
import type { FromJob, JobOutcome, JobWorkerData, ToJob } from './protocol.ts'
import { runOrder } from './run-order.ts'

if (parentPort === null) throw new Error('This runs in a worker thread.')
const port = parentPort
const { order, control, wantsTotals }: JobWorkerData = workerData

const controller = new AbortController()
const answers = new Map<number, (answer: ConflictAnswer) => void>()
let lastConflictId = 0
let problems: ErrorData[] = []
let verdicts: FileVerdict[] = []

const verdictsAMessage = 1000

const tell = (message: FromJob): void => port.postMessage(message)

function tellProblems(): void {
  if (problems.length > 0) tell({ kind: 'problems', problems })
  problems = []
}

function tellVerdicts(): void {
  if (verdicts.length > 0) tell({ kind: 'verdicts', verdicts })
  verdicts = []
}

const job: JobContext = {
  signal: controller.signal,
  wantsTotals,
  progress(progress) {
    tellProblems()
    tell({ kind: 'progress', progress })
    if (waitWhilePaused(control)) controller.abort()
  },
  problem(problem) {
    problems.push(problem)
  },
  verdict(verdict) {
    verdicts.push(verdict)
    if (verdicts.length === verdictsAMessage) tellVerdicts()
  },
  notice: (what) => tell({ kind: 'notice', what }),
  settleConflict: (conflict) =>
    new Promise((resolve, reject) => {
      const conflictId = ++lastConflictId
      answers.set(conflictId, resolve)
      const stop = (): void => reject(new ReftarError('cancelled', 'Cancelled'))
      if (controller.signal.aborted) stop()
      controller.signal.addEventListener('abort', stop, { once: true })
      tell({ kind: 'question', conflictId, conflict })
    }),
}

port.on('message', (message: ToJob) => {
  if (message.kind === 'cancel') controller.abort()
  else {
    answers.get(message.conflictId)?.(message.answer)
    answers.delete(message.conflictId)
  }
})

async function run(): Promise<JobOutcome> {
  try {
    if (waitWhilePaused(control)) return { kind: 'cancelled' }
    return { kind: 'done', result: await runOrder(createPorts(), order, job) }
  } catch (error) {
    if (error instanceof ReftarError && error.code === 'cancelled') return { kind: 'cancelled' }
    return { kind: 'failed', error: errorData(error) }
  }
}

const outcome = await run()
tellProblems()
tellVerdicts()
tell({ kind: 'ended', outcome })
// Nothing more to hear: the thread ends.
port.close()
