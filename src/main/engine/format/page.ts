/** Writing pages: entries in walk order with their maps (docs/format.md, "Page"). */

import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { type Said, said } from '../../../shared/said.ts'
import type { Timestamp } from '../../../shared/timestamp.ts'
import type { Entry, Owner, Segment } from '../entry.ts'
import {
  ATTRIBUTES_LIMIT_BYTES,
  PACK_LIMIT_BYTES,
  PAGE_LIMIT_PATH_BYTES,
  PAGE_LIMIT_SEGMENTS,
  PAGE_TARGET_BYTES,
  PAGE_TARGET_ENTRIES,
  TIME_LIMIT_SECONDS,
} from './layout.ts'
import { followsInOrder, pathFault, sharedPrefixBytes } from './page-path.ts'
import { entryFlags, entryKindCodes, MODE_LIMIT, NANOSECOND_LIMIT, segmentCodes, UINT32_LIMIT } from './page-record.ts'
import { ByteWriter } from './varint.ts'

/** An entry as it goes into a page: its ordinal is its place. */
export type NewEntry = Omit<Entry, 'ordinal'>

/**
 * Collects entries into one page. Ask `isFull` before each add; then `finish`, write the section, and begin a new
 * builder with the next ordinal. An entry that was refused leaves the builder as it was.
 */
export class PageBuilder {
  private readonly blockSizeBytes: number
  private readonly firstOrdinal: number
  private readonly names = new ByteWriter(64 << 10)
  private readonly records = new ByteWriter(128 << 10)
  private readonly owners = new ByteWriter()
  private readonly ownerIndexes = new Map<string, number>()
  private lastOwner: Owner | undefined
  private lastOwnerIndex = 0
  private entries = 0
  private segments = 0
  private pathBytes = 0
  private first = '' as ByteString
  private previousPath = '' as ByteString
  private previousSeconds = 0
  private dataEndBlock = 0
  private pack = 0
  private packEnd = 0

  /** `firstOrdinal` is the ordinal of the first entry added. */
  constructor(blockSizeBytes: number, firstOrdinal: number) {
    this.blockSizeBytes = blockSizeBytes
    this.firstOrdinal = firstOrdinal
  }

  /** About as long as the payload would be now. */
  get rawBytes(): number {
    return this.names.lengthBytes + this.records.lengthBytes + this.owners.lengthBytes
  }

  get entryCount(): number {
    return this.entries
  }

  /** Ordinal of the next entry. */
  get nextOrdinal(): number {
    return this.firstOrdinal + this.entries
  }

  /** Path of the first entry; empty while there is none. */
  get firstPath(): ByteString {
    return this.first
  }

  /** Whether it is time to write this page before adding more. */
  get isFull(): boolean {
    return (
      this.rawBytes >= PAGE_TARGET_BYTES ||
      this.entries >= PAGE_TARGET_ENTRIES ||
      this.pathBytes >= PAGE_LIMIT_PATH_BYTES / 2 ||
      this.segments >= PAGE_TARGET_BYTES
    )
  }

  /**
   * Whether an entry with this many segments still goes into this page: a page holds at most 2^21. A file with more
   * can't be written; join its smallest holes with the data around them first.
   */
  hasRoomFor(segmentCount: number): boolean {
    return this.segments + segmentCount <= PAGE_LIMIT_SEGMENTS
  }

