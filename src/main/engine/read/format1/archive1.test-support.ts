/** Format 1 archives in memory for tests: built piece by piece, so that each piece can be wrong. */
import { crc32 } from 'node:zlib'
import type { ByteString } from '../../../../shared/byte-string.ts'
import { encodeArchiveHeader } from '../../format1/archive-header.ts'
import { type EntryHeader, encodeEntryHeader, entryTypes } from '../../format1/entry-header.ts'
import { type ExtentHeader, encodeExtentHeader, extentKinds } from '../../format1/extent-header.ts'
import type { Handle } from '../../ports.ts'
import type { ArchiveReader } from '../../reader.ts'
import type { ReaderPorts } from '../archive-file.ts'
import { openArchive1 } from './reader1.ts'

export const BLOCK = 512

export function padded(bytes: Uint8Array): Buffer {
  const length = Math.ceil(bytes.length / BLOCK) * BLOCK
  return Buffer.concat([bytes], length)
}

export const archiveHeader = (): Buffer => padded(encodeArchiveHeader(BLOCK))

export function entryHeader(
  path: string,
  more: Partial<EntryHeader> = {},
  inline: Uint8Array = Buffer.alloc(0),
): Buffer {
  const slash = path.lastIndexOf('/')
  const header: EntryHeader = {
    type: entryTypes.file,
    sizeBytes: inline.length,
    uid: 1,
    gid: 2,
    deviceMajor: 0,
    deviceMinor: 0,
    accessTime: 10,
    modifyTime: 20,
    changeTime: 30,
    userName: 'ann' as ByteString,
    groupName: '' as ByteString,
    folder: path.slice(0, Math.max(0, slash)) as ByteString,
    name: path.slice(slash + 1) as ByteString,
    linkTarget: '' as ByteString,
    filesystemType: 'ext4' as ByteString,
    filesystemId: 7n,
    ...more,
  }
  return padded(Buffer.concat([encodeEntryHeader(header, inline.length), inline]))
}

export function dataExtent(id: number | bigint, payload: Uint8Array, more: Partial<ExtentHeader> = {}): Buffer {
  const whole = padded(payload)
  const lengthBlocks = whole.length / BLOCK
  const header = { id, lengthBlocks, kind: extentKinds.data, fileOffset: 0, checksum: crc32(whole), ...more }
  return Buffer.concat([padded(encodeExtentHeader(header)), whole])
}

export function reference(id: number | bigint, payload: Uint8Array, more: Partial<ExtentHeader> = {}): Buffer {
  const whole = padded(payload)
  const lengthBlocks = whole.length / BLOCK
  const kind = extentKinds.reference
  return padded(encodeExtentHeader({ id, lengthBlocks, kind, fileOffset: 0, checksum: crc32(whole), ...more }))
}

export function hole(lengthBlocks: number): Buffer {
  return padded(encodeExtentHeader({ id: 0, lengthBlocks, kind: extentKinds.hole, fileOffset: 0, checksum: 0 }))
}

/** Opens bytes as an archive. Reads count what was asked for, and no read is longer than the archive. */
export function openBytes(bytes: Buffer): ArchiveReader {
  const ports: ReaderPorts = {
    files: {
      read: (_handle, buffer, bufferOffset, length, position) =>
        bytes.copy(buffer, bufferOffset, position ?? 0, Math.min(bytes.length, (position ?? 0) + length)),
      seekData: (_handle, offset) => offset,
      close: () => undefined,
    },
    compressor: {
      decompress: () => Promise.reject(new Error('format 1 has nothing compressed')),
      decompressSync: () => {
        throw new Error('format 1 has nothing compressed')
      },
    },
    clock: { now: () => 0, wallTime: () => ({ seconds: 0, nanoseconds: 0 }) },
  }
  return openArchive1(ports, 3 as Handle, bytes.length)
}
