/** Byte layouts against literals written out from the kernel's headers, and the two tables. */
import { describe, expect, test } from 'vitest'
import type { DirectoryItem, Handle } from '../../src/main/engine/ports.ts'
import { errnoCode, errnoName, errnoNumbers, systemError } from '../errno.ts'
import { filesystemType } from '../filesystem-types.ts'
import { kindOfDirent, kindOfMode } from '../node-kind.ts'
import { encodeCloneRange } from './clone.ts'
import { decodeDirents } from './directory.ts'
import { decodeExtents, encodeFiemap } from './fiemap.ts'
import { requests } from './ioctl.ts'
import { allocateNames, readInt64, readUint64, viewOf, writeInt64 } from './libc.ts'
import { encodeTimespec } from './metadata.ts'
import { encodeDevice } from './nodes.ts'
import { encodeOpenHow } from './open.ts'
import { decodeStatx } from './stat.ts'
import { decodeStatfs } from './statfs.ts'
import { decodeNames } from './xattr.ts'

const fromHex = (hex: string): Buffer => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex')
/** Memory as the decoders take it. */
function names(bytes: Buffer): ReturnType<typeof allocateNames> {
  const buffer = allocateNames(bytes.length)
  bytes.copy(buffer)
  return buffer
}

function encoded(size: number, encode: (view: DataView) => void): string {
  const buffer = Buffer.alloc(size, 0xee)
  encode(viewOf(buffer))
  return buffer.toString('hex')
}

describe('64-bit numbers', () => {
  test.each([
    [0, '0000000000000000'],
    [1, '0100000000000000'],
    [-1, 'ffffffffffffffff'],
    [-4294967297, 'fffffffffeffffff'],
    [0x1_2345_6789, '8967452301000000'],
    [Number.MAX_SAFE_INTEGER, 'ffffffffffff1f00'],
    [Number.MIN_SAFE_INTEGER, '010000000000e0ff'],
  ])('%d', (value, hex) => {
    expect(encoded(8, (view) => writeInt64(view, 0, value))).toBe(hex)
    expect(readInt64(viewOf(fromHex(hex)), 0)).toBe(value)
    if (value >= 0) expect(readUint64(viewOf(fromHex(hex)), 0)).toBe(value)
  })
  test.each([2 ** 53, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is refused', (value) => {
    expect(() => writeInt64(viewOf(Buffer.alloc(8)), 0, value)).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }),
    )
  })
})

test('struct file_clone_range', () => {
  const hex = encoded(32, (view) => encodeCloneRange(view, 5 as Handle, 0x1000, 0x1_0000_2000, 0x3000))
  expect(hex).toBe('0500000000000000' + '0010000000000000' + '0020000001000000' + '0030000000000000')
})

test('struct fiemap and its extents', () => {
  const head = encoded(32, (view) => encodeFiemap(view, 0x1000, 0x2000, true, 512))
  expect(head).toBe('0010000000000000' + '0020000000000000' + '01000000' + '00000000' + '00020000' + '00000000')
  const answer = fromHex(`
    0000000000000000 0020000000000000 01000000 02000000 00020000 00000000
    0000000000000000 0000100000000000 0010000000000000 00000000000000000000000000000000 00200000 000000000000000000000000
    0010000000000000 0000000001000000 0080000000000000 00000000000000000000000000000000 01080000 000000000000000000000000`)
  const extents: (readonly number[])[] = []
  const keep = (...numbers: readonly number[]) => extents.push(numbers)
  expect(decodeExtents(viewOf(answer), keep)).toBe(true)
  expect(extents).toEqual([
    [0, 0x10_0000, 0x1000, 0x2000],
    [0x1000, 0x1_0000_0000, 0x8000, 0x801],
  ])
  answer.fill(0xff, 32, 40)
  expect(decodeExtents(viewOf(answer), keep)).toBe(false)
})

test('struct open_how: O_DIRECTORY | O_CLOEXEC; RESOLVE_NO_MAGICLINKS | NO_SYMLINKS | BENEATH', () => {
  expect(encodeOpenHow(0o2200000).toString('hex')).toBe('0000090000000000' + '0000000000000000' + '0e00000000000000')
})

test('struct timespec before 1970', () => {
  const hex = encoded(16, (view) => encodeTimespec(view, 0, { seconds: -2, nanoseconds: 999_999_999 }))
  expect(hex).toBe('feffffffffffffff' + 'ffc99a3b00000000')
})

test('struct statx', () => {
  const statx = Buffer.alloc(256)
  fromHex(`
    ff0f0000 00100000 0000000000000000 02000000 e8030000 e9030000 a481 0000
    ffffffffffffffff 0100000001000000 0800000000000000 0000000000000000
    ffffffffffffffff ffc99a3b 00000000  0100000000000000 02000000 00000000
    0300000000000000 04000000 00000000  0500000000000000 06000000 00000000
    07000000 08000000 03010000 02000000`).copy(statx)
  expect(decodeStatx(viewOf(statx))).toEqual({
    kind: 'file',
    mode: 0o644,
    uid: 1000,
    gid: 1001,
    linkCount: 2,
    inode: 0xffff_ffff_ffff_ffffn,
    device: 0x103 * 0x10_0000 + 2,
    deviceMajor: 7,
    deviceMinor: 8,
    sizeBytes: 0x1_0000_0001,
    allocatedBytes: 4096,
    accessTime: { seconds: -1, nanoseconds: 999_999_999 },
    birthTime: { seconds: 1, nanoseconds: 2 },
    changeTime: { seconds: 3, nanoseconds: 4 },
    modifyTime: { seconds: 5, nanoseconds: 6 },
  })
  statx.writeUInt32LE(0x7ff, 0)
  expect(decodeStatx(viewOf(statx)).birthTime).toBeUndefined()
})

