/**
 * Reads entry headers one after the other (docs/format-1.md, "Entry header"). An archive may have millions, and opening
 * it needs two names and three numbers of each: everything is checked at once, and decoded when it is asked for.
 */
import type { ByteString } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { type Said, said } from '../../../shared/said.ts'
import {
  ENTRY_HEADER_START_BYTES,
  type EntryHeader,
  entryOffsets,
  entryTypes,
  FILESYSTEM_ID_BYTES,
  FILESYSTEM_TYPE_BYTES,
} from './entry-header.ts'
import { STRING_LIMIT_BYTES } from './layout.ts'

/** “FILE” as a little-endian number. */
const MAGIC_NUMBER = 0x454c_4946

const noBytes = Buffer.alloc(0)
const noView = new DataView(noBytes.buffer, 0, 0)

/** The size that the header at `at` claims for itself, where 8 bytes must be. Undefined without the magic. */
export function headerSizeAt(view: DataView, at: number): number | undefined {
  return view.getUint32(at, true) === MAGIC_NUMBER ? view.getUint32(at + entryOffsets.headerSize, true) : undefined
}

export class EntryHeaderReader implements EntryHeader {
  /** From the magic to the end of the inline data, as stored. */
  headerBytes = 0
  /** Where the inline data begins, from the magic on. */
  inlineAt = 0
  type = 0
  sizeBytes = 0
  readonly #blockBytes: number
  #bytes: Buffer = noBytes
  #view: DataView = noView
  #at = 0
  #end = 0
  readonly #userName = new RecentString()
  readonly #groupName = new RecentString()
  readonly #folder = new RecentString()
  readonly #linkTarget = new RecentString()
  readonly #filesystemType = new RecentString()
  #nameStart = 0
  #nameEnd = 0
  #filesystemIdAt = 0

  constructor(blockBytes: number) {
    this.#blockBytes = blockBytes
  }

  /**
   * Takes the header from `at` to `end` or, where the archive ends before, as much of it as goes up to its inline data.
   * `view` is over all of `bytes`, which must stay as they are while fields are asked for. `damaged` for lengths that
   * contradict each other, an unknown type, or a size that no file has.
   */
  read(bytes: Buffer, view: DataView, at: number, end: number): void {
    if (end - at < ENTRY_HEADER_START_BYTES)
      throw damaged(said('an entry’s header has only {count} bytes', { count: end - at }))
    this.#bytes = bytes
    this.#view = view
    this.#at = at
    this.#end = end
    this.headerBytes = headerSizeAt(view, at) ?? 0
    this.type = view.getUint8(at + entryOffsets.type)
    if (this.type < entryTypes.file || this.type > entryTypes.fifo) {
      throw damaged(
        said('an entry is of unknown type {type}', {
          type: { verbatim: `0x${this.type.toString(16).padStart(2, '0')}` },
        }),
      )
    }
    this.sizeBytes = fileSize(view, at + entryOffsets.fileSize)
    const stringsEnd = this.#readStrings(at + entryOffsets.strings)
    this.#filesystemIdAt = stringsEnd - FILESYSTEM_ID_BYTES
    this.inlineAt = stringsEnd - at
    const inlineBytes = this.isInline ? this.sizeBytes : 0
    if (this.headerBytes !== this.inlineAt + inlineBytes) {
      throw damaged(
        said('an entry’s header should have {expected} bytes, but says {found}', {
          expected: this.inlineAt + inlineBytes,
          found: this.headerBytes,
        }),
      )
    }
  }

  /** Whether the content lies in the header. */
  get isInline(): boolean {
    return this.type === entryTypes.file && this.sizeBytes < this.#blockBytes
  }

  get uid(): number {
    return this.#id(entryOffsets.uid)
  }

  get gid(): number {
    return this.#id(entryOffsets.gid)
  }

  get deviceMajor(): number {
    return this.#id(entryOffsets.deviceMajor)
  }

  get deviceMinor(): number {
    return this.#id(entryOffsets.deviceMinor)
  }

  get accessTime(): number {
    return this.#seconds(entryOffsets.accessTime)
  }

  get modifyTime(): number {
    return this.#seconds(entryOffsets.modifyTime)
  }

