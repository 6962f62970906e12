/** What is planned is what extraction then does; a folder of its own for several things; no room is told before. */
import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createPorts } from '../../native/index.ts'
import { folderNameFor, planExtract } from '../../src/main/engine/index.ts'
import { textToByteString } from '../../src/shared/byte-string.ts'
import type { ExtractOptions } from '../../src/shared/jobs.ts'
import type { ExtractPlan } from '../../src/shared/plans.ts'
import { MIB } from '../support/blocks.ts'
import { create, errorOf, withArchive } from '../support/creation.ts'
import { extract, extractOptions, watchedJob } from '../support/extraction.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { allocatedBytes } from '../support/oracle.ts'
import { runTool } from '../support/system.ts'

/** Large files that are equal, whole and in part, small ones that are equal, a sparse one, a hard link. */
async function prepare(disk: MountedImage): Promise<void> {
  const at = (...names: string[]) => disk.path('in', ...names)
  mkdirSync(at('folder'), { recursive: true })
  const large = randomBytes(4 * MIB + 1000)
  writeFileSync(at('large'), large)
  writeFileSync(at('folder/same'), large)
  writeFileSync(at('folder/part'), Buffer.concat([randomBytes(MIB), large.subarray(0, MIB)]))
  const small = randomBytes(10_000)
  for (let i = 0; i < 30; i++) writeFileSync(at('folder', `small ${i}`), i % 3 === 0 ? small : randomBytes(i * 700))
  writeFileSync(at('sparse'), randomBytes(MIB))
  truncateSync(at('sparse'), 3 * MIB)
  writeFileSync(at('zeros'), Buffer.alloc(MIB))
  linkSync(at('large'), at('second name'))
  await create(disk.path('in'), ['.'], disk.path('a.reftar'))
}

function plan(archivePath: string, directory: string, options: Partial<ExtractOptions> = {}): Promise<ExtractPlan> {
  return withArchive(archivePath, (reader) =>
    planExtract(createPorts(), reader, extractOptions(directory, options), watchedJob().job),
  )
}

async function expectAgreement(archivePath: string, to: MountedImage, options: Partial<ExtractOptions> = {}) {
  mkdirSync(to.path('out'))
  const planned = await plan(archivePath, to.path('out'), options)
  const before = allocatedBytes(to)
  const { summary, problems } = await extract(archivePath, to.path('out'), options)
  const taken = allocatedBytes(to) - before
  expect(problems).toEqual([])
  const { entries, files, logicalBytes, copied, holeBytes, clonedBytes, clonedFromFilesBytes } = summary
  expect(planned).toMatchObject({ entries, files, logicalBytes, copied, holeBytes, obstacle: undefined, conflicts: [] })
  expect(planned.clonedBytes).toBe(clonedBytes + clonedFromFilesBytes)
  // The filesystem's own books aside.
  expect(planned.newOnDiskBytes).toBeGreaterThan(taken - 2 * MIB)
  expect(planned.newOnDiskBytes).toBeLessThan(taken + 2 * MIB)
  return planned
}

describe.each(['btrfs', 'xfs', 'ext4'] as const)('%s', (type) => {
  it('what is planned happens, on the archive’s filesystem and on another one', async () => {
    using disk = mountImage(type)
    using other = mountImage(type)
    await prepare(disk)
    const near = await expectAgreement(disk.path('a.reftar'), disk)
    expect(near.canClone).toBe(type !== 'ext4')
    const far = await expectAgreement(disk.path('a.reftar'), other)
    expect(far.canClone).toBe(type !== 'ext4')
    expect(Object.keys(far.copied).sort()).toEqual(
      ['packed', type === 'ext4' ? 'no-reflinks' : 'different-filesystem'].sort(),
    )
  })

  it('so it does with other options', async () => {
    using disk = mountImage(type)
    using other = mountImage(type)
    await prepare(disk)
    await expectAgreement(disk.path('a.reftar'), disk, { clone: 'never', zeros: 'write' })
    // The second name, without the first, is the file itself.
    await expectAgreement(disk.path('a.reftar'), other, { paths: ['second name', 'sparse'].map(textToByteString) })
  })
})

it('copy-on-write off for a file: its bytes are copied', async () => {
  using disk = mountImage('btrfs')
  mkdirSync(disk.path('in'))
  writeFileSync(disk.path('in/plain'), randomBytes(MIB))
  writeFileSync(disk.path('in/without'), '')
  runTool('chattr', ['+C', disk.path('in/without')])
  writeFileSync(disk.path('in/without'), randomBytes(MIB))
  await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
  const planned = await expectAgreement(disk.path('a.reftar'), disk)
  expect(planned.copied).toEqual({ 'copy-on-write-off': MIB })
  expect((await plan(disk.path('a.reftar'), disk.path('out'), { clone: 'always' })).obstacle?.code).toBe('cannot-clone')
})

it('taken names, and targets that can’t be used, are told', async () => {
  using disk = mountImage('ext4')
  await prepare(disk)
  mkdirSync(disk.path('out/folder'), { recursive: true })
  writeFileSync(disk.path('out/large'), '')
  const planned = await plan(disk.path('a.reftar'), disk.path('out'))
  expect(planned).toMatchObject({ conflicts: ['folder', 'large'], conflictCount: 2, obstacle: undefined })
  expect((await plan(disk.path('a.reftar'), disk.path('nowhere'))).obstacle?.code).toBe('not-found')
  expect((await plan(disk.path('a.reftar'), disk.path('in/large'))).obstacle?.code).toBe('not-a-directory')
  runTool('mount', ['-o', 'remount,ro', disk.mountpoint])
  const { obstacle, freeBytes } = await plan(disk.path('a.reftar'), disk.path('out'))
  expect(obstacle).toMatchObject({ code: 'read-only', path: disk.path('out') })
  expect(freeBytes).toBeGreaterThan(MIB)
})

