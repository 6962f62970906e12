/** The thread of one plan: looks at what a job would do, and tells each version of it. */
import { parentPort, workerData } from 'node:worker_threads'
import { createPorts } from '../../../native/index.ts'
import { errorData } from '../../shared/errors.ts'
import type { JobContext } from '../../shared/progress.ts'
import { planCreate } from '../engine/index.ts'
import type { FromPlan, PlanWorkerData } from './plans.ts'

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

// The one message there is: nobody wants the plan any more.
port.on('message', () => controller.abort())

try {
  const plan = await planCreate(createPorts(), order.options, job, (version) =>
    tell({ plan: version, complete: false }),
  )
  tell({ plan, complete: true })
} catch (error) {
  if (!controller.signal.aborted) tell({ error: errorData(error) })
}
port.close()
