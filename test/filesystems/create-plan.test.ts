/** What is planned is what creation then does. */
import { randomBytes } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import { planCreate } from '../../src/main/engine/index.ts'
import { textToByteString } from '../../src/shared/byte-string.ts'
import type { CreateOptions } from '../../src/shared/jobs.ts'
import type { CreatePlan } from '../../src/shared/plans.ts'
import { inEnglish } from '../../src/shared/said.ts'
import { create, createOptions, errorOf } from '../support/creation.ts'
import { watchedJob } from '../support/extraction.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { runTool } from '../support/system.ts'

const sharing = ['btrfs', 'xfs'] as const
const MIB = 1 << 20

/** Large, small, sparse, linked, and, where that is possible, sharing with each other in whole and in part. */
function makeTree(disk: MountedImage): void {
  const at = (...names: string[]) => disk.path('in', ...names)
  mkdirSync(at('folder/below'), { recursive: true })
  writeFileSync(at('large'), randomBytes(8 * MIB + 1000))
  writeFileSync(at('folder/medium'), randomBytes(100_000))
  for (let i = 0; i < 50; i++) writeFileSync(at('folder/below', `small ${i}`), randomBytes(1000 * i))
  linkSync(at('large'), at('second name'))
  symlinkSync('large', at('symlink'))
  runTool('cp', ['--reflink=auto', '--sparse=never', at('large'), at('folder/twin')])
  writeFileSync(at('sparse'), randomBytes(MIB))
  truncateSync(at('sparse'), 20 * MIB)
  runTool('sync', ['-f', disk.mountpoint])
  if (disk.type === 'ext4') return
  // Twice the same blocks within one file, and a part of another one.
  for (const [from, to] of [
    ['0', '9m'],
    ['0', '12m'],
  ] as const) {
    runTool('xfs_io', ['-c', `reflink ${at('large')} ${from} ${to} 2m`, at('sparse')])
  }
}

interface Planned {
  readonly plan: CreatePlan
  readonly versions: readonly CreatePlan[]
}

async function plan(
  directory: string,
  inputs: readonly string[],
  archivePath: string | undefined,
  options: Partial<CreateOptions> = {},
): Promise<Planned> {
  const versions: CreatePlan[] = []
  const all = createOptions(directory, inputs, archivePath ?? '', options)
  const chosen = archivePath === undefined ? { ...all, archivePath: undefined } : all
  const made = await planCreate(createPorts(), chosen, watchedJob().job, (version) => versions.push(version))
  return { plan: made, versions }
}

async function expectAgreement(from: MountedImage, to: MountedImage, options: Partial<CreateOptions>): Promise<void> {
  const archivePath = to.path('a.reftar')
  const { plan: planned } = await plan(from.mountpoint, ['in'], archivePath, options)
  const { summary } = await create(from.mountpoint, ['in'], archivePath, options)
  const { entries, files, logicalBytes, clonedBytes, packedBytes, copied, sharedBytes, holeBytes } = summary
  const newBytes = summary.archiveBytes - clonedBytes
  expect(planned).toMatchObject({ entries, files, logicalBytes, clonedBytes, holeBytes, sharedBytes, problemCount: 0 })
  if (options.format === 1) {
    expect(planned.packedBytes).toBe(packedBytes + (copied.packed ?? 0))
  } else expect({ packed: planned.packedBytes, copied: planned.copied }).toEqual({ packed: packedBytes, copied })
  expect(planned.obstacle).toBeUndefined()
  expect(planned.newOnDiskBytes).toBeGreaterThanOrEqual(newBytes)
  expect(planned.newOnDiskBytes).toBeLessThan(newBytes * 1.3)
}

/** Where files couldn't share, the twin is found by its content, which a plan doesn't know. */
const withoutDeduplication = { deduplicate: false }

describe.each(['btrfs', 'xfs', 'ext4'] as const)('%s', (type) => {
  it.each<[string, Partial<CreateOptions>]>([
    ['as usual', withoutDeduplication],
    ['instantly', { instant: true }],
    ['copying', { ...withoutDeduplication, clone: 'never' }],
    ['compressing', { ...withoutDeduplication, compress: true }],
    ['in large blocks', { ...withoutDeduplication, blockSizeBytes: 65_536 }],
  ])('what is planned happens: %s', async (_, options) => {
    using disk = mountImage(type)
    makeTree(disk)
    await expectAgreement(disk, disk, options)
  })

  it('equal content can only lower what is new', async () => {
    using disk = mountImage(type)
    makeTree(disk)
    const { plan: planned } = await plan(disk.mountpoint, ['in'], disk.path('a.reftar'))
    const { summary } = await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
    expect(summary.clonedBytes).toBeLessThanOrEqual(planned.clonedBytes)
    expect(summary.archiveBytes - summary.clonedBytes).toBeLessThanOrEqual(planned.newOnDiskBytes)
    expect(planned.canClone).toBe(type !== 'ext4')
    expect(planned.freeBytes).toBeGreaterThan(10 * MIB)
  })
})