test('struct statfs', () => {
  const statfs = Buffer.alloc(120)
  fromHex(`
    3e68239100000000 0010000000000000 0a00000000000000 0900000000000000 0800000000000000
    0000000000000000 0000000000000000 12345678 0a0b0c0d ff00000000000000 0002000000000000`).copy(statfs)
  expect(decodeStatfs(viewOf(statfs))).toEqual({
    type: 'btrfs',
    id: '0d0c0b0a78563412',
    blockSizeBytes: 4096,
    totalBytes: 5120,
    freeBytes: 4608,
    availableBytes: 4096,
  })
})

test('struct linux_dirent64: names that fill their padding and names that don’t', () => {
  const records = fromHex(`
    0100000000000000 0100000000000000 1800 04 2e 00000000
    0200000000000000 0200000000000000 1800 04 2e2e 000000
    0300000000000000 0300000000000000 1800 08 61626364 00
    0400000000000000 0400000000000000 2000 0a 6162636465666768696a 000000
    0500000000000000 0500000000000000 1800 00 ff 00 ffffff`)
  const items: DirectoryItem[] = []
  decodeDirents(names(records), records.length, items)
  expect(items).toEqual([
    { name: 'abcd', kind: 'file' },
    { name: 'abcdefghij', kind: 'symlink' },
    { name: '\xff', kind: undefined },
  ])
  // A record that reaches past the end is left out.
  const whole = items.splice(0)
  decodeDirents(names(records), records.length - 1, items)
  expect(items).toEqual(whole.slice(0, -1))
})

test('a list of attribute names', () => {
  expect(decodeNames(names(Buffer.from('user.a\0user.\xff\0rest', 'latin1')), 14)).toEqual(['user.a', 'user.\xff'])
  expect(decodeNames(names(Buffer.from('x')), 0)).toEqual([])
})

test('dev_t as mknod(2) takes it', () => {
  expect(encodeDevice(1, 3)).toBe(0x103)
  expect(encodeDevice(0xfff, 0xf_ffff)).toBe(0xffff_ffff)
  expect(encodeDevice(8, 0x1ff)).toBe(0x10_08ff)
  for (const [major, minor] of [
    [0x1000, 0],
    [0, 0x10_0000],
    [-1, 0],
    [Number.NaN, 0],
  ] as const)
    expect(() => encodeDevice(major, minor)).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
})

test('request numbers as _IOC composes them', () => {
  const compose = (direction: number, type: number, number: number, size: number): number =>
    direction * 2 ** 30 + size * 2 ** 16 + type * 2 ** 8 + number
  expect(requests).toEqual({
    FICLONE: compose(1, 0x94, 9, 4),
    FICLONERANGE: compose(1, 0x94, 13, 32),
    FS_IOC_FIEMAP: compose(3, 0x66, 11, 32),
    FS_IOC_GETFLAGS: compose(2, 0x66, 1, 8),
    FS_IOC_SETFLAGS: compose(1, 0x66, 2, 8),
  })
})

test('errno: number, name, code', () => {
  expect(errnoNumbers.ENOSPC).toBe(28)
  expect(errnoName(95)).toBe('EOPNOTSUPP')
  expect(errnoName(250)).toBe('errno 250')
  expect(
    ['ENOSPC', 'EDQUOT', 'EXDEV', 'EINVAL', 'ETXTBSY', 'EPERM', 'ENOTTY', 'ENOTSUP', 'ENEW'].map(errnoCode),
  ).toEqual([
    'no-space',
    'quota-exceeded',
    'cross-device',
    'invalid-argument',
    'busy',
    'not-permitted',
    'not-supported',
    'not-supported',
    'system-error',
  ])
  expect(systemError('ENOSPC', 'pwrite')).toMatchObject({
    code: 'no-space',
    context: { errno: 'ENOSPC', operation: 'pwrite' },
  })
  expect(systemError('errno 250', 'read').message).toContain('errno 250')
})

test('kinds and filesystems by number', () => {
  expect([1, 2, 4, 6, 8, 10, 12, 0].map(kindOfDirent)).toEqual([
    'fifo',
    'character-device',
    'directory',
    'block-device',
    'file',
    'symlink',
    'socket',
    undefined,
  ])
  expect(kindOfMode(0o100644)).toBe('file')
  expect(() => kindOfMode(0)).toThrow(expect.objectContaining({ code: 'system-error' }))
  expect([0x9123683e, 0x58465342, 0xef53, 0x01021994, 0x794c7630, 0x6969, 0x2fc12fc1, 42].map(filesystemType)).toEqual([
    'btrfs',
    'xfs',
    'ext4',
    'tmpfs',
    'overlay',
    'nfs',
    'zfs',
    'unknown',
  ])
  // statfs's f_type is signed in places.
  expect(filesystemType(0x9123683e | 0)).toBe('btrfs')
})
