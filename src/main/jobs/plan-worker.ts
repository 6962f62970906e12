/** The thread of one plan: looks at what a job would do, and tells each version of it. */
import { parentPort, workerData } from 'node:worker_threads'
import { createPorts } from '../../../native/index.ts'
import { errorData } from '../../shared/errors.ts'
import type { JobContext } from '../../shared/progress.ts'
import { openArchive, planCreate, planExtract } from '../engine/index.ts'
import type { FromPlan, PlanWorkerData } from './plans.ts'
import { engineOptions } from './run-order.ts'

if (parentPort === null) throw new Error('This runs in a worker thread.')
const port = parentPort
const { order }: PlanWorkerData = workerData

const controller = new AbortController()
const job: JobContext = {
  signal: controller.signal,
  progress: () => {},
  // The plan counts and names them.
  problem: () => {},
}

const tell = (message: FromPlan): void => port.postMessage(message)

async function run(): Promise<void> {
  const ports = createPorts()
  if (order.kind === 'create') {
    const version = (complete: boolean) => (plan: Awaited<ReturnType<typeof planCreate>>) =>
      tell({ kind: 'create', plan, complete })
    version(true)(await planCreate(ports, order.options, job, version(false)))
    return
  }
  const reader = openArchive(ports, order.archivePath)
  try {
    tell({ kind: 'extract', plan: await planExtract(ports, reader, engineOptions(order), job), complete: true })
  } finally {
    reader.close()
  }
}

// The one message there is: nobody wants the plan any more.
port.on('message', () => controller.abort())
try {
  await run()
} catch (error) {
  tell({ kind: 'failed', error: errorData(error) })
}
port.close()
