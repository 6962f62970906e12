/**
 * kill -9 at chosen system calls and at random moments: what has a final name is right, what was there is untouched, and
 * the next run removes what is left. `npm run crash -- --kills 500` does it more often.
 */
import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { KIB, MIB } from '../support/blocks.ts'
import { runCli, startCli } from '../support/cli.ts'
import { create, verify, withArchive } from '../support/creation.ts'
import { extract } from '../support/extraction.ts'
import { stagedNames } from '../support/interrupt.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { makeOneOfEverything } from '../support/one-of-everything.ts'
import { callsOf, killAt } from '../support/system-calls.ts'
import { compareTrees, readTree } from '../support/tree.ts'

type Tree = ReturnType<typeof readTree>

/** Of all jobs and filesystems together. */
const kills = Number(process.env['REFTAR_KILLS'] ?? 40)
const old = 'an archive of that name'
/** After so many kills a run is left to its end. */
const killsBetweenRuns = 8

interface Job {
  readonly args: readonly string[]
  /** Where it writes. */
  readonly folder: string
  /** The state before the first kill. What a killed run leaves is what the next one finds. */
  readonly prepare: () => void
  /** True after every kill. */
  readonly check: () => Promise<void>
  /** Whether another run would have nothing to do. */
  readonly isDone?: () => Promise<boolean>
}

function fill(disk: MountedImage): Tree {
  makeOneOfEverything(disk.path('in'), disk.type === 'btrfs')
  for (let i = 0; i < 3; i++) writeFileSync(disk.path('in', `blob ${i}`), randomBytes(MIB + i))
  for (let i = 0; i < 150; i++) writeFileSync(disk.path('in/sub', `${i}`), randomBytes(KIB))
  rmSync(disk.path('in/fifo'))
  return readTree(disk.path('in'))
}

/** An archive of the tree, whole. */
async function expectWhole(disk: MountedImage, archive: string, tree: Tree): Promise<void> {
  expect(await withArchive(archive, ({ info }) => info.complete)).toBe(true)
  expect((await verify(archive)).problems).toEqual([])
  const scratch = disk.path('scratch')
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch)
  await extract(archive, scratch)
  expect(compareTrees(tree, readTree(`${scratch}/in`))).toEqual([])
}

/** Jobs that make `shelf/a.reftar`, where something of that name is. */
function making(disk: MountedImage, tree: Tree, args: readonly string[]): Job {
  const archive = disk.path('shelf/a.reftar')
  return {
    args: [...args, '-q'],
    folder: disk.path('shelf'),
    prepare: () => writeFileSync(archive, old),
    async check() {
      const names = readdirSync(disk.path('shelf')).filter((name) => !name.startsWith('.reftar-'))
      expect(names).toEqual(['a.reftar'])
      if (readFileSync(archive).length !== old.length) await expectWhole(disk, archive, tree)
    },
  }
}

function extracting(disk: MountedImage, tree: Tree): Job {
  const out = disk.path('shelf')
  return {
    args: ['extract', '-q', '-f', 'a.reftar', '-C', 'shelf', '--on-conflict=overwrite'],
    folder: out,
    prepare() {
      mkdirSync(disk.path('shelf/in/sub'), { recursive: true })
      writeFileSync(disk.path('shelf/in/sub/kept'), old)
      writeFileSync(disk.path('shelf/in/empty'), old)
      writeFileSync(disk.path('shelf/in/blob 0'), old)
    },
    async check() {
      expect(readFileSync(disk.path('shelf/in/sub/kept'), 'latin1')).toBe(old)
      const found = readTree(disk.path('shelf/in'))
      found.delete('sub/kept')
      for (const path of found.keys()) if (path.includes('.reftar-')) found.delete(path)
      for (const path of ['empty', 'blob 0']) {
        expect(found.has(path)).toBe(true)
        if (found.get(path)?.sizeBytes === String(old.length)) found.delete(path)
      }
      const wrong = compareTrees(tree, found, ['mtimeNs', 'mode', 'owner']).filter(
        (line) => !line.endsWith(': missing'),
      )
      expect(wrong).toEqual([])
    },
  }
}

function sealing(disk: MountedImage, tree: Tree): Job {
  return {
    args: ['seal', '-q', '-f', 'shelf/a.reftar'],
    folder: disk.path('shelf'),
    prepare: () => copyFileSync(disk.path('instant.reftar'), disk.path('shelf/a.reftar')),
    check: () => expectWhole(disk, disk.path('shelf/a.reftar'), tree),
    isDone: () => withArchive(disk.path('shelf/a.reftar'), ({ info }) => info.dataHashes === 'complete'),
  }
}

/** Kills one job `times` times. Returns how many runs were really killed. */
async function killOften(disk: MountedImage, job: Job, times: number): Promise<number> {
  const reset = () => {
    rmSync(job.folder, { recursive: true, force: true })
    mkdirSync(job.folder)
    job.prepare()
  }
  reset()
  const calls = callsOf(disk.mountpoint, job.args)
  reset()
  const startedAt = performance.now()
  expect(runCli(disk.mountpoint, ...job.args).code).toBe(0)
  let milliseconds = performance.now() - startedAt
  let killed = 0
  for (let i = 0; killed < times; i++) {
    // Only a guard: a run that finds what another has left may make fewer calls, or end before its moment.
    if (i > times * 40) throw new Error(`only ${killed} of ${i} runs could be killed`)
    if (i % killsBetweenRuns === 0 || (await job.isDone?.())) reset()
    if (i % 3 === 2) {
      const begunAt = performance.now()
      const { child, ended } = startCli(disk.mountpoint, ...job.args)
      const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds * Math.random())
      const { code } = await ended
      clearTimeout(timer)
      if (code === null) killed++
      else milliseconds = Math.min(milliseconds, performance.now() - begunAt)
    } else {
      const call = calls[Math.floor(Math.random() * calls.length)]
      if (call === undefined) throw new Error('no system calls were seen')
      if (killAt(disk.mountpoint, call, job.args).signal === 'SIGKILL') killed++
    }
    await job.check()
    if (i % killsBetweenRuns !== killsBetweenRuns - 1) continue
    // The next run that isn't killed leaves nothing, and its result is there.
    expect(runCli(disk.mountpoint, ...job.args)).toMatchObject({ code: 0 })
    expect(stagedNames(job.folder)).toEqual([])
    await job.check()
  }
  return killed
}

it.each(['btrfs', 'ext4'] as const)('%s', { timeout: 60_000 + kills * 5000 }, async (type) => {
  using disk = mountImage(type, { sizeBytes: 256 * MIB })
  const tree = fill(disk)
  await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
  await create(disk.mountpoint, ['in'], disk.path('instant.reftar'), { instant: true })
  await create(disk.mountpoint, ['in'], disk.path('one.reftar'), { format: 1 })
  const jobs = {
    create: making(disk, tree, ['create', '-f', 'shelf/a.reftar', 'in']),
    extract: extracting(disk, tree),
    seal: sealing(disk, tree),
    convert: making(disk, tree, ['convert', '--format=2', 'a.reftar', 'shelf/a.reftar']),
  }
  const times = Math.ceil(kills / 2 / Object.keys(jobs).length)
  for (const [name, job] of Object.entries(jobs)) {
    const startedAt = performance.now()
    const killed = await killOften(disk, job, times)
    if (process.env['REFTAR_KILLS'] !== undefined) {
      console.log(`${type}: ${name} killed ${killed} times in ${Math.round((performance.now() - startedAt) / 1000)} s`)
    }
  }
})
