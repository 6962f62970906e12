/** Brings the contents of files into an archive of format 1: each planned extent once, later ones as references to it. */
import type { Sink } from '../create/sink.ts'
import type { Entry } from '../entry.ts'
import type { Pacer } from '../pacing.ts'
import type { ArchiveReader } from '../reader.ts'
import { HOLE_KEY } from './block-runs.ts'
import type { PlannedExtent } from './extent-plan.ts'
import type { Format1Writer } from './format1-writer.ts'
import type { RangeCopier } from './range-copier.ts'
import { FilePieces, packedBytes, readBytes } from './segment-bytes.ts'

const PIECE_BYTES = 1 << 20
/** Packed content up to this size is written together with its headers. */
const SMALL_EXTENT_BYTES = 256 << 10

export class Format1Contents {
  readonly #reader: ArchiveReader
  readonly #sink: Sink
  readonly #writer: Format1Writer
  readonly #copier: RangeCopier
  readonly #pacer: Pacer
  readonly #checksSource: boolean
  /** Ids of written extents, by what the plan calls them. */
  readonly #ids = new Map<number, number>()
  readonly #piece = new Uint8Array(PIECE_BYTES)

  constructor(
    reader: ArchiveReader,
    sink: Sink,
    writer: Format1Writer,
    copier: RangeCopier,
    pacer: Pacer,
    checksSource: boolean,
  ) {
    this.#reader = reader
    this.#sink = sink
    this.#writer = writer
    this.#copier = copier
    this.#pacer = pacer
    this.#checksSource = checksSource
  }

  /** All bytes of a file of less than a block; valid until the next call. `damaged` where a hash is wrong. */
  async small(file: Entry): Promise<Uint8Array> {
    const bytes = this.#piece.subarray(0, file.sizeBytes)
    await readBytes(this.#reader, new FilePieces(file.segments), 0, bytes)
    return bytes
  }

  /** Throws `damaged` where an extent that isn't in the archive yet can't be read. */
  async check(file: Entry, extents: readonly PlannedExtent[]): Promise<void> {
    if (!this.#checksSource) return
    const pieces = new FilePieces(file.segments)
    for (const { startBlock, blocks, extent } of extents) {
      if (extent === HOLE_KEY || this.#ids.has(extent)) continue
      const start = startBlock * this.#writer.blockBytes
      await this.#check(pieces, start, start + blocks * this.#writer.blockBytes)
    }
  }

  /** Writes the extents behind their file's header. */
  async write(file: Entry, extents: readonly PlannedExtent[]): Promise<void> {
    const pieces = new FilePieces(file.segments)
    const ahead = new FilePieces(file.segments)
    for (const { startBlock, blocks, extent } of extents) {
      const start = startBlock * this.#writer.blockBytes
      const end = Math.min(file.sizeBytes, start + blocks * this.#writer.blockBytes)
      const known = this.#ids.get(extent)
      if (extent === HOLE_KEY) this.#writer.addHole(start, blocks)
      else if (known !== undefined) this.#writer.addReference(known, start)
      else {
        const isLarge = blocks * this.#writer.blockBytes > SMALL_EXTENT_BYTES || hasRaw(ahead, start, end)
        const fill = (offset: number): Promise<void> => this.#fill(pieces, start, end, offset)
        const id = isLarge ? this.#writer.addData(start, blocks, fill) : this.#addPacked(pieces, start, end, blocks)
        this.#ids.set(extent, await id)
      }
    }
  }

  async #check(pieces: FilePieces, start: number, end: number): Promise<void> {
    for (const { segment, skippedBytes, lengthBytes } of pieces.within(start, end)) {
      if (segment.kind === 'pack') await this.#reader.loadPack(segment.pack)
      for (let done = 0; done < lengthBytes && segment.kind === 'data'; done += PIECE_BYTES) {
        this.#reader.checkData(segment.archiveOffset + skippedBytes + done, Math.min(PIECE_BYTES, lengthBytes - done))
        if (this.#pacer.isDue) await this.#pacer.pause()
      }
    }
  }

  async #addPacked(pieces: FilePieces, start: number, end: number, blocks: number): Promise<number> {
    const bytes = this.#piece.subarray(0, blocks * this.#writer.blockBytes)
    await readBytes(this.#reader, pieces, start, bytes.subarray(0, end - start))
    bytes.fill(0, end - start)
    this.#countPacked(end - start)
    return this.#writer.addBytes(start, bytes)
  }

  /** Brings the bytes [start, end) of a file to `offset` in the archive. */
  async #fill(pieces: FilePieces, start: number, end: number, offset: number): Promise<void> {
    for (const piece of pieces.within(start, end)) {
      const { segment, fileOffset, skippedBytes, lengthBytes } = piece
      const target = offset + (fileOffset - start)
      if (segment.kind === 'data') {
        await this.#copier.copy(segment.archiveOffset + skippedBytes, lengthBytes, target)
      } else if (segment.kind === 'pack') {
        this.#sink.write(await packedBytes(this.#reader, segment, piece), target)
        this.#countPacked(lengthBytes)
        if (this.#pacer.isDue) await this.#pacer.pause()
      }
      // Zeros within a block need no writing: nothing was at this place before.
    }
  }

  #countPacked(bytes: number): void {
    const { copied } = this.#copier.counts
    copied.packed = (copied.packed ?? 0) + bytes
  }
}

/** Whether some of a file's bytes lie raw in the archive, and could be cloned. */
function hasRaw(pieces: FilePieces, start: number, end: number): boolean {
  for (const { segment } of pieces.within(start, end)) if (segment.kind === 'data') return true
  return false
}
