/** What an entry begins with: metadata, names and, for the smallest files, the content (docs/format-1.md, "Entry header"). */
import { type ByteString, byteStringToBytes } from '../../../shared/byte-string.ts'
import { ENTRY_MAGIC } from './layout.ts'

/** Everything but strings, blob and inline data: magic to times, six lengths, filesystem type and id. */
const FIXED_BYTES = 237
/** Magic up to and including the first string's length. */
export const ENTRY_HEADER_START_BYTES = 81

export const entryOffsets = {
  magic: 0,
  headerSize: 4,
  fileSize: 8,
  type: 20,
  uid: 21,
  gid: 29,
  deviceMajor: 37,
  deviceMinor: 45,
  accessTime: 53,
  modifyTime: 61,
  changeTime: 69,
  strings: 77,
} as const
export const FILESYSTEM_TYPE_BYTES = 128
export const FILESYSTEM_ID_BYTES = 8

/** ASCII digits, as in tar. */
export const entryTypes = {
  file: 0x30,
  hardlink: 0x31,
  symlink: 0x32,
  characterDevice: 0x33,
  blockDevice: 0x34,
  directory: 0x35,
  fifo: 0x36,
} as const

export interface EntryHeader {
  readonly type: number
  readonly sizeBytes: number
  readonly uid: number
  readonly gid: number
  readonly deviceMajor: number
  readonly deviceMinor: number
  /** Whole seconds since 1970, negative before. The last is the source's ctime. */
  readonly accessTime: number
  readonly modifyTime: number
  readonly changeTime: number
  readonly userName: ByteString
  readonly groupName: ByteString
  /** The folder's path, or empty; `.` and what it holds are stored as such. */
  readonly folder: ByteString
  readonly name: ByteString
  readonly linkTarget: ByteString
  readonly filesystemType: ByteString
  readonly filesystemId: bigint
}

/** The header up to the inline data, whose length it already counts. Zeros follow up to the block boundary. */
export function encodeEntryHeader(header: EntryHeader, inlineBytes: number): Uint8Array {
  const strings = [header.userName, header.groupName, header.folder, header.name, header.linkTarget]
  const length = FIXED_BYTES + strings.reduce((sum, text) => sum + text.length, 0)
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < ENTRY_MAGIC.length; i++) bytes[entryOffsets.magic + i] = ENTRY_MAGIC.charCodeAt(i)
  view.setUint32(entryOffsets.headerSize, length + inlineBytes, true)
  view.setBigUint64(entryOffsets.fileSize, BigInt(header.sizeBytes), true)
  view.setUint8(entryOffsets.type, header.type)
  view.setBigUint64(entryOffsets.uid, BigInt(header.uid), true)
  view.setBigUint64(entryOffsets.gid, BigInt(header.gid), true)
  view.setBigUint64(entryOffsets.deviceMajor, BigInt(header.deviceMajor), true)
  view.setBigUint64(entryOffsets.deviceMinor, BigInt(header.deviceMinor), true)
  view.setBigInt64(entryOffsets.accessTime, BigInt(header.accessTime), true)
  view.setBigInt64(entryOffsets.modifyTime, BigInt(header.modifyTime), true)
  view.setBigInt64(entryOffsets.changeTime, BigInt(header.changeTime), true)
  let at: number = entryOffsets.strings
  for (const text of strings) {
    view.setUint32(at, text.length, true)
    bytes.set(byteStringToBytes(text), at + 4)
    at += 4 + text.length
  }
  // No extended permissions: their length stays 0.
  at += 4
  bytes.set(byteStringToBytes(header.filesystemType).subarray(0, FILESYSTEM_TYPE_BYTES - 1), at)
  view.setBigUint64(at + FILESYSTEM_TYPE_BYTES, header.filesystemId, true)
  return bytes
}