describe('a folder of its own', () => {
  const name = folderNameFor(textToByteString('/x/a.b.REFTAR'))

  it('is named after the archive', () => {
    expect(name).toBe('a.b')
    for (const other of ['backup', '.reftar']) expect(folderNameFor(textToByteString(`/x/${other}`))).toBe(other)
  })

  it('is made for several things, with a number when its name is taken', async () => {
    using disk = mountImage('btrfs')
    await prepare(disk)
    mkdirSync(disk.path('out'))
    const options = { folderForSeveral: textToByteString('a') }
    for (const expected of ['a', 'a (1)']) {
      expect(await plan(disk.path('a.reftar'), disk.path('out'), options)).toMatchObject({
        folderToMake: expected,
        conflictCount: 0,
      })
      const { summary } = await extract(disk.path('a.reftar'), disk.path('out'), options)
      expect(summary).toMatchObject({ madeFolder: expected, directory: disk.path('out', expected), problems: 0 })
    }
    expect(readdirSync(disk.path('out')).sort()).toEqual(['a', 'a (1)'])
    expect(readdirSync(disk.path('out/a (1)')).sort()).toEqual(readdirSync(disk.path('in')).sort())
  })

  it('isn’t made for one thing, nor left behind when nothing comes of it', async () => {
    using disk = mountImage('btrfs')
    await prepare(disk)
    mkdirSync(disk.path('out'))
    const options = { folderForSeveral: textToByteString('a'), paths: [textToByteString('folder')] }
    expect((await plan(disk.path('a.reftar'), disk.path('out'), options)).folderToMake).toBeUndefined()
    const { summary } = await extract(disk.path('a.reftar'), disk.path('out'), options)
    expect(summary.madeFolder).toBeUndefined()
    expect(readdirSync(disk.path('out'))).toEqual(['folder'])
    // Without the folder above them they are many.
    const inside = { ...options, stripComponents: 1 }
    expect((await plan(disk.path('a.reftar'), disk.path('out'), inside)).folderToMake).toBe('a')
    const ports = createPorts()
    const files = {
      ...ports.files,
      createFile: () => {
        throw new Error('a mistake')
      },
    }
    await errorOf(extract(disk.path('a.reftar'), disk.path('out'), inside, { ...ports, files })).catch(() => undefined)
    expect(readdirSync(disk.path('out'))).toEqual(['folder'])
  })
})

describe('no room', () => {
  it.each(['btrfs', 'xfs', 'ext4', 'tmpfs'] as const)('%s: is told before anything is written', async (type) => {
    using source = mountImage('tmpfs', { sizeBytes: 1024 * MIB })
    using disk = mountImage(type)
    mkdirSync(source.path('in'))
    for (let i = 0; i < 4; i++) writeFileSync(source.path('in', `${i}`), randomBytes(90 * MIB))
    await create(source.mountpoint, ['in'], source.path('a.reftar'))
    mkdirSync(disk.path('out'))
    const { obstacle, freeBytes, newOnDiskBytes } = await plan(source.path('a.reftar'), disk.path('out'))
    expect(obstacle).toMatchObject({ code: 'no-space', path: disk.path('out') })
    expect(newOnDiskBytes).toBeGreaterThan(freeBytes)
    const error = await errorOf(extract(source.path('a.reftar'), disk.path('out')))
    expect(error.code).toBe('no-space')
    expect(error.message).toMatch(/^377 MB have to be written; \d+ MB are free there$/)
    expect(readdirSync(disk.path('out'))).toEqual([])
    // One of them has room.
    const paths = [textToByteString('in/0')]
    expect((await plan(source.path('a.reftar'), disk.path('out'), { paths })).obstacle).toBeUndefined()
  })

  it('isn’t said of what is cloned, is sparse, or would be compressed', async () => {
    using disk = mountImage('xfs')
    mkdirSync(disk.path('in'))
    writeFileSync(disk.path('in/file'), randomBytes(60 * MIB))
    for (let i = 0; i < 9; i++) runTool('cp', ['--reflink=always', disk.path('in/file'), disk.path('in', `twin ${i}`)])
    writeFileSync(disk.path('in/sparse'), '')
    truncateSync(disk.path('in/sparse'), 10_000 * MIB)
    await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
    mkdirSync(disk.path('out'))
    expect((await extract(disk.path('a.reftar'), disk.path('out'))).problems).toEqual([])
    // Copied once, and shared on the other side.
    using other = mountImage('btrfs', { sizeBytes: 300 * MIB })
    mkdirSync(other.path('out'))
    expect((await extract(disk.path('a.reftar'), other.path('out'))).problems).toEqual([])
    expect(readFileSync(other.path('out/in/twin 8')).equals(readFileSync(disk.path('in/file')))).toBe(true)

    using compressing = mountImage('btrfs', { mountOptions: 'compress=zstd' })
    using source = mountImage('tmpfs', { sizeBytes: 700 * MIB })
    writeFileSync(source.path('text'), Buffer.from(randomBytes(4096).toString('hex').repeat(37_000)))
    await create(source.mountpoint, ['text'], source.path('a.reftar'), { deduplicate: false })
    rmSync(source.path('text'))
    mkdirSync(compressing.path('out'))
    expect((await plan(source.path('a.reftar'), compressing.path('out'))).obstacle).toBeUndefined()
    expect((await extract(source.path('a.reftar'), compressing.path('out'))).problems).toEqual([])
  })
})
