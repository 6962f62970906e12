/** Sharing blocks on real filesystems: clones, extents and probes, with filefrag and xfs_io as the other opinion. */

import fs from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPorts } from '../../native/index.ts'
import { extentFlags, type Handle } from '../../src/main/engine/ports.ts'
import { type ByteString, textToByteString } from '../../src/shared/byte-string.ts'
import { type MountedImage, mountImage } from '../support/loopback.ts'
import { commonRanges, filefrag } from '../support/oracle.ts'
import { scratchFolder, unmountBelow } from '../support/scratch.ts'
import { runTool } from '../support/system.ts'

const { files, cloner, extentMap, randomBytes } = createPorts({ portable: false })
const KIB = 1024
const NOCOW = 0x0080_0000
const bytes = (text: string): ByteString => text as ByteString
const throwing = (code: string): object => expect.objectContaining({ code })

function writeFile(directory: Handle, name: string, content: Uint8Array): Handle {
  const handle = files.createFile(directory, bytes(name), 0o600)
  for (let done = 0; done < content.length; ) done += files.write(handle, content, done, content.length - done, done)
  return handle
}

describe.each(['btrfs', 'xfs'] as const)('%s', (type) => {
  let disk: MountedImage
  let root: Handle
  beforeAll(() => {
    disk = mountImage(type)
    root = files.openDirectoryPath(textToByteString(disk.mountpoint))
  })
  afterAll(() => {
    files.close(root)
    disk.unmount()
  })

  test('says what it is and that it can clone', () => {
    expect(files.filesystemInfo(root)).toMatchObject({ type, blockSizeBytes: 4096 })
    expect(cloner.canClone(root)).toEqual({ possible: true, reason: undefined })
    expect(fs.readdirSync(disk.mountpoint)).toEqual([])
  })

  test('a cloned range is the same blocks, as filefrag sees it too', () => {
    const content = randomBytes(1024 * KIB)
    const source = writeFile(root, 'source', content)
    const target = files.createFile(root, bytes('target'), 0o600)
    files.truncate(target, 2048 * KIB)
    cloner.cloneRange(source, 256 * KIB, 512 * KIB, target, 1024 * KIB)
    expect(fs.readFileSync(disk.path('target')).subarray(1024 * KIB, 1536 * KIB)).toEqual(
      Buffer.from(content.subarray(256 * KIB, 768 * KIB)),
    )
    expect(commonRanges(disk.path('source'), disk.path('target'))).toEqual([
      { aOffset: 256 * KIB, bOffset: 1024 * KIB, length: 512 * KIB },
    ])
    const shared = extentMap.extents(target, 0, 2048 * KIB, true) ?? []
    expect(shared.length).toBeGreaterThan(0)
    for (const extent of shared) expect(extent.flags & extentFlags.shared).toBe(extentFlags.shared)
    const oracle = filefrag(disk.path('target'))
    const merged = (list: readonly { logical: number; physical: number; length: number }[]): unknown =>
      list.reduce<{ logical: number; physical: number; length: number }[]>((all, { logical, physical, length }) => {
        const last = all.at(-1)
        if (last && last.logical + last.length === logical && last.physical + last.length === physical)
          last.length += length
        else all.push({ logical, physical, length })
        return all
      }, [])
    const ours = shared.map((e) => ({ logical: e.logicalBytes, physical: e.physicalBytes, length: e.lengthBytes }))
    expect(merged(ours)).toEqual(merged(oracle))
    files.close(source)
    files.close(target)
  })

  test('a whole file is cloned with its tail, a tail into the middle and misaligned ranges are refused', () => {
    const source = writeFile(root, 'tailed', randomBytes(20_481))
    const target = files.createFile(root, bytes('whole'), 0o600)
    cloner.cloneFile(source, target)
    expect(fs.readFileSync(disk.path('whole'))).toEqual(fs.readFileSync(disk.path('tailed')))
    const middle = files.createFile(root, bytes('middle'), 0o600)
    files.truncate(middle, 65_536)
    expect(() => cloner.cloneRange(source, 0, 20_481, middle, 0)).toThrow(throwing('invalid-argument'))
    expect(() => cloner.cloneRange(source, 1, 4096, middle, 0)).toThrow(throwing('invalid-argument'))
    expect(() => cloner.cloneRange(source, 0, 0, middle, 0)).toThrow(throwing('invalid-argument'))
    for (const handle of [source, target, middle]) files.close(handle)
  })

  test('another filesystem is another device', () => {
    using other = mountImage(type)
    const otherRoot = files.openDirectoryPath(textToByteString(other.mountpoint))
    const source = writeFile(root, 'here', randomBytes(65_536))
    const target = files.createFile(otherRoot, bytes('there'), 0o600)
    expect(() => cloner.cloneRange(source, 0, 65_536, target, 0)).toThrow(throwing('cross-device'))
    for (const handle of [source, target, otherRoot]) files.close(handle)
  })

  test('a map of more extents than one call returns', () => {
    const blocks = 1500
    const handle = files.createFile(root, bytes('islands'), 0o600)
    const block = randomBytes(4096)
    for (let i = 0; i < blocks; i++) files.write(handle, block, 0, 4096, i * 8192)
    // XFS allocates ahead: space that nothing was written to lies between the islands.
    const islands = (offset: number, length: number): number[] =>
      (extentMap.extents(handle, offset, length, true) ?? [])
        .filter(({ flags }) => (flags & extentFlags.unwritten) === 0)
        .map(({ logicalBytes }) => logicalBytes / 8192)
    expect(islands(0, blocks * 8192)).toEqual(Array.from({ length: blocks }, (_, i) => i))
    expect(islands(8192 * 10, 8192 * 5)).toEqual([10, 11, 12, 13, 14])
    expect(islands(4096, 4096)).toEqual([])
    expect(extentMap.extents(handle, 0, 0, true)).toEqual([])
    files.close(handle)
  })

  test('without flushing, data not yet on disk is delayed allocation; unwritten space says so', () => {
    const handle = writeFile(root, 'fresh', randomBytes(256 * KIB))
    const before = extentMap.extents(handle, 0, 256 * KIB, false)
    expect(before).toBeDefined()
    const after = extentMap.extents(handle, 0, 256 * KIB, true) ?? []
    expect(after.some(({ flags }) => (flags & extentFlags.delayedAllocation) !== 0)).toBe(false)
    expect(after.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0)).toBe(256 * KIB)
    files.close(handle)
  })
})

