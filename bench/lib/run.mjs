/** Runs one command and measures it as a whole process, from its start to its exit. */
import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environment } from './tools.mjs'

/** Not the shell's word: GNU time reads the peak memory of its one child. */
export const TIME = '/usr/bin/time'

const stopping = new AbortController()

/** Lets a signal end the running command, and what follows it, so that everything is removed on the way out. */
export function stopOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stopping.abort(new Error(signal)))
}

/** After a failure: whether it is only the consequence of a signal. */
export function throwIfStopped() {
  stopping.signal.throwIfAborted()
}

/**
 * @param {readonly string[]} command
 * @param {object} where
 * @param {string} where.cwd
 * @param {Record<string, string> | undefined} where.env
 * @returns {Promise<{ seconds: number, peakRssBytes: number }>}
 */
export async function measureProcess(command, { cwd, env }) {
  throwIfStopped()
  const folder = mkdtempSync(join(tmpdir(), 'reftar-bench-run-'))
  const errors = openSync(join(folder, 'stderr'), 'w+')
  try {
    const started = performance.now()
    // A process group of its own: GNU time doesn't pass signals on.
    const child = spawn(TIME, ['--quiet', '--format=%M', `--output=${join(folder, 'time')}`, ...command], {
      cwd,
      env: { ...environment, ...env },
      stdio: ['ignore', 'ignore', errors],
      detached: true,
    })
    const stop = () => child.pid !== undefined && process.kill(-child.pid, 'SIGTERM')
    stopping.signal.addEventListener('abort', stop)
    const status = await new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('exit', (code, signal) => resolve(code ?? signal))
    })
    const seconds = (performance.now() - started) / 1000
    stopping.signal.removeEventListener('abort', stop)
    throwIfStopped()
    if (status !== 0) {
      const said = readFileSync(join(folder, 'stderr'), 'utf8').trim().split('\n').slice(0, 10).join('\n')
      throw new Error(`${command.join(' ')}\nended with ${status}: ${said}`)
    }
    return { seconds, peakRssBytes: Number(readFileSync(join(folder, 'time'), 'utf8')) * 1024 }
  } finally {
    closeSync(errors)
    rmSync(folder, { recursive: true })
  }
}
