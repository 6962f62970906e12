/** Opens the desktop app on whatever this system has for it. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { buildHost } from './build-host.mjs'
import { chooseRuntime, chromiumPath, electronPath, hasDisplay, hostPath } from './runtime.mjs'

/**
 * The executable that takes Electron's command line, and its environment. Says on standard error what is missing.
 *
 * @returns {Promise<{ executable: string, env: NodeJS.ProcessEnv } | undefined>} undefined when no window can be shown.
 */
export async function provideRuntime() {
  const electron = electronPath()
  const { kind, notice } = chooseRuntime({ electron, chromium: chromiumPath(), display: hasDisplay() })
  if (notice !== '') console.error(notice)
  if (kind === 'none') return undefined
  if (kind === 'electron' && electron !== undefined) return { executable: electron, env: process.env }
  await buildHost()
  return { executable: hostPath, env: { ...process.env, ELECTRON_HOST_HEADFUL: '1' } }
}

/**
 * Runs a command in view until it ends.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} its exit code, or 1 when a signal ended it.
 */
export async function runInView(command, args, env) {
  const child = spawn(command, args, { stdio: 'inherit', env })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal))
  const [exitCode] = await once(child, 'exit')
  return exitCode ?? 1
}
