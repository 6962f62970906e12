/**
 * The maps of files within a page (docs/format.md, "Page"). A page of 64 MiB may hold two million segments: as objects
 * they would take a quarter of a gigabyte, so that most of them are only made while somebody looks at them.
 */
import type { Segment, Segments } from '../entry.ts'
import { PACK_LIMIT_BYTES } from './layout.ts'
import { segmentCodes } from './page-record.ts'
import { ByteReader } from './varint.ts'

/** Decodes segments in their order; each says where it is in relation to those before it. */
export class SegmentDecoder {
  readonly #blockSizeBytes: number
  #dataEndBlock = 0
  #pack = 0
  #packEnd = 0

  constructor(blockSizeBytes: number) {
    this.#blockSizeBytes = blockSizeBytes
  }

  /** One that goes on from here by itself. */
  fork(): SegmentDecoder {
    const fork = new SegmentDecoder(this.#blockSizeBytes)
    fork.#dataEndBlock = this.#dataEndBlock
    fork.#pack = this.#pack
    fork.#packEnd = this.#packEnd
    return fork
  }

  /** The next segment of a file that has `remainingBytes` left; `damaged` where a rule is broken. */
  next(reader: ByteReader, remainingBytes: number): Segment {
    const code = reader.byte()
    const length = reader.varint()
    const lengthBytes = code === segmentCodes.data ? length * this.#blockSizeBytes : length
    if (lengthBytes === 0 || lengthBytes > remainingBytes) reader.fail('a segment’s length is out of bounds')
    if (code === segmentCodes.data) {
      const startBlock = this.#dataEndBlock + reader.svarint()
      if (startBlock < 1 || (startBlock + length) * this.#blockSizeBytes > Number.MAX_SAFE_INTEGER)
        reader.fail('a data segment lies outside the archive')
      this.#dataEndBlock = startBlock + length
      return { kind: 'data', lengthBytes, archiveOffset: startBlock * this.#blockSizeBytes }
    }
    if (code === segmentCodes.pack) {
      const change = reader.svarint()
      const packOffset = (change === 0 ? this.#packEnd : 0) + reader.svarint()
      this.#pack += change
      this.#packEnd = packOffset + lengthBytes
      if (this.#pack < 0 || packOffset < 0 || this.#packEnd > PACK_LIMIT_BYTES)
        reader.fail('a segment lies outside its pack')
      return { kind: 'pack', lengthBytes, pack: this.#pack, packOffset }
    }
    if (code === segmentCodes.hole) return { kind: 'hole', lengthBytes }
    if (code === segmentCodes.zero) return { kind: 'zero', lengthBytes }
    return reader.fail('a segment is of unknown kind')
  }
}

/** Segments that were found good, decoded anew from the page's bytes each time. */
export class StoredSegments implements Segments {
  readonly length: number
  readonly #raw: Uint8Array
  readonly #at: number
  readonly #before: SegmentDecoder
  readonly #sizeBytes: number

  /** `length` segments at byte `at` of a page's payload that cover `sizeBytes`; `before` has decoded all before them. */
  constructor(raw: Uint8Array, at: number, before: SegmentDecoder, length: number, sizeBytes: number) {
    this.#raw = raw
    this.#at = at
    this.#before = before
    this.length = length
    this.#sizeBytes = sizeBytes
  }

  *[Symbol.iterator](): Iterator<Segment> {
    const reader = new ByteReader(this.#raw, 'page', this.#at)
    const decoder = this.#before.fork()
    let remaining = this.#sizeBytes
    for (let i = 0; i < this.length; i++) {
      const segment = decoder.next(reader, remaining)
      remaining -= segment.lengthBytes
      yield segment
    }
  }
}
