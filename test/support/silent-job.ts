/** A thread that does what the window asks for and tells nobody how far it is: what progress costs is seen beside it. */
import { parentPort, workerData } from 'node:worker_threads'
import { createPorts } from '../../native/index.ts'
import { createOptions, extractOptions } from '../../src/main/jobs/orders.ts'
import type { JobOrder } from '../../src/main/jobs/protocol.ts'
import { runOrder } from '../../src/main/jobs/run-order.ts'
import type { ByteString } from '../../src/shared/byte-string.ts'
import type { JobRequest } from '../../src/shared/ipc/jobs.ts'
import type { FileVerdict } from '../../src/shared/sharing/verdict.ts'

interface SilentWork {
  readonly archivePath: ByteString
  readonly request: Extract<JobRequest, { kind: 'create' | 'extract' }>
}

const { archivePath, request }: SilentWork = workerData
const order: JobOrder =
  request.kind === 'create'
    ? { kind: 'create', options: { ...createOptions(request.options), archivePath } }
    : { kind: 'extract', archivePath, smartFolder: false, options: extractOptions(request.options, undefined) }
const verdicts: FileVerdict[] = []
const result = await runOrder(createPorts(), order, {
  signal: new AbortController().signal,
  progress: () => {},
  problem: () => {},
  // What became of each file is no progress but a result, which the app's jobs hand over likewise.
  verdict(verdict) {
    verdicts.push(verdict)
    if (verdicts.length === 1000) parentPort?.postMessage({ kind: 'verdicts', verdicts: verdicts.splice(0) })
  },
})
parentPort?.postMessage(result)
