/** Runs the built command line as a user would: a process of its own, arguments as bytes. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The command line's script. */
export const program = fileURLToPath(new URL('../../bin/reftar.js', import.meta.url))
const built = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url))

/** A run that waits for ever fails its test instead of holding it up. */
const LONGEST_RUN_MILLISECONDS = 300_000

export interface CliResult {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function requireBuild(): void {
  if (!existsSync(built)) throw new Error('The command line isn’t built: npm run build')
}

/** Runs `reftar` in a folder to its end. */
export function runCli(folder: string, ...args: readonly string[]): CliResult {
  requireBuild()
  const run = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: LONGEST_RUN_MILLISECONDS,
  })
  if (run.error) throw run.error
  return { code: run.status, out: run.stdout, err: run.stderr }
}

/** Runs a shell script in which `reftar` is the command line; `printf` there can write any byte. */
export function runScript(folder: string, script: string): CliResult {
  requireBuild()
  const prelude = `set -o pipefail\nreftar() { '${process.execPath}' '${program}' "$@"; }\n`
  const run = spawnSync('bash', ['-c', prelude + script], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: LONGEST_RUN_MILLISECONDS,
  })
  if (run.error) throw run.error
  return { code: run.status, out: run.stdout, err: run.stderr }
}

/** Starts `reftar` in a folder, to be signalled; `ended` has its result. */
export function startCli(
  folder: string,
  ...args: readonly string[]
): { child: ChildProcess; ended: Promise<CliResult> } {
  requireBuild()
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  const ended = new Promise<CliResult>((resolve) => child.on('close', (code) => resolve({ code, out, err })))
  return { child, ended }
}
