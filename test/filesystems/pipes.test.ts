/** Pipes at both ends of the command line: a FIFO is refused at once, and a signal gets through where nothing flows. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { program, runCli } from '../support/cli.ts'
import { scratchFolder } from '../support/scratch.ts'
import { runTool } from '../support/system.ts'

const folder = (): string => mkdtempSync(join(scratchFolder(), 'pipes-'))

const readPipes = 'Pipe it in, and read it with “-f -”.'
const saveFirst = 'Save it as a file first.'

test.each([
  ['list f', readPipes],
  ['info f', readPipes],
  ['verify f', readPipes],
  ['extract f -C out', readPipes],
  ['compare f .', readPipes],
  ['convert f new.reftar', saveFirst],
  ['seal f', saveFirst],
  ['sharing --with-archive f .', saveFirst],
])('%s refuses a FIFO instead of waiting for it', (args, advice) => {
  const at = folder()
  runTool('mkfifo', [join(at, 'f')])
  expect(runCli(at, ...args.split(' '))).toEqual({
    code: 3,
    out: '',
    err: `reftar: f: it isn’t a regular file\n  ${advice}\n`,
  })
  expect(readdirSync(at)).toEqual(['f'])
})

test.each(['duplicates f', 'sharing f', 'create -f a f', 'extract f.reftar -C f'])(
  '%s doesn’t wait for a FIFO',
  (args) => {
    const at = folder()
    runTool('mkfifo', [join(at, 'f')])
    writeFileSync(join(at, 'f.reftar'), '')
    const { code } = runCli(at, ...args.split(' '))
    expect(code).not.toBeNull()
  },
)

test('a folder is no archive, and no pipe either', () => {
  expect(runCli(folder(), 'list', '.')).toMatchObject({
    code: 3,
    err: 'reftar: .: it isn’t a regular file\n  Check that it is the right file.\n',
  })
})

interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly err: string
}

/** Starts the command line with pipes at which nothing moves unless the test does it. */
function startStalled(at: string, ...args: readonly string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [program, ...args], { cwd: at, stdio: 'pipe' })
  let err = ''
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  // All of what it said has come by then, which “exit” doesn't promise.
  return { child, ended: new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, err }))) }
}

/** In which system call the process waits, as /proc tells. */
function waitsIn({ pid }: ChildProcess): string {
  return readFileSync(`/proc/${pid}/wchan`, 'utf8')
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends an extraction that waits for a silent pipe', async (signal) => {
  const at = folder()
  mkdirSync(join(at, 'out'))
  const { child, ended } = startStalled(at, 'extract', '-f', '-', '-C', 'out')
  // Node's own loop waits in epoll.
  await expect.poll(() => waitsIn(child), { timeout: 60_000 }).toContain('poll_schedule')
  const sentAt = performance.now()
  child.kill(signal)
  expect(await ended).toMatchObject({ code: 130, signal: null, err: expect.stringContaining('Cancelled.') })
  // A tenth of a second where nothing else runs.
  expect(performance.now() - sentAt).toBeLessThan(10_000)
  expect(readdirSync(join(at, 'out'))).toEqual([])
})

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends what writes into a pipe that nobody reads', async (signal) => {
  const at = folder()
  writeFileSync(join(at, 'big'), Buffer.alloc(4 << 20, 'x'))
  const { child, ended } = startStalled(at, 'create', '--no-dedup', '-f', '-', 'big')
  await expect.poll(() => waitsIn(child), { timeout: 60_000 }).toMatch(/pipe_wr|unix_stream|sock_alloc/)
  child.kill(signal)
  expect(await ended).toMatchObject({ code: null, signal })
})
