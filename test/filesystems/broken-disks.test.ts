/**
 * Disks that fail: read-only, out of quota, full at the last moment, and with blocks that can't be read. (The last by an
 * image that is cut short below a mounted filesystem: device-mapper's error target isn't in every kernel.)
 */
import { createHash, randomBytes } from 'node:crypto'
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { KIB, MIB } from '../support/blocks.ts'
import { runCli } from '../support/cli.ts'
import { create, errorOf, seal, verify, withArchive } from '../support/creation.ts'
import { extract, extractFrom } from '../support/extraction.ts'
import { stagedNames } from '../support/interrupt.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { runTool } from '../support/system.ts'
import { compareTrees, readTree } from '../support/tree.ts'

function fill(disk: MountedImage, files: number, sizeBytes: number): void {
  mkdirSync(disk.path('in'))
  for (let i = 0; i < files; i++) writeFileSync(disk.path('in', `${i}`.padStart(3, '0')), randomBytes(sizeBytes))
}

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

function remount(disk: MountedImage, options: string): void {
  runTool('mount', ['-o', `remount,${options}`, disk.mountpoint])
}

it.each(['btrfs', 'xfs', 'ext4'] as const)('a read-only %s', async (type) => {
  using disk = mountImage(type)
  using elsewhere = mountImage('tmpfs')
  fill(disk, 3, 100 * KIB)
  await create(disk.mountpoint, ['in'], disk.path('a.reftar'), { instant: true })
  mkdirSync(disk.path('out'))
  remount(disk, 'ro')
  const before = sha256(disk.path('a.reftar'))
  const context = { errno: 'EROFS' }
  expect(await errorOf(create(disk.mountpoint, ['in'], disk.path('a.reftar')))).toMatchObject({
    code: 'read-only',
    context: { ...context, path: disk.path('a.reftar') },
  })
  expect(await errorOf(extract(disk.path('a.reftar'), disk.path('out')))).toMatchObject({
    code: 'read-only',
    context: { ...context, path: disk.path('out') },
  })
  expect(await errorOf(seal(disk.path('a.reftar')))).toMatchObject({
    code: 'read-only',
    context: { ...context, path: disk.path('a.reftar') },
  })
  const { code, err } = runCli(disk.mountpoint, 'create', '-f', 'a.reftar', 'in')
  expect(code).toBe(4)
  expect(err).toMatch(/^reftar: a\.reftar: The filesystem is read-only\n.*remount/)
  expect(sha256(disk.path('a.reftar'))).toBe(before)
  // What can be done, can be done.
  await create(disk.mountpoint, ['in'], elsewhere.path('b.reftar'))
  await extract(disk.path('a.reftar'), elsewhere.mountpoint)
  expect(compareTrees(readTree(disk.path('in')), readTree(elsewhere.path('in')))).toEqual([])
})

