/** Ends runs of the command line by signals, at moments spread over how long an undisturbed run takes. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { startCli } from './cli.ts'

export interface Interrupted {
  /** Null when the signal ended the process itself. */
  readonly code: number | null
  readonly err: string
}

/**
 * Runs `args` once to its end to learn how long that takes, then with a signal at a random moment of each of `times`
 * equal parts of that time. `prepare` comes before each run, `check` after.
 */
export async function interruptOften(
  folder: string,
  args: readonly string[],
  signal: 'SIGINT' | 'SIGKILL',
  times: number,
  prepare: () => void,
  check: (run: Interrupted) => Promise<void> | void,
): Promise<void> {
  prepare()
  const startedAt = performance.now()
  const undisturbed = await startCli(folder, ...args).ended
  if (undisturbed.code !== 0) throw new Error(`exit ${undisturbed.code}: ${undisturbed.err}`)
  let milliseconds = performance.now() - startedAt
  for (let part = 0; part < times; ) {
    prepare()
    const begunAt = performance.now()
    const { child, ended } = startCli(folder, ...args)
    let isSent = false
    const send = () => {
      isSent = child.kill(signal)
    }
    const timer = setTimeout(send, (milliseconds * (part + Math.random())) / times)
    const { code, err } = await ended
    clearTimeout(timer)
    await check({ code, err })
    // One that ended before its signal was quicker than the first: this part of the time lies earlier.
    if (isSent) part++
    else milliseconds = Math.min(milliseconds, performance.now() - begunAt)
  }
}

/** Paths of unfinished things below a folder. */
export function stagedNames(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((item) => {
    if (/^\.reftar-[0-9a-f]{8}(-[0-9a-f]+)?\.part$/.test(item.name)) return [join(folder, item.name)]
    return item.isDirectory() ? stagedNames(join(folder, item.name)) : []
  })
}
