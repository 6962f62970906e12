/** Ends the process when one case takes too long. In time of the processor: a computer that sleeps is no hang. */
import { Worker } from 'node:worker_threads'

const HANG_SECONDS = 20

const script = `
const { workerData } = require('node:worker_threads')
const { writeSync } = require('node:fs')
const { cases, seconds } = workerData
let last = -1
let since = 0
setInterval(() => {
  const { user, system } = process.cpuUsage()
  const now = (user + system) / 1e6
  const current = Atomics.load(cases, 0)
  if (current !== last) { last = current; since = now }
  else if (current !== 0 && now - since > seconds) {
    writeSync(2, 'HANG: case ' + (current >>> 0) + ' takes longer than ' + seconds + ' s\\n')
    process.kill(process.pid, 'SIGKILL')
  }
}, 500)
`

export interface Watchdog {
  /** A case begins. */
  watch(caseSeed: number): void
  stop(): Promise<unknown>
}

export function startWatchdog(): Watchdog {
  const cases = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(script, { eval: true, workerData: { cases, seconds: HANG_SECONDS } })
  worker.unref()
  return {
    watch: (caseSeed) => Atomics.store(cases, 0, caseSeed),
    stop: () => worker.terminate(),
  }
}
