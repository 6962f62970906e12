/** What is done, and must be true afterwards, when calls fail: one scenario for each job. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { expect } from 'vitest'
import { createPorts } from '../../native/index.ts'
import { convertArchive, extractArchive, type Ports, sealArchive } from '../../src/main/engine/index.ts'
import { textToByteString } from '../../src/shared/byte-string.ts'
import type { ErrorData } from '../../src/shared/errors.ts'
import type { JobContext } from '../../src/shared/progress.ts'
import { inEnglish } from '../../src/shared/said.ts'
import { create, verify, withArchive } from './creation.ts'
import { extract, extractOptions, watchedJob } from './extraction.ts'
import type { MountedImage } from './loopback.ts'
import { makeOneOfEverything } from './one-of-everything.ts'
import { compareTrees, readTree, type TreeField } from './tree.ts'

type Tree = ReturnType<typeof readTree>

export interface Attempt {
  readonly problems: readonly ErrorData[]
  /** Undefined when it succeeded. */
  readonly error: ErrorData | undefined
  readonly notices: readonly string[]
}

export interface Scenario {
  /** Everything as it is before the job. */
  readonly prepare: () => void
  /** Also closes what it opens. */
  readonly run: (ports: Ports, job: JobContext) => Promise<unknown>
  /** Everything that must be true afterwards. */
  readonly check: (attempt: Attempt) => Promise<void>
  /** Where temporaries would be. */
  readonly folder: string
}

const metadata: readonly TreeField[] = ['mode', 'owner', 'mtimeNs']

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
export function setUp(disk: MountedImage): Tree {
  makeOneOfEverything(disk.path('in'), disk.type !== 'tmpfs')
  return readTree(disk.path('in'))
}

const old = 'an archive of that name'

export function creation(disk: MountedImage, tree: Tree, exists: boolean, format: 1 | 2 = 2): Scenario {
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
      if (outcome.error !== undefined) expect(inEnglish(outcome.error.message)).toMatch(/has its name/)
      if (format === 2) await expectArchive(archive, tree, disk.path('scratch'), outcome)
    },
  }
}

export function extraction(disk: MountedImage, tree: Tree): Scenario {
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

export function sealing(disk: MountedImage, tree: Tree): Scenario {
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
      await sealArchive(createPorts(), textToByteString(archive), watchedJob().job)
      expect(await withArchive(archive, ({ info }) => [info.dataHashes, info.notices])).toEqual(['complete', []])
    },
  }
}

export function conversion(disk: MountedImage, tree: Tree, sourceFormat: 1 | 2): Scenario {
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
      else if (outcome.error !== undefined) expect(inEnglish(outcome.error.message)).toMatch(/has its name/)
      else expect((await verify(archive)).report.complete).toBe(true)
    },
  }
}

/** What format 1 can't hold isn't what is looked for here. */
function lossless(problem: ErrorData, job: JobContext): void {
  if (problem.code !== 'format-limit') job.problem(problem)
}
