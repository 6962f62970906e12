/** Kills the command line when it makes its n-th system call of a kind, which strace does exactly. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../bin/reftar.js', import.meta.url))

/** What changes a filesystem, or opens what will, or waits for it. */
const kinds = [
  'openat',
  'pwrite64',
  'ftruncate',
  'ioctl',
  'flock',
  'fsync',
  'sync_file_range',
  'mkdirat',
  'symlinkat',
  'linkat',
  'mknodat',
  'renameat2',
  'unlinkat',
  'fchmod',
  'fchown',
  'utimensat',
  'fsetxattr',
  'close',
] as const

export interface SystemCall {
  readonly name: string
  /** The how manyth of its kind, from 1. */
  readonly number: number
}

export interface Traced {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly err: string
}

function trace(folder: string, options: readonly string[], args: readonly string[]): Traced {
  const run = spawnSync('strace', ['-f', '-qq', ...options, process.execPath, program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (run.error) throw run.error
  return { code: run.status, signal: run.signal, err: run.stderr }
}

/** How often each kind is called. */
function count(folder: string, args: readonly string[]): Map<string, number> {
  const { code, err } = trace(folder, ['-e', `trace=${kinds.join(',')}`], args)
  if (code !== 0) throw new Error(`reftar ${args.join(' ')} under strace: exit ${code}\n${err.slice(-2000)}`)
  const counts = new Map<string, number>()
  for (const [, name = ''] of err.matchAll(/^(?:\[pid +\d+\] )?([a-z0-9_]+)\(/gm))
    counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** The calls that a job makes beyond those of a start that does nothing. The job is run once. */
export function callsOf(folder: string, args: readonly string[]): readonly SystemCall[] {
  const ofStart = count(folder, ['--version'])
  return [...count(folder, args)].flatMap(([name, total]) => {
    const before = ofStart.get(name) ?? 0
    return Array.from({ length: Math.max(0, total - before) }, (_, i) => ({ name, number: before + i + 1 }))
  })
}

/** Runs `reftar` and kills it as it enters a system call. */
export function killAt(folder: string, { name, number }: SystemCall, args: readonly string[]): Traced {
  const inject = ['-e', `trace=${name}`, '-e', `inject=${name}:signal=KILL:when=${number}`, '-o', '/dev/null']
  return trace(folder, inject, args)
}
