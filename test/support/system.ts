/** Runs the system's own tools, which the tests take as judges. */

import { spawnSync } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'

/** mkfs and mount live in sbin, which is not on everyone's PATH. English output, because it is parsed. */
const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C' }

/** Standard output of a command; throws with its standard error when it fails. */
export function runTool(command: string, args: readonly string[], inheritedFds: readonly number[] = []): string {
  const run = spawnSync(command, args, {
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'pipe', ...inheritedFds],
  })
  if (run.error) throw run.error
  if (run.status !== 0) {
    throw new Error(`${command} ${args.join(' ')}: exit ${run.status ?? run.signal}\n${run.stderr}`)
  }
  return run.stdout
}

/** Like `runTool` with the file as the last argument. It is handed over open, since arguments can't hold any byte. */
export function runToolOnFile(command: string, args: readonly string[], path: string | Buffer): string {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    return runTool(command, [...args, '/proc/self/fd/3'], [fd])
  } finally {
    closeSync(fd)
  }
}
