/** What an entry begins with: metadata, names and, for the smallest files, the content (docs/format-1.md, "Entry header"). */
import { type ByteString, byteStringToBytes, bytesToByteString } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { bytesEqual } from '../format/hash.ts'
import { ENTRY_MAGIC, STRING_LIMIT_BYTES } from './layout.ts'

/** Everything but strings, blob and inline data: magic to times, six lengths, filesystem type and id. */
const FIXED_BYTES = 237
/** Magic up to and including the first string's length. */
export const ENTRY_HEADER_START_BYTES = 81

const offsets = {
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
const FILESYSTEM_TYPE_BYTES = 128
const FILESYSTEM_ID_BYTES = 8

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

export interface DecodedEntryHeader extends EntryHeader {
  /** From the magic to the end of the inline data, as stored. */
  readonly headerBytes: number
  /** Where the inline data begins, from the magic on. */
  readonly inlineAt: number
}

/** Whether the content lies in the header. */
export function isInline(header: EntryHeader, blockBytes: number): boolean {
  return header.type === entryTypes.file && header.sizeBytes < blockBytes
}

/** The header up to the inline data, whose length it already counts. Zeros follow up to the block boundary. */
export function encodeEntryHeader(header: EntryHeader, inlineBytes: number): Uint8Array {
  const strings = [header.userName, header.groupName, header.folder, header.name, header.linkTarget]
  const length = FIXED_BYTES + strings.reduce((sum, text) => sum + text.length, 0)
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < ENTRY_MAGIC.length; i++) bytes[offsets.magic + i] = ENTRY_MAGIC.charCodeAt(i)
  view.setUint32(offsets.headerSize, length + inlineBytes, true)
  view.setBigUint64(offsets.fileSize, BigInt(header.sizeBytes), true)
  view.setUint8(offsets.type, header.type)
  view.setBigUint64(offsets.uid, BigInt(header.uid), true)
  view.setBigUint64(offsets.gid, BigInt(header.gid), true)
  view.setBigUint64(offsets.deviceMajor, BigInt(header.deviceMajor), true)
  view.setBigUint64(offsets.deviceMinor, BigInt(header.deviceMinor), true)
  view.setBigInt64(offsets.accessTime, BigInt(header.accessTime), true)
  view.setBigInt64(offsets.modifyTime, BigInt(header.modifyTime), true)
  view.setBigInt64(offsets.changeTime, BigInt(header.changeTime), true)
  let at: number = offsets.strings
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

/** “FILE” as a little-endian number. */
const MAGIC_NUMBER = 0x454c_4946

/** The size that the header at `at` claims for itself, where 8 bytes must be. Undefined without the magic. */
export function headerSizeAt(view: DataView, at: number): number | undefined {
  return view.getUint32(at, true) === MAGIC_NUMBER ? view.getUint32(at + offsets.headerSize, true) : undefined
}

/** Keeps what was decoded last, since owners, folders and filesystem types repeat from header to header. */
export class RecentStrings {
  readonly #bytes: Uint8Array[] = []
  readonly #texts: ByteString[] = []

  /** The text of some bytes; `slot` tells the fields of a header apart. */
  text(slot: number, bytes: Uint8Array): ByteString {
    if (bytes.length === 0) return '' as ByteString
    const recent = this.#bytes[slot]
    if (recent !== undefined && recent.length === bytes.length && bytesEqual(recent, bytes)) {
      return this.#texts[slot] ?? ('' as ByteString)
    }
    const text = bytesToByteString(bytes)
    this.#bytes[slot] = bytes.slice()
    this.#texts[slot] = text
    return text
  }
}

/**
 * Decodes a header from bytes that begin with it and go at least up to its inline data, unless the archive ends before.
 * `damaged` for lengths that contradict each other, an unknown type, or a size that no file has.
 */
export function decodeEntryHeader(bytes: Uint8Array, blockBytes: number, recent: RecentStrings): DecodedEntryHeader {
  if (bytes.length < ENTRY_HEADER_START_BYTES) throw damaged(`an entry’s header has only ${bytes.length} bytes`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const headerBytes = headerSizeAt(view, 0) ?? 0
  const type = view.getUint8(offsets.type)
  if (type < entryTypes.file || type > entryTypes.fifo) {
    throw damaged(`an entry is of unknown type 0x${type.toString(16).padStart(2, '0')}`)
  }
  const strings = new StringReader(bytes, view, offsets.strings)
  const userName = recent.text(0, strings.next('user name'))
  const groupName = recent.text(1, strings.next('group name'))
  const folder = recent.text(2, strings.next('folder'))
  const name = bytesToByteString(strings.next('name'))
  const linkTarget = recent.text(3, strings.next('link target'))
  strings.skip('extended permissions', headerBytes)
  const filesystemType = recent.text(4, trimmed(strings.fixed(FILESYSTEM_TYPE_BYTES)))
  const filesystemIdAt = strings.at
  strings.fixed(FILESYSTEM_ID_BYTES)
  const inlineAt = strings.at
  const sizeBytes = fileSize(view)
  const inlineBytes = type === entryTypes.file && sizeBytes < blockBytes ? sizeBytes : 0
  if (headerBytes !== inlineAt + inlineBytes) {
    throw damaged(`an entry’s header should have ${inlineAt + inlineBytes} bytes, but says ${headerBytes}`)
  }
  return {
    headerBytes,
    inlineAt,
    type,
    sizeBytes,
    uid: clampedId(view, offsets.uid),
    gid: clampedId(view, offsets.gid),
    deviceMajor: clampedId(view, offsets.deviceMajor),
    deviceMinor: clampedId(view, offsets.deviceMinor),
    accessTime: seconds(view, offsets.accessTime),
    modifyTime: seconds(view, offsets.modifyTime),
    changeTime: seconds(view, offsets.changeTime),
    userName,
    groupName,
    folder,
    name,
    linkTarget,
    filesystemType,
    filesystemId: view.getBigUint64(filesystemIdAt, true),
  }
}

class StringReader {
  at: number
  readonly #bytes: Uint8Array
  readonly #view: DataView

  constructor(bytes: Uint8Array, view: DataView, at: number) {
    this.#bytes = bytes
    this.#view = view
    this.at = at
  }

  next(what: string): Uint8Array {
    const length = this.#length(what)
    if (length > STRING_LIMIT_BYTES) throw damaged(`an entry’s ${what} claims ${length} bytes`)
    return this.fixed(length)
  }

  /** Bytes whose meaning nobody knows: as many as the header has room for, so that nothing is allocated for them. */
  skip(what: string, headerBytes: number): void {
    const length = this.#length(what)
    if (length > headerBytes) throw damaged(`an entry’s ${what} claim ${length} bytes`)
    this.fixed(length)
  }

  fixed(length: number): Uint8Array {
    if (this.at + length > this.#bytes.length) throw damaged('an entry’s names are longer than its header')
    this.at += length
    return this.#bytes.subarray(this.at - length, this.at)
  }

  #length(what: string): number {
    if (this.at + 4 > this.#bytes.length) throw damaged(`an entry’s header ends before its ${what}`)
    this.at += 4
    return this.#view.getUint32(this.at - 4, true)
  }
}

function fileSize(view: DataView): number {
  const low = view.getUint32(offsets.fileSize, true)
  const middle = view.getUint32(offsets.fileSize + 4, true)
  const high = view.getUint32(offsets.fileSize + 8, true)
  if (high !== 0 || middle >= 0x20_0000) throw damaged('an entry claims a size beyond 2^53 bytes')
  return middle * 0x1_0000_0000 + low
}

/** Ids are 32 bits on Linux; the largest is "none", which chown(2) leaves alone. */
function clampedId(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) === 0 ? view.getUint32(at, true) : 0xffff_ffff
}

/** The bounds of format 2 (± 2^51), which no clock reaches. */
function seconds(view: DataView, at: number): number {
  const value = view.getInt32(at + 4, true) * 0x1_0000_0000 + view.getUint32(at, true)
  const limit = 2 ** 51 - 1
  return Math.max(-limit, Math.min(limit, value))
}

/** Without the NUL bytes that fill the field up. */
function trimmed(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0)
  return end < 0 ? bytes : bytes.subarray(0, end)
}

function damaged(message: string): ReftarError {
  return new ReftarError('damaged', message)
}
