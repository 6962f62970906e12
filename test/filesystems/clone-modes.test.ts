/** Sources and targets that can't share blocks, and options that say how data is stored. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { CreateOptions, ExtractOptions } from '../../src/shared/jobs.ts'
import { cloneFile, cloneRange, KIB, MIB, overwriteRandomly } from '../support/blocks.ts'
import { create, errorOf, verify, withArchive } from '../support/creation.ts'
import { extract } from '../support/extraction.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { commonRanges, filefrag } from '../support/oracle.ts'
import { runTool } from '../support/system.ts'
import { compareTrees, readTree } from '../support/tree.ts'

/** Two clones with a changed place, a part of one in a third file, and small ones. */
function fill(disk: MountedImage): void {
  mkdirSync(disk.path('in'), { recursive: true })
  writeFileSync(disk.path('in/a'), randomBytes(2 * MIB + 100))
  writeFileSync(disk.path('in/part'), randomBytes(MIB))
  if (disk.type === 'btrfs' || disk.type === 'xfs') {
    cloneFile(disk.path('in/a'), disk.path('in/b'))
    cloneRange(disk.path('in/a'), 36 * KIB, disk.path('in/part'), 512 * KIB + 4 * KIB, 256 * KIB)
    overwriteRandomly(disk.path('in/b'), [MIB], 4 * KIB)
  }
  for (let i = 0; i < 20; i++) writeFileSync(disk.path('in', `small ${i}`), `${i}`.repeat(i * 100))
}

async function roundTrip(
  disk: MountedImage,
  creating: Partial<CreateOptions> = {},
  extracting: Partial<ExtractOptions> = {},
) {
  const created = await create(disk.mountpoint, ['in'], disk.path('a.reftar'), creating)
  expect(created.problems).toEqual([])
  expect((await verify(disk.path('a.reftar'))).problems).toEqual([])
  const out = disk.path(`out ${readdirSync(disk.mountpoint).length}`)
  mkdirSync(out)
  const extracted = await extract(disk.path('a.reftar'), out, extracting)
  expect(extracted.problems).toEqual([])
  expect(compareTrees(readTree(disk.path('in')), readTree(`${out}/in`))).toEqual([])
  expect(extracted.summary.proof.disprovedBytes).toBe(0)
  return { created: created.summary, extracted: extracted.summary, out: (name: string) => `${out}/in/${name}` }
}

describe.each(['btrfs', 'xfs'] as const)('%s', (type) => {
  it('--clone=always: all that can be cloned is', async () => {
    using disk = mountImage(type)
    fill(disk)
    const { created, extracted, out } = await roundTrip(disk, { clone: 'always' }, { clone: 'always' })
    expect(created.copied).toEqual({})
    expect(extracted.clonedBytes).toBe(5 * MIB)
    expect(commonRanges(disk.path('in/a'), out('a'))).toEqual([{ aOffset: 0, bOffset: 0, length: 2 * MIB }])
  })

  it('--clone=never: nothing is, and it says why', async () => {
    using disk = mountImage(type)
    fill(disk)
    const { created, extracted, out } = await roundTrip(disk, { clone: 'never' }, { clone: 'never' })
    expect(created.clonedBytes).toBe(0)
    expect(Object.keys(created.copied)).toEqual(['not-wanted'])
    expect(extracted.clonedBytes + extracted.clonedFromFilesBytes).toBe(0)
    expect(commonRanges(disk.path('in/a'), out('a'))).toEqual([])
    expect(commonRanges(out('a'), out('b'))).toEqual([])
  })

  it('--block-size 65536: equal contents, sharing in whole blocks of it', async () => {
    using disk = mountImage(type)
    fill(disk)
    const { out } = await roundTrip(disk, { blockSizeBytes: 64 * KIB }, { clone: 'auto' })
    await withArchive(disk.path('a.reftar'), ({ info }) => expect(info.blockSizeBytes).toBe(64 * KIB))
    expect(commonRanges(out('a'), out('b'))).toContainEqual({ aOffset: 0, bOffset: 0, length: MIB })
  })

  it('--compress: smaller, and copied back', async () => {
    using disk = mountImage(type)
    fill(disk)
    writeFileSync(disk.path('in/text'), 'much the same, again and again; '.repeat(100_000))
    const { created, extracted } = await roundTrip(disk, { compress: true })
    expect(created.clonedBytes).toBe(0)
    expect(statSync(disk.path('a.reftar')).size).toBeLessThan(3 * MIB + 300 * KIB)
    expect(extracted.clonedBytes).toBe(0)
  })
})

