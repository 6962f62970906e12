/** Reading pages (docs/format.md, "Page"). Every rule that one page alone can break is checked here. */

import { type ByteString, bytesToByteString } from '../../../shared/byte-string.ts'
import { said } from '../../../shared/said.ts'
import type { Timestamp } from '../../../shared/timestamp.ts'
import type { Entry, Owner, Segment, Segments } from '../entry.ts'
import type { ExtendedAttribute } from '../ports.ts'
import {
  ATTRIBUTES_LIMIT_BYTES,
  PAGE_LIMIT_ENTRIES,
  PAGE_LIMIT_PATH_BYTES,
  PAGE_LIMIT_SEGMENTS,
  TIME_LIMIT_SECONDS,
} from './layout.ts'
import { followsInOrder, pathFault } from './page-path.ts'
import { entryFlags, entryKindCodes, KIND_MASK, MODE_LIMIT, NANOSECOND_LIMIT, UINT32_LIMIT } from './page-record.ts'
import { SegmentDecoder, StoredSegments } from './page-segments.ts'
import { ByteReader } from './varint.ts'

const noAttributes: readonly ExtendedAttribute[] = Object.freeze([])
const noSegments: readonly Segment[] = Object.freeze([])
const noTarget = '' as ByteString
const SMALLEST_ENTRY_BYTES = 6
/** Segments of a page that become objects at once: 3 MiB, and more than the pages have that we write. */
const EAGER_SEGMENTS = 1 << 15

/**
 * A page's raw payload → its entries. Throws `damaged` when a rule is broken or the page doesn't begin with
 * `firstOrdinal` (undefined: whatever it says). Parents and hard link targets in other pages are the caller's to check.
 */
export function decodePage(raw: Uint8Array, blockSizeBytes: number, firstOrdinal?: number): Entry[] {
  return new PageDecoder(raw, blockSizeBytes, firstOrdinal).decode()
}

class PageDecoder {
  private readonly raw: Uint8Array
  private readonly reader: ByteReader
  private readonly firstOrdinal: number
  private readonly count: number
  private readonly owners: Owner[]
  private readonly names: ByteString
  private namesAt = 0
  private path = '' as ByteString
  private modified: Timestamp = { seconds: 0, nanoseconds: 0 }
  private pathBytes = 0
  private readonly segmentDecoder: SegmentDecoder
  private segmentCount = 0

  constructor(raw: Uint8Array, blockSizeBytes: number, firstOrdinal: number | undefined) {
    const reader = new ByteReader(raw, 'page')
    this.raw = raw
    this.reader = reader
    this.segmentDecoder = new SegmentDecoder(blockSizeBytes)
    this.firstOrdinal = reader.varintUpTo(Number.MAX_SAFE_INTEGER - PAGE_LIMIT_ENTRIES, 'its first ordinal')
    if (firstOrdinal !== undefined && firstOrdinal !== this.firstOrdinal) {
      reader.fail(
        said('it begins with entry {found} where {expected} is expected', {
          found: this.firstOrdinal,
          expected: firstOrdinal,
        }),
      )
    }
    this.count = reader.varintUpTo(PAGE_LIMIT_ENTRIES, 'its number of entries')
    if (this.count === 0) reader.fail('it is empty')
    if (this.count > reader.remainingBytes / SMALLEST_ENTRY_BYTES)
      reader.fail(said('this many entries don’t fit: {count}', { count: this.count }))
    this.owners = readOwners(reader, this.count)
    this.names = reader.prefixedByteString()
  }

  decode(): Entry[] {
    const entries: Entry[] = []
    for (let i = 0; i < this.count; i++) entries.push(this.entry(this.firstOrdinal + i))
    if (this.namesAt !== this.names.length) this.reader.fail('names are left over')
    this.reader.end()
    return entries
  }

  private entry(ordinal: number): Entry {
    const reader: ByteReader = this.reader
    const head = reader.byte()
    const kind = entryKindCodes[head & KIND_MASK]
    if (kind === undefined) reader.fail('an entry is of unknown kind')
    const path = this.nextPath()
    const mode = (head & entryFlags.noMode) === 0 ? reader.varintUpTo(MODE_LIMIT, 'a mode') : undefined
    const owner = this.owners[reader.varint()]
    if (owner === undefined) reader.fail('an owner isn’t in the table')
    const modifyTime = this.time(this.modified)
    this.modified = modifyTime
    const accessTime = (head & entryFlags.accessTime) === 0 ? undefined : this.time(modifyTime)
    const birthTime = (head & entryFlags.birthTime) === 0 ? undefined : this.time(modifyTime)
    const inodeFlags = (head & entryFlags.inodeFlags) === 0 ? 0 : this.inodeFlags()
    const attributes = (head & entryFlags.attributes) === 0 ? noAttributes : readAttributes(reader)
    const sizeBytes = kind === 'file' ? reader.varint() : 0
    const isDevice = kind === 'character-device' || kind === 'block-device'
    return {
      ordinal,
      path,
      kind,
      mode,
      owner,
      modifyTime,
      accessTime,
      birthTime,
      sizeBytes,
      segments: sizeBytes === 0 ? noSegments : this.segments(sizeBytes),
      linkTarget: kind === 'symlink' ? this.linkTarget() : noTarget,
      hardLinkOrdinal: kind === 'hardlink' ? this.hardLinkOrdinal(ordinal) : undefined,
      deviceMajor: isDevice ? reader.varintUpTo(UINT32_LIMIT, 'a device number') : 0,
      deviceMinor: isDevice ? reader.varintUpTo(UINT32_LIMIT, 'a device number') : 0,
      attributes,
      inodeFlags,
    }
  }

