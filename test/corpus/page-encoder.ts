/** Encodes pages of format 2 without checking anything: every field can say what no writer would. */

import { sharedPrefixBytes } from '../../src/main/engine/format/page-path.ts'
import { entryFlags, entryKindCodes, segmentCodes } from '../../src/main/engine/format/page-record.ts'
import { ByteWriter } from '../../src/main/engine/format/varint.ts'
import type { EntryKind } from '../../src/shared/archive-info.ts'
import type { ByteString } from '../../src/shared/byte-string.ts'

/** `length` and `start` as stored: blocks for data, bytes for the rest. */
export interface WildSegment {
  readonly code: number
  readonly length: number
  /** First block of data, or offset in a pack. */
  readonly start?: number
  readonly pack?: number
}

export interface WildEntry {
  /** One character a byte. */
  readonly path: string
  readonly kind?: EntryKind
  /** Null: absent. */
  readonly mode?: number | null
  readonly owner?: number
  readonly modifyTime?: readonly [seconds: number, nanoseconds: number]
  readonly accessTime?: readonly [seconds: number, nanoseconds: number] | undefined
  readonly birthTime?: readonly [seconds: number, nanoseconds: number] | undefined
  readonly inodeFlags?: number
  readonly attributes?: readonly (readonly [name: string, value: Uint8Array])[]
  readonly sizeBytes?: number
  readonly segments?: readonly WildSegment[]
  readonly linkTarget?: string
  /** Ordinal of a hard link's target. */
  readonly hardLink?: number
  readonly deviceMajor?: number
  readonly deviceMinor?: number
  // What follows overrides what the fields above lead to.
  readonly head?: number
  readonly sharedBytes?: number
  readonly restBytes?: number
  readonly segmentCount?: number
  readonly distance?: number
}

interface WildOwner {
  readonly uid: number
  readonly gid: number
  readonly userName: string
  readonly groupName: string
}

export interface WildPage {
  readonly firstOrdinal: number
  readonly entries: readonly WildEntry[]
  readonly owners?: readonly WildOwner[]
  /** Overrides the number of entries, or of owners. */
  readonly count?: number
  readonly ownerCount?: number
  /** Bytes after the names that no entry uses, and after the last record. */
  readonly namesExcess?: string
  readonly excess?: Uint8Array
}

const root: WildOwner = { uid: 0, gid: 0, userName: 'root', groupName: 'root' }

export const data = (start: number, length: number): WildSegment => ({ code: segmentCodes.data, length, start })
export const packed = (pack: number, start: number, length: number): WildSegment => ({
  code: segmentCodes.pack,
  length,
  pack,
  start,
})
export const hole = (length: number): WildSegment => ({ code: segmentCodes.hole, length })
export const zero = (length: number): WildSegment => ({ code: segmentCodes.zero, length })

/** The raw payload of a page section. */
export function encodeWildPage(page: WildPage): Uint8Array {
  const owners = page.owners ?? [root]
  const records = new RecordWriter(page.firstOrdinal)
  for (const entry of page.entries) records.add(entry)
  const writer = new ByteWriter()
  writer.varint(page.firstOrdinal)
  writer.varint(page.count ?? page.entries.length)
  writer.varint(page.ownerCount ?? owners.length)
  for (const { uid, gid, userName, groupName } of owners) {
    writer.varint(uid)
    writer.varint(gid)
    writer.prefixedByteString(userName as ByteString)
    writer.prefixedByteString(groupName as ByteString)
  }
  writer.prefixedByteString(`${records.names.join('')}${page.namesExcess ?? ''}` as ByteString)
  writer.bytes(records.writer.view())
  if (page.excess) writer.bytes(page.excess)
  return writer.view().slice()
}

class RecordWriter {
  readonly writer = new ByteWriter()
  readonly names: string[] = []
  private ordinal: number
  private path = ''
  private seconds = 0
  private dataEnd = 0
  private pack = 0
  private packEnd = 0

  constructor(firstOrdinal: number) {
    this.ordinal = firstOrdinal
  }

  add(entry: WildEntry): void {
    const { writer } = this
    const kind = entry.kind ?? 'file'
    const attributes = entry.attributes ?? []
    const inodeFlags = entry.inodeFlags ?? 0
    const flags =
      (entry.accessTime ? entryFlags.accessTime : 0) |
      (entry.birthTime ? entryFlags.birthTime : 0) |
      (inodeFlags === 0 ? 0 : entryFlags.inodeFlags) |
      (attributes.length === 0 ? 0 : entryFlags.attributes) |
      (entry.mode === null ? entryFlags.noMode : 0)
    writer.byte(entry.head ?? entryKindCodes.indexOf(kind) | flags)
    const shared = entry.sharedBytes ?? sharedPrefixBytes(this.path as ByteString, entry.path as ByteString)
    const rest = entry.path.slice(shared)
    this.names.push(rest)
    this.path = entry.path
    writer.varint(shared)
    writer.varint(entry.restBytes ?? rest.length)
    if (entry.mode !== null) writer.varint(entry.mode ?? 0o644)
    writer.varint(entry.owner ?? 0)
    const [seconds, nanoseconds] = entry.modifyTime ?? [1_700_000_000, 5]
    this.time(seconds - this.seconds, nanoseconds)
    this.seconds = seconds
    if (entry.accessTime) this.time(entry.accessTime[0] - seconds, entry.accessTime[1])
    if (entry.birthTime) this.time(entry.birthTime[0] - seconds, entry.birthTime[1])
    if (inodeFlags !== 0) writer.varint(inodeFlags)
    if (attributes.length > 0) this.attributes(attributes)
    this.body(entry, kind)
    this.ordinal++
  }

  private time(seconds: number, nanoseconds: number): void {
    this.writer.svarint(seconds)
    this.writer.varint(nanoseconds)
  }

  private attributes(attributes: NonNullable<WildEntry['attributes']>): void {
    this.writer.varint(attributes.length)
    for (const [name, value] of attributes) {
      this.writer.prefixedByteString(name as ByteString)
      this.writer.prefixedBytes(value)
    }
  }

  private body(entry: WildEntry, kind: EntryKind): void {
    const { writer } = this
    if (kind === 'file') {
      writer.varint(entry.sizeBytes ?? 0)
      if ((entry.sizeBytes ?? 0) === 0) return
      writer.varint(entry.segmentCount ?? entry.segments?.length ?? 0)
      for (const segment of entry.segments ?? []) this.segment(segment)
    } else if (kind === 'symlink') {
      this.names.push(entry.linkTarget ?? 'target')
      writer.varint((entry.linkTarget ?? 'target').length)
    } else if (kind === 'hardlink') writer.varint(entry.distance ?? Math.max(0, this.ordinal - (entry.hardLink ?? 0)))
    else if (kind === 'character-device' || kind === 'block-device') {
      writer.varint(entry.deviceMajor ?? 1)
      writer.varint(entry.deviceMinor ?? 3)
    }
  }

  private segment({ code, length, start = 0, pack = 0 }: WildSegment): void {
    const { writer } = this
    writer.byte(code)
    writer.varint(length)
    if (code === segmentCodes.data) {
      writer.svarint(start - this.dataEnd)
      this.dataEnd = start + length
    } else if (code === segmentCodes.pack) {
      writer.svarint(pack - this.pack)
      writer.svarint(start - (pack === this.pack ? this.packEnd : 0))
      this.pack = pack
      this.packEnd = start + length
    }
  }
}