  /**
   * Adds the entry that follows in walk order. Throws `limit-exceeded`, `unsafe-path` or `invalid-argument`, naming the
   * entry, for what the format can't hold; the builder is then as before.
   */
  add(entry: NewEntry): void {
    const shared = sharedPrefixBytes(this.previousPath, entry.path)
    this.check(entry, shared)
    const { records } = this
    let head: number = entryKindCodes.indexOf(entry.kind)
    if (entry.accessTime !== undefined) head |= entryFlags.accessTime
    if (entry.birthTime !== undefined) head |= entryFlags.birthTime
    if (entry.inodeFlags !== 0) head |= entryFlags.inodeFlags
    if (entry.attributes.length > 0) head |= entryFlags.attributes
    if (entry.mode === undefined) head |= entryFlags.noMode
    records.byte(head)
    records.varint(shared)
    records.varint(entry.path.length - shared)
    this.names.byteString(entry.path, shared)
    if (entry.mode !== undefined) records.varint(entry.mode)
    records.varint(this.ownerIndex(entry.owner))
    this.writeTime(entry.modifyTime, this.previousSeconds)
    if (entry.accessTime !== undefined) this.writeTime(entry.accessTime, entry.modifyTime.seconds)
    if (entry.birthTime !== undefined) this.writeTime(entry.birthTime, entry.modifyTime.seconds)
    if (entry.inodeFlags !== 0) records.varint(entry.inodeFlags)
    if (entry.attributes.length > 0) this.writeAttributes(entry)
    this.writeContent(entry)
    if (this.entries === 0) this.first = entry.path
    this.previousPath = entry.path
    this.previousSeconds = entry.modifyTime.seconds
    this.pathBytes += entry.path.length
    this.segments += entry.segments.length
    this.entries++
  }

  /** The page's raw payload. The builder is spent afterwards. */
  finish(): Uint8Array {
    const head = new ByteWriter(64)
    head.varint(this.firstOrdinal)
    head.varint(this.entries)
    head.varint(this.ownerIndexes.size)
    const beforeNames = head.lengthBytes
    const page = new ByteWriter(beforeNames + 8 + this.rawBytes)
    page.bytes(head.view())
    page.bytes(this.owners.view())
    page.prefixedBytes(this.names.view())
    page.bytes(this.records.view())
    return page.view()
  }

  private ownerIndex(owner: Owner): number {
    // Entries of one folder mostly have one owner, and the same object for it.
    if (owner === this.lastOwner) return this.lastOwnerIndex
    this.lastOwner = owner
    this.lastOwnerIndex = this.findOwner(owner)
    return this.lastOwnerIndex
  }

  private findOwner(owner: Owner): number {
    const key = `${owner.uid}:${owner.gid}:${owner.userName}:${owner.groupName}`
    const known = this.ownerIndexes.get(key)
    if (known !== undefined) return known
    const index = this.ownerIndexes.size
    this.ownerIndexes.set(key, index)
    this.owners.varint(owner.uid)
    this.owners.varint(owner.gid)
    this.owners.prefixedByteString(owner.userName)
    this.owners.prefixedByteString(owner.groupName)
    return index
  }

  private writeTime(time: Timestamp, baseSeconds: number): void {
    this.records.svarint(time.seconds - baseSeconds)
    this.records.varint(time.nanoseconds)
  }

  private writeAttributes(entry: NewEntry): void {
    this.records.varint(entry.attributes.length)
    for (const { name, value } of entry.attributes) {
      this.records.prefixedByteString(name)
      this.records.prefixedBytes(value)
    }
  }

  private writeContent(entry: NewEntry): void {
    const { records } = this
    switch (entry.kind) {
      case 'file':
        records.varint(entry.sizeBytes)
        if (entry.sizeBytes === 0) return
        records.varint(entry.segments.length)
        for (const segment of entry.segments) this.writeSegment(segment)
        return
      case 'symlink':
        records.varint(entry.linkTarget.length)
        this.names.byteString(entry.linkTarget)
        return
      case 'hardlink':
        records.varint(this.nextOrdinal - (entry.hardLinkOrdinal ?? this.nextOrdinal))
        return
      case 'character-device':
      case 'block-device':
        records.varint(entry.deviceMajor)
        records.varint(entry.deviceMinor)
    }
  }

  private writeSegment(segment: Segment): void {
    const { records } = this
    records.byte(segmentCodes[segment.kind])
    if (segment.kind === 'data') {
      const lengthBlocks = segment.lengthBytes / this.blockSizeBytes
      const startBlock = segment.archiveOffset / this.blockSizeBytes
      records.varint(lengthBlocks)
      records.svarint(startBlock - this.dataEndBlock)
      this.dataEndBlock = startBlock + lengthBlocks
      return
    }
    records.varint(segment.lengthBytes)
    if (segment.kind !== 'pack') return
    records.svarint(segment.pack - this.pack)
    records.svarint(segment.packOffset - (segment.pack === this.pack ? this.packEnd : 0))
    this.pack = segment.pack
    this.packEnd = segment.packOffset + segment.lengthBytes
  }