  private nextPath(): ByteString {
    const { reader, path: previous } = this
    const shared = reader.varint()
    if (shared > previous.length) reader.fail('a path shares more than the previous one has')
    const suffix = this.name(reader.varint())
    this.pathBytes += shared + suffix.length
    if (this.pathBytes > PAGE_LIMIT_PATH_BYTES) reader.fail('its paths are too long together')
    const path = (shared === 0 ? suffix : previous.slice(0, shared) + suffix) as ByteString
    const fault = pathFault(path, shared)
    if (fault !== undefined) reader.fail(said('a path is not allowed: {reason}', { reason: fault }))
    if (!followsInOrder(previous, path, shared)) reader.fail('its entries are out of order')
    this.path = path
    return path
  }

  private name(length: number): ByteString {
    const end = this.namesAt + length
    if (end > this.names.length) this.reader.fail('a name passes the end of the names')
    const name = this.names.slice(this.namesAt, end) as ByteString
    this.namesAt = end
    return name
  }

  /** Often the same again: then it is the same object. */
  private time(base: Timestamp): Timestamp {
    const seconds = base.seconds + this.reader.svarint()
    if (seconds > TIME_LIMIT_SECONDS || seconds < -TIME_LIMIT_SECONDS) this.reader.fail('a time is out of range')
    const nanoseconds = this.reader.varintUpTo(NANOSECOND_LIMIT, 'a time’s nanoseconds')
    return seconds === base.seconds && nanoseconds === base.nanoseconds ? base : { seconds, nanoseconds }
  }

  private inodeFlags(): number {
    const flags = this.reader.varintUpTo(UINT32_LIMIT, 'inode flags')
    if (flags === 0) this.reader.fail('inode flags are given but empty')
    return flags
  }

  private linkTarget(): ByteString {
    const target = this.name(this.reader.varint())
    if (target === '' || target.includes('\0')) this.reader.fail('a link’s target is impossible')
    return target
  }

  private hardLinkOrdinal(ordinal: number): number {
    const distance = this.reader.varint()
    if (distance === 0 || distance > ordinal) this.reader.fail('a hard link’s target isn’t before it')
    return ordinal - distance
  }

  private segments(sizeBytes: number): Segments {
    const { reader, segmentDecoder } = this
    const count = reader.varint()
    this.segmentCount += count
    if (this.segmentCount > PAGE_LIMIT_SEGMENTS || count > reader.remainingBytes / 2)
      reader.fail(said('this many segments don’t fit: {count}', { count }))
    const isEager = this.segmentCount <= EAGER_SEGMENTS
    const at = reader.offset
    const before = isEager ? undefined : segmentDecoder.fork()
    const segments: Segment[] = []
    let remaining = sizeBytes
    for (let i = 0; i < count; i++) {
      const segment = segmentDecoder.next(reader, remaining)
      remaining -= segment.lengthBytes
      if (isEager) segments.push(segment)
    }
    if (remaining !== 0) reader.fail(said('a file’s segments leave {count} of its bytes out', { count: remaining }))
    return before === undefined ? segments : new StoredSegments(this.raw, at, before, count, sizeBytes)
  }
}

function readOwners(reader: ByteReader, entryCount: number): Owner[] {
  const owners: Owner[] = []
  const count = reader.varintUpTo(entryCount, 'its number of owners')
  for (let i = 0; i < count; i++) {
    owners.push({
      uid: reader.varintUpTo(UINT32_LIMIT, 'a user id'),
      gid: reader.varintUpTo(UINT32_LIMIT, 'a group id'),
      userName: reader.prefixedByteString(),
      groupName: reader.prefixedByteString(),
    })
  }
  return owners
}

function readAttributes(reader: ByteReader): ExtendedAttribute[] {
  const count = reader.varint()
  if (count === 0 || count > reader.remainingBytes / 3)
    reader.fail(said('this many extended attributes don’t fit: {count}', { count }))
  const attributes: ExtendedAttribute[] = []
  let bytes = 0
  for (let i = 0; i < count; i++) {
    const name = bytesToByteString(reader.prefixedBytes())
    const value = reader.prefixedBytes().slice()
    bytes += name.length + value.length
    if (name === '' || name.includes('\0') || bytes > ATTRIBUTES_LIMIT_BYTES)
      reader.fail('an extended attribute is impossible')
    attributes.push({ name, value })
  }
  return attributes
}
