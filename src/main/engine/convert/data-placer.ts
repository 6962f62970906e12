/** Brings whole blocks of a source archive into a format 2 archive, once each, and knows where they are there. */
import type { ArchiveWriter } from '../create/archive-writer.ts'
import type { CreateCounters } from '../create/counters.ts'
import type { SegmentList } from '../create/segment-list.ts'
import type { Sink } from '../create/sink.ts'
import { IntervalMap } from '../dedup/interval-map.ts'
import type { Segment, Segments } from '../entry.ts'
import type { Pacer } from '../pacing.ts'
import type { ArchiveReader } from '../reader.ts'
import type { RangeCopier } from './range-copier.ts'

const PIECE_BYTES = 1 << 20
/**
 * An archive of the first reftar has a header before every block. Cloning each block alone costs 140 bytes of metadata on
 * btrfs (35 MiB for 1 GiB) and 150 µs; a stretch cloned as a whole, headers and all, costs next to nothing, and the new
 * archive is no larger than the old one. Worth it from this many small extents on.
 */
const MIN_STRETCH_EXTENTS = 4096
const SMALL_EXTENT_BYTES = 32 << 10
const MAX_STRETCH_BYTES = 64 << 20
const MAX_GAP_BYTES = 64 << 10
/** A file's map must fit into a page (format 2: 2^21 pieces); blocks cloned alone lie behind each other and join. */
const MAX_MAP_PIECES = 1 << 20

interface Range {
  readonly offset: number
  readonly lengthBytes: number
}

export class DataPlacer {
  readonly #reader: ArchiveReader
  readonly #writer: ArchiveWriter
  readonly #sink: Sink
  readonly #copier: RangeCopier
  readonly #counters: CreateCounters
  readonly #pacer: Pacer
  /** Ranges of the source archive → where they are in the new one; and those that are zeros. */
  readonly #places = new IntervalMap()
  readonly #zeros = new IntervalMap()
  readonly #piece = Buffer.allocUnsafeSlow(PIECE_BYTES)
  /** Bytes that came with a stretch and have not been asked for yet. */
  #freshBytes = 0

  constructor(
    reader: ArchiveReader,
    writer: ArchiveWriter,
    sink: Sink,
    copier: RangeCopier,
    counters: CreateCounters,
    pacer: Pacer,
  ) {
    this.#reader = reader
    this.#writer = writer
    this.#sink = sink
    this.#copier = copier
    this.#counters = counters
    this.#pacer = pacer
  }

