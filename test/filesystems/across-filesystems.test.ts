/** Archives that change filesystems: contents stay equal, and files share again where the target can. */
import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { cloneFile, cloneRange, KIB, MIB, overwriteRandomly } from '../support/blocks.ts'
import { create } from '../support/creation.ts'
import { extract } from '../support/extraction.ts'
import { type FilesystemType, type MountedImage, mountImage } from '../support/loopback.ts'
import { allocatedBytes, commonRanges } from '../support/oracle.ts'
import { compareTrees, readTree } from '../support/tree.ts'

const hasReflinks = (type: FilesystemType): boolean => type === 'btrfs' || type === 'xfs'

/** Copies that share blocks where the disk can, and have equal content elsewhere. */
function fill(disk: MountedImage): void {
  mkdirSync(disk.path('in'))
  writeFileSync(disk.path('in/a'), randomBytes(2 * MIB + 99))
  for (const name of ['b', 'changed']) {
    if (hasReflinks(disk.type)) cloneFile(disk.path('in/a'), disk.path('in', name))
    else copyFileSync(disk.path('in/a'), disk.path('in', name))
  }
  overwriteRandomly(disk.path('in/changed'), [MIB], 4 * KIB)
  writeFileSync(disk.path('in/alone'), randomBytes(MIB))
  if (hasReflinks(disk.type)) cloneRange(disk.path('in/a'), 0, disk.path('in/alone'), 512 * KIB, 256 * KIB)
  for (let i = 0; i < 30; i++) writeFileSync(disk.path('in', `small ${i}`), randomBytes(i * 331))
}

const ways: readonly (readonly [from: FilesystemType, archive: FilesystemType, to: FilesystemType])[] = [
  ['ext4', 'ext4', 'btrfs'],
  ['btrfs', 'btrfs', 'xfs'],
  ['tmpfs', 'tmpfs', 'btrfs'],
  ['btrfs', 'btrfs', 'ext4'],
  ['xfs', 'xfs', 'ext4'],
  ['tmpfs', 'tmpfs', 'ext4'],
  // The archive itself elsewhere than what it is made of.
  ['btrfs', 'ext4', 'btrfs'],
  ['ext4', 'btrfs', 'btrfs'],
  ['xfs', 'tmpfs', 'xfs'],
]

it.each(ways)('%s, archive on %s, to %s', async (from, between, to) => {
  using source = mountImage(from)
  using shelf = mountImage(between)
  using target = mountImage(to)
  fill(source)
  const before = allocatedBytes(target)
  expect((await create(source.mountpoint, ['in'], shelf.path('a.reftar'))).problems).toEqual([])
  const { summary, problems } = await extract(shelf.path('a.reftar'), target.mountpoint)
  expect(problems).toEqual([])
  expect(compareTrees(readTree(source.path('in')), readTree(target.path('in')))).toEqual([])
  expect(summary.clonedBytes).toBe(0)
  expect(summary.proof.disprovedBytes).toBe(0)
  if (!hasReflinks(to)) {
    expect(summary.clonedFromFilesBytes).toBe(0)
    return
  }
  const out = (name: string) => target.path('in', name)
  expect(commonRanges(out('a'), out('b'))).toContainEqual({ aOffset: 0, bOffset: 0, length: 2 * MIB })
  expect(commonRanges(out('a'), out('changed')).slice(0, 2)).toEqual([
    { aOffset: 0, bOffset: 0, length: MIB },
    { aOffset: MIB + 4 * KIB, bOffset: MIB + 4 * KIB, length: MIB - 4 * KIB },
  ])
  if (hasReflinks(from)) {
    expect(commonRanges(out('a'), out('alone'))).toEqual([{ aOffset: 0, bOffset: 512 * KIB, length: 256 * KIB }])
  }
  expect(allocatedBytes(target) - before).toBeLessThanOrEqual(3.5 * MIB)
})
