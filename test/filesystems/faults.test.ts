/** Every call the engine makes fails once, in every way: nothing is lost, nothing wrong has a final name, and it is said. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { convertArchive, extractArchive, type Ports, sealArchive } from '../../src/main/engine/index.ts'
import { textToByteString } from '../../src/shared/byte-string.ts'
import { type ErrorData, errorData, ReftarError } from '../../src/shared/errors.ts'
import type { JobContext } from '../../src/shared/progress.ts'
import { create, verify, withArchive } from '../support/creation.ts'
import { extract, extractOptions, watchedJob } from '../support/extraction.ts'
import { type FaultKind, faults, faultyPorts } from '../support/faulty-ports.ts'
import { stagedNames } from '../support/interrupt.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { makeOneOfEverything } from '../support/one-of-everything.ts'
import { compareTrees, readTree, type TreeField } from '../support/tree.ts'

type Tree = ReturnType<typeof readTree>

interface Attempt {
  readonly problems: readonly ErrorData[]
  /** Undefined when it succeeded. */
  readonly error: ErrorData | undefined
  readonly notices: readonly string[]
}

interface Scenario {
  /** Everything as it is before the job. */
  readonly prepare: () => void
  /** Also closes what it opens. */
  readonly run: (ports: Ports, job: JobContext) => Promise<unknown>
  /** Everything that must be true afterwards; `failing` is the call that failed. */
  readonly check: (attempt: Attempt, failing: string | undefined) => Promise<void>
  /** Where temporaries would be. */
  readonly folder: string
}

/** `npm run crash` tries them all everywhere; they differ little to the engine, so that a few have to do in every run. */
const usualKinds = { tmpfs: ['EIO', 'ENOSPC', 'EAGAIN', 'short'], btrfs: ['EIO', 'short'] } as const
const triesAll = process.env['REFTAR_FAULTS'] === 'all'
const allKinds = Object.keys(faults) as FaultKind[]
const metadata: readonly TreeField[] = ['mode', 'owner', 'mtimeNs']
const cleanUps = new Set(['unlink', 'removeDirectory', 'truncate'])

async function attempt(scenario: Scenario, ports: Ports): Promise<Attempt> {
  const notices: string[] = []
  const { job, problems } = watchedJob()
  try {
    await scenario.run(ports, { ...job, notice: (text) => notices.push(text) })
    return { problems, notices, error: undefined }
  } catch (error) {
    return { problems, notices, error: error instanceof ReftarError ? errorData(error) : fail(error) }
  }
}

function fail(error: unknown): never {
  throw error
}

/** Every call goes wrong, one at a time, in every way that is asked for. Returns how many faults that were. */
async function breakEverywhere(scenario: Scenario, kinds: readonly FaultKind[]): Promise<number> {
  scenario.prepare()
  const whole = faultyPorts('short', undefined)
  expect(await attempt(scenario, whole.ports)).toEqual({ problems: [], notices: [], error: undefined })
  await scenario.check({ problems: [], notices: [], error: undefined }, undefined)
  expect([...whole.open.values()]).toEqual([])

  // Short reads and writes everywhere change nothing.
  scenario.prepare()
  expect(await attempt(scenario, faultyPorts('short', undefined, true).ports)).toEqual({
    problems: [],
    notices: [],
    error: undefined,
  })
  await scenario.check({ problems: [], notices: [], error: undefined }, undefined)

  let count = 0
  const wrong: string[] = []
  for (const kind of kinds) {
    for (let at = 0; at < whole.calls.length; at++) {
      const name = whole.calls[at]
      if (kind === 'short' && name !== 'read' && name !== 'write') continue
      scenario.prepare()
      const { ports, open, calls } = faultyPorts(kind, at)
      const outcome = await attempt(scenario, ports)
      const where = { kind, at, call: calls[at] }
      try {
        if (kind === 'short') expect(outcome).toEqual({ problems: [], notices: [], error: undefined })
        expect([...open.values()]).toEqual([])
        expectNamed(outcome)
        const staged = stagedNames(scenario.folder)
        if (staged.length > 0) expect(cleanUps).toContain(calls[at])
        await scenario.check(outcome, calls[at])
      } catch (error) {
        wrong.push(`${JSON.stringify({ ...where, ...outcome })}\n${error instanceof Error ? error.message : error}`)
      }
      count++
    }
  }
  expect(wrong).toEqual([])
  if (triesAll) console.log(`${count} faults`)
  return count
}