test('btrfs: a NOCOW file and a copy-on-write file can’t share until the flag is equal', () => {
  using disk = mountImage('btrfs')
  const root = files.openDirectoryPath(textToByteString(disk.mountpoint))
  const source = files.createFile(root, bytes('nocow'), 0o600)
  files.setInodeFlags(source, files.inodeFlags(source) | NOCOW)
  expect(files.inodeFlags(source) & NOCOW).toBe(NOCOW)
  files.write(source, randomBytes(65_536), 0, 65_536, 0)
  const target = files.createFile(root, bytes('plain'), 0o600)
  expect(() => cloner.cloneRange(source, 0, 65_536, target, 0)).toThrow(throwing('invalid-argument'))
  files.setInodeFlags(target, files.inodeFlags(target) | NOCOW)
  cloner.cloneRange(source, 0, 65_536, target, 0)
  expect(commonRanges(disk.path('nocow'), disk.path('plain'))).toEqual([{ aOffset: 0, bOffset: 0, length: 65_536 }])
  for (const handle of [source, target, root]) files.close(handle)
})

test.each([
  ['ext4', 'ext4 can’t share blocks', true],
  ['tmpfs', 'tmpfs can’t share blocks', false],
] as const)('%s can’t clone, and says so', (type, reason, hasMap) => {
  using disk = mountImage(type)
  const root = files.openDirectoryPath(textToByteString(disk.mountpoint))
  expect(files.filesystemInfo(root).type).toBe(type)
  expect(cloner.canClone(root)).toEqual({ possible: false, reason })
  const source = writeFile(root, 'a', randomBytes(65_536))
  const target = files.createFile(root, bytes('b'), 0o600)
  expect(() => cloner.cloneRange(source, 0, 65_536, target, 0)).toThrow(throwing('not-supported'))
  expect(() => cloner.cloneFile(source, target)).toThrow(throwing('not-supported'))
  expect(extentMap.extents(source, 0, 65_536, true) !== undefined).toBe(hasMap)
  for (const handle of [source, target, root]) files.close(handle)
})

test('XFS made without reflinks can’t clone, whatever its name says', () => {
  const folder = fs.mkdtempSync(join(scratchFolder(), 'no-reflink-'))
  const image = join(folder, 'image')
  const mountpoint = join(folder, 'mnt')
  fs.mkdirSync(mountpoint)
  fs.writeFileSync(image, '')
  fs.truncateSync(image, 320 * KIB * KIB)
  runTool('mkfs.xfs', ['-q', '-K', '-m', 'reflink=0', image])
  runTool('mount', ['-t', 'xfs', '-o', 'loop', image, mountpoint])
  try {
    const root = files.openDirectoryPath(textToByteString(mountpoint))
    // A prober of its own: XFS names itself by its device, which another XFS of these tests may have had before.
    const capability = createPorts({ portable: false }).cloner.canClone(root)
    files.close(root)
    expect(capability).toEqual({ possible: false, reason: 'xfs can’t share blocks' })
  } finally {
    expect(unmountBelow(folder)).toEqual([])
    fs.rmSync(folder, { recursive: true })
  }
})

test('a full disk is no “can’t clone”; where nothing may be written the reason says that', () => {
  using disk = mountImage('ext4')
  const root = files.openDirectoryPath(textToByteString(disk.mountpoint))
  const filler = files.createFile(root, bytes('filler'), 0o600)
  const chunk = new Uint8Array(1024 * KIB).fill(1)
  expect(() => {
    for (let at = 0; ; at += files.write(filler, chunk, 0, chunk.length, at));
  }).toThrow(throwing('no-space'))
  files.close(filler)
  files.close(root)
  using readOnly = mountImage('ext4', { mountOptions: 'ro' })
  const readOnlyRoot = files.openDirectoryPath(textToByteString(readOnly.mountpoint))
  expect(cloner.canClone(readOnlyRoot)).toMatchObject({
    possible: false,
    reason: expect.stringContaining('read-only'),
  })
  expect(() => files.createFile(readOnlyRoot, bytes('x'), 0o600)).toThrow(throwing('read-only'))
  files.close(readOnlyRoot)
})