it.each(sharing)('%s: to another filesystem everything is copied, and why is known', async (type) => {
  using from = mountImage(type)
  using to = mountImage(type)
  makeTree(from)
  await expectAgreement(from, to, withoutDeduplication)
  const { plan: planned } = await plan(from.mountpoint, ['in'], to.path('a.reftar'))
  expect(Object.keys(planned.copied)).toEqual(['different-filesystem'])
  expect(planned.sharedBytes).toBeGreaterThan(8 * MIB)
})

it('a file with copy-on-write off is copied, among others that are cloned', async () => {
  using disk = mountImage('btrfs')
  makeTree(disk)
  writeFileSync(disk.path('in/without'), '')
  runTool('chattr', ['+C', disk.path('in/without')])
  writeFileSync(disk.path('in/without'), randomBytes(MIB))
  await expectAgreement(disk, disk, withoutDeduplication)
  const { plan: planned } = await plan(disk.mountpoint, ['in'], disk.path('a.reftar'))
  expect(planned.copied).toEqual({ 'copy-on-write-off': MIB })
  const { plan: strict } = await plan(disk.mountpoint, ['in'], disk.path('a.reftar'), { clone: 'always' })
  expect(strict.obstacle).toMatchObject({ code: 'cannot-clone', path: 'in/without' })
})

it.each(['xfs', 'ext4'] as const)('%s: format 1', async (type) => {
  using disk = mountImage(type)
  mkdirSync(disk.path('in'))
  writeFileSync(disk.path('in/large'), randomBytes(4 * MIB + 1))
  for (let i = 0; i < 20; i++) writeFileSync(disk.path('in', `small ${i}`), randomBytes(900 * i))
  await expectAgreement(disk, disk, { ...withoutDeduplication, format: 1 })
})

it('several inputs are counted each; without a destination it is as if the archive were beside them', async () => {
  using disk = mountImage('btrfs')
  makeTree(disk)
  const { plan: planned } = await plan(disk.path('in'), ['large', 'folder', 'symlink'], undefined)
  expect(planned.inputs).toEqual([
    { path: 'large', kind: 'file', files: 1, sizeBytes: 8 * MIB + 1000 },
    { path: 'folder', kind: 'folder', files: 52, sizeBytes: planned.logicalBytes - 8 * MIB - 1000 },
    { path: 'symlink', kind: 'other', files: 0, sizeBytes: 0 },
  ])
  expect(planned).toMatchObject({ freeBytes: undefined, canClone: undefined, copied: {}, obstacle: undefined })
  expect(planned.clonedBytes).toBeGreaterThan(8 * MIB)
  const { plan: kept } = await plan(disk.mountpoint, ['in/folder/below', 'in/large'], undefined, { keepPaths: true })
  expect(kept.inputs.map(({ files }) => files)).toEqual([50, 1])
})