/** Errors and problems are known ones, and say what they are about. */
function expectNamed({ error, problems }: Attempt): void {
  for (const known of [...problems, ...(error === undefined ? [] : [error])]) {
    expect(known.code).not.toBe('internal')
    expect(known.entry ?? known.path).toBeTruthy()
  }
}

/** What is there is right; what is missing, or has other metadata than it should, was reported. */
function expectRight(expected: Tree, found: Tree, { error, problems }: Attempt): void {
  const differences = compareTrees(expected, found, metadata)
  expect(differences.filter((line) => !line.endsWith(': missing'))).toEqual([])
  if (error === undefined && problems.length === 0) expect(compareTrees(expected, found)).toEqual([])
}

/** The archive is whole, and holds what the tree does, but for what was reported. */
async function expectArchive(archive: string, expected: Tree, scratch: string, outcome: Attempt): Promise<void> {
  await withArchive(archive, ({ info }) => expect(info.complete).toBe(true))
  expect((await verify(archive)).problems).toEqual([])
  rmSync(scratch, { recursive: true, force: true })
  mkdirSync(scratch)
  expect((await extract(archive, scratch)).problems).toEqual([])
  if (readdirSync(scratch).length > 0) expectRight(expected, readTree(`${scratch}/in`), outcome)
  else expect(outcome.problems).toMatchObject([{ path: 'in' }])
}

/** Where the disk and its jobs are, and the tree that they are about. */
function setUp(disk: MountedImage): Tree {
  makeOneOfEverything(disk.path('in'), disk.type !== 'tmpfs')
  return readTree(disk.path('in'))
}

const old = 'an archive of that name'

function creation(disk: MountedImage, tree: Tree, exists: boolean, format: 1 | 2 = 2): Scenario {
  const folder = disk.path('shelf')
  const archive = disk.path('shelf/a.reftar')
  return {
    folder,
    prepare() {
      rmSync(folder, { recursive: true, force: true })
      mkdirSync(folder)
      if (exists) writeFileSync(archive, old)
    },
    run: (ports, job) => create(disk.mountpoint, ['in'], archive, { format }, job, ports),
    async check(outcome) {
      const names = readdirSync(folder).filter((name) => !name.startsWith('.reftar-'))
      const isOld = exists && readFileSync(archive, 'latin1') === old
      if (names.length === 0 || isOld) {
        expect(outcome.error).toBeDefined()
        return
      }
      expect(names).toEqual(['a.reftar'])
      // A job that failed may have brought the archive to its name only when the last step, a sync, failed.
      if (outcome.error !== undefined) expect(outcome.error.message).toMatch(/has its name/)
      if (format === 2) await expectArchive(archive, tree, disk.path('scratch'), outcome)
    },
  }
}

function extraction(disk: MountedImage, tree: Tree): Scenario {
  const folder = disk.path('out')
  return {
    folder,
    prepare() {
      rmSync(folder, { recursive: true, force: true })
      // Some of it is there already: a folder to merge with, a file to replace, a file where a folder goes, and others.
      mkdirSync(disk.path('out/in/sub'), { recursive: true })
      writeFileSync(disk.path('out/in/large'), old)
      writeFileSync(disk.path('out/in/empty'), old)
      writeFileSync(disk.path('out/in/sub/kept'), old)
    },
    run: (ports, job) =>
      withArchive(
        disk.path('a.reftar'),
        (reader) => extractArchive(ports, reader, extractOptions(folder, { onConflict: 'overwrite' }), job),
        ports,
      ),
    async check(outcome) {
      expect(readFileSync(disk.path('out/in/sub/kept'), 'latin1')).toBe(old)
      const found = readTree(disk.path('out/in'))
      found.delete('sub/kept')
      for (const path of ['large', 'empty']) {
        // What is replaced is there until its successor is.
        expect(found.has(path)).toBe(true)
        const isOld = found.get(path)?.type === 'file' && readFileSync(disk.path('out/in', path), 'latin1') === old
        if (!isOld) continue
        expect(outcome.error ?? outcome.problems[0]).toBeDefined()
        found.delete(path)
      }
      for (const path of found.keys()) if (path.includes('.reftar-')) found.delete(path)
      expectRight(tree, found, outcome)
    },
  }
}