  /** Before a file's blocks are placed one by one: brings long stretches of small extents over as they are. */
  async placeStretches(segments: Segments): Promise<void> {
    this.#freshBytes = 0
    const isEven = this.#reader.info.blockSizeBytes % this.#writer.blockBytes === 0
    if (segments.length < MIN_STRETCH_EXTENTS || segments.length > MAX_MAP_PIECES || !isEven) return
    let stretch: Range[] = []
    for (const segment of segments) {
      const range = this.#newSmallRange(segment)
      if (range === undefined) continue
      const first = stretch[0]
      const last = stretch.at(-1)
      const gap = last === undefined ? 0 : range.offset - last.offset - last.lengthBytes
      const length = first === undefined ? 0 : range.offset + range.lengthBytes - first.offset
      if (gap < 0 || gap > MAX_GAP_BYTES || length > MAX_STRETCH_BYTES) {
        if (!(await this.#placeStretch(stretch))) return
        stretch = []
      }
      stretch.push(range)
    }
    await this.#placeStretch(stretch)
  }

  /** Whole blocks of the source: those that are in the new archive already, and the rest. */
  async place(archiveOffset: number, lengthBytes: number, list: SegmentList): Promise<void> {
    if (lengthBytes === 0) return
    for (const part of this.#places.query(archiveOffset, lengthBytes)) {
      if (part.target >= 0) {
        list.add({ kind: 'data', lengthBytes: part.length, archiveOffset: part.target })
        const fresh = Math.min(this.#freshBytes, part.length)
        this.#freshBytes -= fresh
        this.#counters.sharedBytes += part.length - fresh
        continue
      }
      for (const rest of this.#zeros.query(part.start, part.length)) {
        if (rest.target < 0) await this.#placeNew(rest.start, rest.length, list)
        else list.add({ kind: 'zero', lengthBytes: rest.length })
      }
    }
  }

  #newSmallRange(segment: Segment): Range | undefined {
    if (segment.kind !== 'data' || segment.lengthBytes > SMALL_EXTENT_BYTES) return undefined
    const lengthBytes = segment.lengthBytes - (segment.lengthBytes % this.#writer.blockBytes)
    if (lengthBytes === 0) return undefined
    const isKnown = [this.#places, this.#zeros].some((map) =>
      map.query(segment.archiveOffset, lengthBytes).some(({ target }) => target >= 0),
    )
    return isKnown ? undefined : { offset: segment.archiveOffset, lengthBytes }
  }

  /** False when it can't be cloned, and blocks are better copied one by one. */
  async #placeStretch(stretch: readonly Range[]): Promise<boolean> {
    const first = stretch[0]
    const last = stretch.at(-1)
    if (first === undefined || last === undefined || stretch.length < MIN_STRETCH_EXTENTS / 4) return true
    const zeros = new Set<Range>()
    for (const range of stretch) {
      const bytes = this.#piece.subarray(0, range.lengthBytes)
      this.#reader.readData(range.offset, range.lengthBytes, bytes)
      if (isZero(bytes)) zeros.add(range)
      if (this.#pacer.isDue) await this.#pacer.pause()
    }
    const length = last.offset + last.lengthBytes - first.offset
    if (!(await this.#copier.cloneOnly(first.offset, length, this.#writer.cursor))) return false
    const base = await this.#commit(length)
    for (const range of stretch) {
      if (zeros.has(range)) this.#zeros.insert(range.offset, range.lengthBytes, 0)
      else {
        this.#places.insert(range.offset, range.lengthBytes, base + (range.offset - first.offset))
        this.#freshBytes += range.lengthBytes
      }
    }
    return true
  }

  async #placeNew(archiveOffset: number, lengthBytes: number, list: SegmentList): Promise<void> {
    if (this.#reader.canCheckData) await this.#check(archiveOffset, lengthBytes)
    const base = this.#writer.cursor
    await this.#copier.copy(archiveOffset, lengthBytes, base)
    const piece = this.#piece.subarray(0, lengthBytes)
    if (lengthBytes <= PIECE_BYTES) this.#sink.read(piece, lengthBytes, base)
    if (lengthBytes <= PIECE_BYTES && isZero(piece)) {
      // Not kept: what comes next goes to the same place.
      this.#zeros.insert(archiveOffset, lengthBytes, 0)
      list.add({ kind: 'zero', lengthBytes })
      return
    }
    const offset = await this.#commit(lengthBytes)
    this.#places.insert(archiveOffset, lengthBytes, offset)
    list.add({ kind: 'data', lengthBytes, archiveOffset: offset })
  }

  async #check(archiveOffset: number, lengthBytes: number): Promise<void> {
    for (let done = 0; done < lengthBytes; done += PIECE_BYTES) {
      this.#reader.checkData(archiveOffset + done, Math.min(PIECE_BYTES, lengthBytes - done))
      if (this.#pacer.isDue) await this.#pacer.pause()
    }
  }

  /** Keeps what is at the cursor, with the hashes of the new archive's own copy. Returns where that is. */
  async #commit(lengthBytes: number): Promise<number> {
    const offset = this.#writer.commitData(lengthBytes)
    for (let done = 0; done < lengthBytes; done += PIECE_BYTES) {
      const piece = this.#piece.subarray(0, Math.min(PIECE_BYTES, lengthBytes - done))
      this.#sink.read(piece, piece.length, offset + done)
      this.#writer.hashData(piece, offset + done)
      if (this.#pacer.isDue) await this.#pacer.pause()
    }
    this.#counters.dataBytes += lengthBytes
    return offset
  }
}

const zeroBytes = Buffer.alloc(PIECE_BYTES)

function isZero(bytes: Buffer): boolean {
  return bytes[0] === 0 && zeroBytes.subarray(0, bytes.length).equals(bytes)
}