  private check(entry: NewEntry, shared: number): void {
    const fault = pathFault(entry.path, shared)
    if (fault !== undefined) refuse(entry, 'unsafe-path', said('its path can’t be stored: {reason}', { reason: fault }))
    if (!followsInOrder(this.previousPath, entry.path, shared)) mistake(entry, 'it is out of order')
    if (entry.mode !== undefined && (entry.mode < 0 || entry.mode > MODE_LIMIT))
      mistake(entry, 'its mode has more than 12 bits')
    if (!isStorable(entry.modifyTime) || !isStorable(entry.accessTime) || !isStorable(entry.birthTime))
      refuse(entry, 'limit-exceeded', 'a time of it is out of range')
    if (entry.attributes.length > 0) {
      let bytes = 0
      for (const { name, value } of entry.attributes) bytes += name.length + value.length
      if (bytes > ATTRIBUTES_LIMIT_BYTES)
        refuse(
          entry,
          'limit-exceeded',
          said('its extended attributes exceed {limit} bytes', { limit: ATTRIBUTES_LIMIT_BYTES }),
        )
      if (entry.attributes.some(({ name }) => name === '')) mistake(entry, 'an extended attribute has no name')
    }
    if (!isUint32(entry.inodeFlags) || !isUint32(entry.deviceMajor) || !isUint32(entry.deviceMinor))
      mistake(entry, 'a number of it has more than 32 bits')
    if (entry.kind === 'file') {
      const problem = this.segmentFault(entry)
      if (problem !== undefined) mistake(entry, problem)
      if (!this.hasRoomFor(entry.segments.length))
        refuse(entry, 'limit-exceeded', said('its map has too many pieces ({count})', { count: entry.segments.length }))
    } else if (entry.kind === 'hardlink') {
      const target = entry.hardLinkOrdinal
      if (target === undefined || target < 0 || target >= this.nextOrdinal)
        mistake(entry, 'its hard link’s target isn’t before it')
    } else if (entry.kind === 'symlink' && (entry.linkTarget === '' || entry.linkTarget.includes('\0'))) {
      refuse(entry, 'invalid-argument', 'its link’s target can’t be stored')
    }
  }

  private segmentFault(entry: NewEntry): string | undefined {
    let end = 0
    for (const segment of entry.segments) {
      const { lengthBytes } = segment
      if (!(lengthBytes > 0)) return 'a segment of it is empty'
      end += lengthBytes
      if (segment.kind === 'data') {
        if (
          lengthBytes % this.blockSizeBytes !== 0 ||
          segment.archiveOffset % this.blockSizeBytes !== 0 ||
          segment.archiveOffset <= 0
        ) {
          return 'a data segment of it isn’t whole blocks'
        }
      } else if (segment.kind === 'pack' && segment.packOffset + lengthBytes > PACK_LIMIT_BYTES) {
        return 'a segment of it passes the end of its pack'
      }
    }
    return end === entry.sizeBytes ? undefined : `its segments cover ${end} of ${entry.sizeBytes} bytes`
  }
}

function isUint32(value: number): boolean {
  return value >= 0 && value <= UINT32_LIMIT
}

function refuse({ path }: NewEntry, code: 'limit-exceeded' | 'unsafe-path' | 'invalid-argument', problem: Said): never {
  throw new ReftarError(code, problem, { entry: displayName(path) })
}

function mistake({ path }: NewEntry, details: string): never {
  throw new ReftarError('internal', details, { entry: displayName(path) })
}

/** Whether a page can hold this time: within ±(2^51−1) seconds of 1970, nanoseconds from 0 to 999,999,999. */
function isStorable(time: Timestamp | undefined): boolean {
  if (time === undefined) return true
  const { seconds, nanoseconds } = time
  return Math.abs(seconds) <= TIME_LIMIT_SECONDS && nanoseconds >= 0 && nanoseconds <= NANOSECOND_LIMIT
}