function sealing(disk: MountedImage, tree: Tree): Scenario {
  const folder = disk.path('shelf')
  const instant = readFileSync(disk.path('instant.reftar'))
  return {
    folder,
    prepare() {
      rmSync(folder, { recursive: true, force: true })
      mkdirSync(folder)
      writeFileSync(disk.path('shelf/a.reftar'), instant)
    },
    run: (ports, job) => sealArchive(ports, textToByteString(disk.path('shelf/a.reftar')), job),
    async check(outcome) {
      const archive = disk.path('shelf/a.reftar')
      const isSealed = await withArchive(archive, ({ info }) => info.dataHashes === 'complete')
      if (outcome.error === undefined) expect(isSealed).toBe(true)
      await expectArchive(archive, tree, disk.path('scratch'), { ...outcome, error: undefined })
      // The next sealing makes good what this one left.
      await sealArchive(faultyPorts('short', undefined).ports, textToByteString(archive), watchedJob().job)
      expect(await withArchive(archive, ({ info }) => [info.dataHashes, info.notices])).toEqual(['complete', []])
    },
  }
}

function conversion(disk: MountedImage, tree: Tree, sourceFormat: 1 | 2): Scenario {
  const base = creation(disk, tree, true)
  const options = {
    sourcePath: textToByteString(disk.path(sourceFormat === 2 ? 'a.reftar' : 'one.reftar')),
    archivePath: textToByteString(disk.path('shelf/a.reftar')),
    format: undefined,
    blockSizeBytes: 4096,
    clone: 'auto',
    compressionLevel: 3,
    jobs: 2,
  } as const
  return {
    ...base,
    run: (ports, job) => convertArchive(ports, options, { ...job, problem: (problem) => lossless(problem, job) }),
    async check(outcome) {
      const archive = disk.path('shelf/a.reftar')
      if (readFileSync(archive, 'latin1') === old) expect(outcome.error).toBeDefined()
      else if (outcome.error !== undefined) expect(outcome.error.message).toMatch(/has its name/)
      else expect((await verify(archive)).report.complete).toBe(true)
    },
  }
}

/** What format 1 can't hold isn't what is looked for here. */
function lossless(problem: ErrorData, job: JobContext): void {
  if (problem.code !== 'format-limit') job.problem(problem)
}

describe.each(['tmpfs', 'btrfs'] as const)('%s', (type) => {
  const kinds = triesAll ? allKinds : usualKinds[type]
  const timeout = triesAll ? 600_000 : 120_000

  it('create', { timeout }, async () => {
    using disk = mountImage(type)
    const tree = setUp(disk)
    expect(await breakEverywhere(creation(disk, tree, true), kinds)).toBeGreaterThan(100)
    if (triesAll) expect(await breakEverywhere(creation(disk, tree, false), kinds)).toBeGreaterThan(100)
  })

  it('create format 1', { timeout }, async () => {
    using disk = mountImage(type)
    const tree = setUp(disk)
    rmSync(disk.path('in/fifo'))
    expect(await breakEverywhere(creation(disk, tree, true, 1), kinds)).toBeGreaterThan(100)
  })

  it('extract', { timeout }, async () => {
    using disk = mountImage(type)
    const tree = setUp(disk)
    await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
    expect(await breakEverywhere(extraction(disk, tree), kinds)).toBeGreaterThan(100)
  })

  it('seal', { timeout }, async () => {
    using disk = mountImage(type)
    const tree = setUp(disk)
    await create(disk.mountpoint, ['in'], disk.path('instant.reftar'), { instant: true })
    expect(await breakEverywhere(sealing(disk, tree), kinds)).toBeGreaterThan(50)
  })

  it('convert', { timeout }, async () => {
    using disk = mountImage(type)
    const tree = setUp(disk)
    await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
    await create(disk.mountpoint, ['in'], disk.path('one.reftar'), { format: 1 })
    expect(await breakEverywhere(conversion(disk, tree, 2), kinds)).toBeGreaterThan(80)
    expect(await breakEverywhere(conversion(disk, tree, 1), kinds)).toBeGreaterThan(80)
  })
})