it('a quota that is used up', async () => {
  using disk = mountImage('btrfs')
  using source = mountImage('tmpfs')
  runTool('btrfs', ['quota', 'enable', disk.mountpoint])
  // The disk counts in the background what is there.
  runTool('btrfs', ['quota', 'rescan', '-W', disk.mountpoint])
  runTool('btrfs', ['subvolume', 'create', disk.path('mine')])
  runTool('btrfs', ['qgroup', 'limit', '6M', disk.path('mine')])
  fill(source, 20, MIB)
  await create(source.mountpoint, ['in'], source.path('a.reftar'))
  writeFileSync(disk.path('mine/a.reftar'), 'old')
  expect(await errorOf(create(source.mountpoint, ['in'], disk.path('mine/a.reftar')))).toMatchObject({
    code: 'quota-exceeded',
    context: { errno: 'EDQUOT', path: disk.path('mine/a.reftar') },
  })
  expect(readdirSync(disk.path('mine'))).toEqual(['a.reftar'])
  expect(readFileSync(disk.path('mine/a.reftar'), 'latin1')).toBe('old')
  mkdirSync(disk.path('mine/out'))
  const error = await errorOf(extract(source.path('a.reftar'), disk.path('mine/out')))
  expect(error).toMatchObject({ code: 'quota-exceeded', context: { errno: 'EDQUOT' } })
  expect(error.context.entry).toMatch(/^in\//)
  expect(readdirSync(disk.path('mine/out'))).toEqual([])
})

/** Of the image that a filesystem is in, only the first part is left; what the kernel remembers of the rest is dropped. */
function cutDisk(disk: MountedImage, keptBytes: number): void {
  runTool('sync', ['--file-system', disk.mountpoint])
  truncateSync(join(dirname(disk.mountpoint), 'image'), keptBytes)
  writeFileSync('/proc/sys/vm/drop_caches', '3')
}

/** Where a file begins on its disk. */
function physicalStart(path: string, fromBytes = 0): number {
  const listed = runTool('filefrag', ['-v', '-b4096', '-s', path])
  for (const [, logical, physical] of listed.matchAll(/^\s*\d+:\s+(\d+)\.\.\s*\d+:\s+(\d+)\.\./gm)) {
    if (Number(logical) * 4096 >= fromBytes) return Number(physical) * 4096
  }
  throw new Error(listed)
}

describe('blocks that can’t be read', () => {
  const mount = () => mountImage('ext4', { mountOptions: 'errors=continue' })

  it('of sources: those are left out, the rest is there', async () => {
    using disk = mount()
    using elsewhere = mountImage('tmpfs')
    fill(disk, 30, 256 * KIB)
    const tree = readTree(disk.path('in'))
    // At a file's beginning: a read across the cut gives zeros for what is missing, which is the loop device's doing.
    cutDisk(disk, physicalStart(disk.path('in/020')))
    const archive = elsewhere.path('a.reftar')
    const { summary, problems } = await create(disk.mountpoint, ['in'], archive)
    expect(problems.length).toBeGreaterThan(0)
    expect(summary.problems).toBe(problems.length)
    for (const problem of problems) {
      expect(problem).toMatchObject({ code: 'io-error', errno: 'EIO' })
      expect(problem.path).toMatch(/^in\/\d/)
    }
    expect((await verify(archive)).problems).toEqual([])
    await extract(archive, elsewhere.mountpoint)
    const lost = new Set(problems.map(({ path }) => path?.slice('in/'.length)))
    const expected = new Map([...tree].filter(([path]) => !lost.has(path)))
    expect(compareTrees(expected, readTree(elsewhere.path('in')))).toEqual([])
    expect(summary.files).toBe(30 - lost.size)
  })

  it('of the archive: the error names it, and what was extracted is right', async () => {
    using disk = mount()
    using elsewhere = mountImage('tmpfs')
    fill(elsewhere, 30, 512 * KIB)
    const tree = readTree(elsewhere.path('in'))
    copyFileSync(await createdAt(elsewhere, 'a.reftar'), disk.path('a.reftar'))
    mkdirSync(elsewhere.path('out'))
    const cut = physicalStart(disk.path('a.reftar'), 4 * MIB)
    // Opened before, so that the directory at its end is known already.
    await withArchive(disk.path('a.reftar'), async (reader) => {
      expect([...reader.entries()]).toHaveLength(31)
      cutDisk(disk, cut)
      const { summary, problems } = await extractFrom(reader, elsewhere.path('out'))
      expect(problems.length).toBeGreaterThan(0)
      expect(summary.files).toBe(30 - problems.length)
      for (const problem of problems) {
        expect(problem.entry).toMatch(/^in\/\d/)
        expect(['io-error', 'damaged']).toContain(problem.code)
      }
      const lost = new Set(problems.map(({ entry }) => entry?.slice('in/'.length)))
      const expected = new Map([...tree].filter(([path]) => !lost.has(path)))
      expect(compareTrees(expected, readTree(elsewhere.path('out/in')))).toEqual([])
    })
    const error = await errorOf(withArchive(disk.path('a.reftar'), () => undefined))
    expect(error).toMatchObject({ code: 'io-error', context: { errno: 'EIO', path: disk.path('a.reftar') } })
  })
})

async function createdAt(disk: MountedImage, name: string): Promise<string> {
  await create(disk.mountpoint, ['in'], disk.path(name))
  return disk.path(name)
}

describe.each(['btrfs', 'xfs', 'ext4', 'tmpfs'] as const)('a full %s', (type) => {
  it('at any moment of creating and extracting, the last included', { timeout: 120_000 }, async () => {
    using source = mountImage('tmpfs')
    using disk = mountImage(type)
    fill(source, 40, 40 * KIB)
    for (let i = 0; i < 4; i++) writeFileSync(source.path('in', `large ${i}`), randomBytes(MIB + 100))
    const tree = readTree(source.path('in'))
    await create(source.mountpoint, ['in'], source.path('a.reftar'))
    const outcomes = new Set<string>()
    const ballast = disk.path('ballast')
    const { bavail, bsize } = statfsSync(disk.mountpoint)
    runTool('fallocate', ['--length', String(bavail * bsize - 16 * MIB), ballast])
    for (let leave = 512 * KIB; leave <= 8 * MIB; leave += 768 * KIB) {
      const more = disk.path('more')
      writeFileSync(disk.path('a.reftar'), 'old')
      mkdirSync(disk.path('out'))
      runTool('sync', ['--file-system', disk.mountpoint])
      const free = statfsSync(disk.mountpoint)
      const takes = free.bavail * free.bsize - leave
      if (takes > 0) runTool('fallocate', ['--length', String(takes), more])
      const created = await outcome(create(source.mountpoint, ['in'], disk.path('a.reftar')))
      if (created === 'ok') {
        expect((await verify(disk.path('a.reftar'))).problems).toEqual([])
        await withArchive(disk.path('a.reftar'), ({ info }) => expect(info.complete).toBe(true))
        writeFileSync(disk.path('a.reftar'), 'old')
        runTool('sync', ['--file-system', disk.mountpoint])
      } else expect(readFileSync(disk.path('a.reftar'), 'latin1')).toBe('old')
      const extracted = await outcome(extract(source.path('a.reftar'), disk.path('out')))
      if (extracted === 'ok') expect(compareTrees(tree, readTree(disk.path('out/in')))).toEqual([])
      else expect(readdirSync(disk.path('out'))).toEqual([])
      expect(stagedNames(disk.mountpoint)).toEqual([])
      outcomes.add(`create: ${created}`).add(`extract: ${extracted}`)
      rmSync(more, { force: true })
      rmSync(disk.path('out'), { recursive: true })
    }
    expect([...outcomes].sort()).toEqual(['create: no-space', 'create: ok', 'extract: no-space', 'extract: ok'])
  })
})

async function outcome(job: Promise<unknown>): Promise<string> {
  try {
    await job
    return 'ok'
  } catch {
    return (await errorOf(job)).code
  }
}
