/** Ctrl-C and its relatives, for what must clean up: the first asks the engine to stop and clean up, a second Ctrl-C ends the process at once. */
import { exitCodes, ReftarError } from '../shared/errors.ts'

const stopping = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** npm and shells send the same Ctrl-C twice, almost at once; a person needs longer. */
const SAME_KEYPRESS_MILLISECONDS = 300

export interface Stop {
  readonly signal: AbortSignal
  dispose(): void
}

/** Aborts with a `cancelled` error at the first signal. */
export function stopOnSignals(): Stop {
  const controller = new AbortController()
  let firstAt: number | undefined
  const onSignal = (signal: NodeJS.Signals): void => {
    const now = Date.now()
    if (firstAt === undefined) {
      firstAt = now
      controller.abort(new ReftarError('cancelled', 'Cancelled'))
    } else if (signal === 'SIGINT' && now - firstAt > SAME_KEYPRESS_MILLISECONDS) process.exit(exitCodes.cancelled)
  }
  for (const signal of stopping) process.on(signal, onSignal)
  return {
    signal: controller.signal,
    dispose() {
      for (const signal of stopping) process.off(signal, onSignal)
    },
  }
}