  get changeTime(): number {
    return this.#seconds(entryOffsets.changeTime)
  }

  get userName(): ByteString {
    return this.#userName.text(this.#bytes)
  }

  get groupName(): ByteString {
    return this.#groupName.text(this.#bytes)
  }

  get folder(): ByteString {
    return this.#folder.text(this.#bytes)
  }

  get name(): ByteString {
    return this.#bytes.toString('latin1', this.#nameStart, this.#nameEnd) as ByteString
  }

  get linkTarget(): ByteString {
    return this.#linkTarget.text(this.#bytes)
  }

  get filesystemType(): ByteString {
    return this.#filesystemType.text(this.#bytes)
  }

  get filesystemId(): bigint {
    return this.#view.getBigUint64(this.#filesystemIdAt, true)
  }

  /** Finds where the strings are; returns where they end. */
  #readStrings(first: number): number {
    let at = this.#userName.place(first + 4, this.#length(first, 'user name'))
    at = this.#groupName.place(at + 4, this.#length(at, 'group name'))
    at = this.#folder.place(at + 4, this.#length(at, 'folder'))
    this.#nameStart = at + 4
    this.#nameEnd = this.#nameStart + this.#length(at, 'name')
    at = this.#linkTarget.place(this.#nameEnd + 4, this.#length(this.#nameEnd, 'link target'))
    // Nobody knows what these mean. They may be as long as the header is.
    at += 4 + this.#length(at, 'extended permissions', this.headerBytes)
    const typeEnd = at + FILESYSTEM_TYPE_BYTES
    this.#require(typeEnd + FILESYSTEM_ID_BYTES)
    let nul = at
    while (nul < typeEnd && this.#bytes[nul] !== 0) nul++
    this.#filesystemType.place(at, nul - at)
    return typeEnd + FILESYSTEM_ID_BYTES
  }

  /** The length before a string, which then lies within the header. */
  #length(at: number, what: Said, limit = STRING_LIMIT_BYTES): number {
    if (at + 4 > this.#end) throw damaged(said('an entry’s header ends before its {what}', { what }))
    const length = this.#view.getUint32(at, true)
    if (length > limit) throw damaged(said('an entry’s {what} claims {length} bytes', { what, length }))
    this.#require(at + 4 + length)
    return length
  }

  #require(end: number): void {
    if (end > this.#end) throw damaged('an entry’s names are longer than its header')
  }

  /** Ids are 32 bits on Linux; the largest is "none", which chown(2) leaves alone. */
  #id(offset: number): number {
    const at = this.#at + offset
    return this.#view.getUint32(at + 4, true) === 0 ? this.#view.getUint32(at, true) : 0xffff_ffff
  }

  /** The bounds of format 2 (± 2^51), which no clock reaches. */
  #seconds(offset: number): number {
    const at = this.#at + offset
    const value = this.#view.getInt32(at + 4, true) * 0x1_0000_0000 + this.#view.getUint32(at, true)
    const limit = 2 ** 51 - 1
    return Math.max(-limit, Math.min(limit, value))
  }
}

/** A field that mostly says the same from header to header: what was decoded last is kept. */
class RecentString {
  #start = 0
  #length = 0
  #text = '' as ByteString

  /** The field is here this time; returns where it ends. */
  place(start: number, length: number): number {
    this.#start = start
    this.#length = length
    return start + length
  }

  text(bytes: Buffer): ByteString {
    if (!this.#isSame(bytes))
      this.#text = bytes.toString('latin1', this.#start, this.#start + this.#length) as ByteString
    return this.#text
  }

  #isSame(bytes: Buffer): boolean {
    if (this.#text.length !== this.#length) return false
    for (let i = 0; i < this.#length; i++) if (this.#text.charCodeAt(i) !== bytes[this.#start + i]) return false
    return true
  }
}

function fileSize(view: DataView, at: number): number {
  const middle = view.getUint32(at + 4, true)
  if (view.getUint32(at + 8, true) !== 0 || middle >= 0x20_0000) {
    throw damaged('an entry claims a size beyond 2^53 bytes')
  }
  return middle * 0x1_0000_0000 + view.getUint32(at, true)
}

function damaged(message: Said): ReftarError {
  return new ReftarError('damaged', message)
}
