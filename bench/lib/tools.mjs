/** The system's commands that prepare a measurement. */
import { spawnSync } from 'node:child_process'

/** mkfs and mount live in sbin, which is not on everyone's PATH. */
export const environment = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C' }

/**
 * Runs a command to its end.
 *
 * @param {string} command
 * @param {...string} args
 * @returns {string} its standard output
 */
export function tool(command, ...args) {
  const { status, signal, stdout, stderr, error } = spawnSync(command, args, {
    env: environment,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr.trim() || (signal ?? status)}`)
  return stdout
}