it('--clone=always refuses where it can’t, and leaves nothing', async () => {
  using disk = mountImage('ext4')
  using other = mountImage('btrfs')
  fill(disk)
  const before = readdirSync(disk.mountpoint)
  const always = { clone: 'always' } as const
  expect((await errorOf(create(disk.mountpoint, ['in'], disk.path('a.reftar'), always))).code).toBe('cannot-clone')
  expect((await errorOf(create(disk.mountpoint, ['in'], other.path('a.reftar'), always))).code).toBe('cannot-clone')
  expect(readdirSync(disk.mountpoint)).toEqual(before)
  expect(readdirSync(other.mountpoint)).toEqual([])
  await create(disk.mountpoint, ['in'], disk.path('a.reftar'))
  mkdirSync(disk.path('out'))
  expect((await errorOf(extract(disk.path('a.reftar'), disk.path('out'), always))).code).toBe('cannot-clone')
  expect(readdirSync(disk.path('out'))).toEqual([])
})

it('files with copy-on-write off come back so, and share what they can', async () => {
  using disk = mountImage('btrfs')
  mkdirSync(disk.path('in'))
  runTool('chattr', ['+C', disk.path('in')])
  writeFileSync(disk.path('in/image'), randomBytes(2 * MIB))
  cloneFile(disk.path('in/image'), disk.path('in/image 2'))
  const { created, out } = await roundTrip(disk)
  expect(Object.keys(created.copied)).toEqual(['copy-on-write-off'])
  const flags = (path: string) => runTool('lsattr', ['-d', path]).split(' ')[0]
  for (const name of ['', 'image', 'image 2']) {
    expect(flags(disk.path('in', name))).toContain('C')
    expect(flags(out(name))).toBe(flags(disk.path('in', name)))
  }
})

it('an archive in a folder with copy-on-write off is cloned into all the same', async () => {
  using disk = mountImage('btrfs')
  fill(disk)
  mkdirSync(disk.path('shelf'))
  runTool('chattr', ['+C', disk.path('shelf')])
  const { summary } = await create(disk.mountpoint, ['in'], disk.path('shelf/a.reftar'))
  expect(summary.copied).toEqual({})
  expect(summary.clonedBytes).toBeGreaterThan(2 * MIB)
})

it('sources that btrfs has compressed: equal, whatever their addresses seem to say', async () => {
  using disk = mountImage('btrfs', { mountOptions: 'compress-force=zstd' })
  mkdirSync(disk.path('in'))
  const line = (i: number) => `${i} ${'the same words in every line '.repeat(3)}\n`
  writeFileSync(disk.path('in/a'), Array.from({ length: 30_000 }, (_, i) => line(i)).join(''))
  runTool('sync', ['--file-system', disk.mountpoint])
  expect(filefrag(disk.path('in/a')).some(({ flags }) => flags.has('encoded'))).toBe(true)
  cloneFile(disk.path('in/a'), disk.path('in/b'))
  overwriteRandomly(disk.path('in/b'), [64 * KIB + 5, MIB], 100)
  // A piece of a compressed extent at another place, so that addresses overlap where contents don't.
  writeFileSync(disk.path('in/c'), randomBytes(512 * KIB))
  cloneRange(disk.path('in/a'), 20 * KIB, disk.path('in/c'), 128 * KIB, 64 * KIB)
  for (const options of [{}, { instant: true }, { deduplicate: false }]) {
    const { created } = await roundTrip(disk, options)
    expect(created.copied).toEqual({})
  }
})