describe('obstacles', () => {
  it('what isn’t there, and names that collide, are told; the rest is counted', async () => {
    using disk = mountImage('ext4')
    makeTree(disk)
    mkdirSync(disk.path('other'))
    writeFileSync(disk.path('other/large'), '')
    const { plan: missing } = await plan(disk.mountpoint, ['in/large', 'in/nothing'], disk.path('a.reftar'))
    expect(missing.obstacle).toMatchObject({ code: 'not-found', path: 'in/nothing' })
    expect(missing.inputs.map(({ kind, files }) => [kind, files])).toEqual([
      ['file', 1],
      ['missing', 0],
    ])
    const { plan: twice } = await plan(disk.mountpoint, ['in/large', 'other/large'], disk.path('a.reftar'))
    expect(twice).toMatchObject({ files: 1, obstacle: { code: 'collision', path: 'other/large' } })
    expect((await plan(disk.mountpoint, [], disk.path('a.reftar'))).plan.obstacle?.code).toBe('usage')
  })

  it('where no archive can be made', async () => {
    using disk = mountImage('ext4')
    makeTree(disk)
    const code = async (path: string) => (await plan(disk.mountpoint, ['in'], path)).plan.obstacle?.code
    expect(await code(disk.path('nowhere/a.reftar'))).toBe('not-found')
    expect(await code(disk.path('in/folder'))).toBe('is-a-directory')
    expect(await code(disk.path('in/large/a.reftar'))).toBe('not-a-directory')
    runTool('mount', ['-o', 'remount,ro', disk.mountpoint])
    expect(await code(disk.path('a.reftar'))).toBe('read-only')
  })

  it('what doesn’t fit, by what has to be written', async () => {
    using from = mountImage('xfs', { sizeBytes: 600 * MIB })
    using to = mountImage('ext4', { sizeBytes: 32 * MIB })
    mkdirSync(from.path('in'))
    writeFileSync(from.path('in/file'), randomBytes(40 * MIB))
    const { plan: elsewhere } = await plan(from.mountpoint, ['in'], to.path('a.reftar'))
    expect(elsewhere.obstacle).toMatchObject({ code: 'no-space', path: to.path('a.reftar') })
    expect(elsewhere.obstacle && inEnglish(elsewhere.obstacle.message)).toMatch(/needs at least 42 MB; \d+ MB are free/)
    // Cloned it takes nothing, however full the disk is.
    writeFileSync(from.path('filler'), Buffer.alloc(512 * MIB - 40 * MIB - 90 * MIB, 1))
    const { plan: beside } = await plan(from.mountpoint, ['in'], from.path('a.reftar'))
    expect(beside.obstacle).toBeUndefined()
  })

  it('the archive itself is left out of what it lies in', async () => {
    using disk = mountImage('btrfs')
    makeTree(disk)
    writeFileSync(disk.path('in/a.reftar'), randomBytes(3 * MIB))
    await expectAgreementWithin(disk)
  })

  it('folders that can’t be read are problems', async () => {
    using disk = mountImage('btrfs')
    makeTree(disk)
    chmodSync(disk.path('in/folder'), 0)
    const ports = createPorts()
    const { openDirectoryBelow } = ports.files
    const files: typeof ports.files = {
      ...ports.files,
      openDirectoryBelow: (directory, path) => {
        if (path === 'below') return openDirectoryBelow(directory, textToByteString('nothing'))
        return openDirectoryBelow(directory, path)
      },
    }
    const options = createOptions(disk.mountpoint, ['in'], disk.path('a.reftar'))
    const made = await planCreate({ ...ports, files }, options, watchedJob().job, () => {})
    expect(made.problemCount).toBe(1)
    expect(made.problems[0]).toMatchObject({ code: 'not-found', path: 'in/folder/below' })
  })
})

async function expectAgreementWithin(disk: MountedImage): Promise<void> {
  const { plan: planned } = await plan(disk.mountpoint, ['in'], disk.path('in/a.reftar'), withoutDeduplication)
  const { summary } = await create(disk.mountpoint, ['in'], disk.path('in/a.reftar'), withoutDeduplication)
  expect(planned).toMatchObject({ entries: summary.entries, logicalBytes: summary.logicalBytes })
}

it('grows in versions that begin at once, and can be cancelled', async () => {
  using disk = mountImage('xfs')
  mkdirSync(disk.path('in'))
  for (let folder = 0; folder < 40; folder++) {
    mkdirSync(disk.path('in', String(folder)))
    for (let file = 0; file < 500; file++) writeFileSync(disk.path('in', String(folder), String(file)), 'small')
  }
  const times: number[] = []
  const seen: number[] = []
  const options = createOptions(disk.mountpoint, ['in'], disk.path('a.reftar'))
  // A clock on which every look takes a millisecond.
  let time = 0
  const ports = createPorts()
  const clock = { ...ports.clock, now: () => time++ }
  const made = await planCreate({ ...ports, clock }, options, watchedJob().job, ({ files }) => {
    times.push(time)
    seen.push(files)
  })
  expect(made.files).toBe(20_000)
  expect(times[0]).toBeLessThan(100)
  expect(seen[0]).toBeLessThan(100)
  expect(seen.length).toBeGreaterThan(50)
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  for (let i = 1; i < times.length; i++) {
    const between = (times[i] ?? 0) - (times[i - 1] ?? 0)
    expect(between).toBeGreaterThanOrEqual(200)
    expect(between).toBeLessThan(300)
  }
  const controller = new AbortController()
  const { job } = watchedJob(controller.signal)
  const cancelled = planCreate(createPorts(), options, job, () => undefined)
  controller.abort()
  expect((await errorOf(cancelled)).code).toBe('cancelled')
})
