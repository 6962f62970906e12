/** Writes a format 1 archive from front to back: headers on block boundaries, each extent's data behind its header. */
import { crc32 } from 'node:zlib'
import type { Sink } from '../create/sink.ts'
import { encodeArchiveHeader } from '../format1/archive-header.ts'
import { type EntryHeader, encodeEntryHeader } from '../format1/entry-header.ts'
import { EXTENT_HEADER_BYTES, encodeExtentHeader, extentKinds } from '../format1/extent-header.ts'
import { paddingAfter } from '../format1/layout.ts'
import type { Pacer } from '../pacing.ts'

const PIECE_BYTES = 1 << 20

export class Format1Writer {
  readonly blockBytes: number
  readonly #sink: Sink
  readonly #pacer: Pacer
  readonly #piece = new Uint8Array(PIECE_BYTES)
  /** By extent id. */
  readonly #checksums: number[] = []
  readonly #lengths: number[] = []
  #cursor: number

  constructor(sink: Sink, blockBytes: number, pacer: Pacer) {
    this.#sink = sink
    this.blockBytes = blockBytes
    this.#pacer = pacer
    const header = encodeArchiveHeader(blockBytes)
    sink.write(header, 0)
    this.#cursor = blockBytes
  }

  /** An entry's header, with the whole content of a file below a block. */
  addEntry(header: EntryHeader, inline: Uint8Array): void {
    const encoded = encodeEntryHeader(header, inline.length)
    const bytes = new Uint8Array(encoded.length + inline.length)
    bytes.set(encoded)
    bytes.set(inline, encoded.length)
    this.#put(bytes)
  }

  addHole(fileOffset: number, lengthBlocks: number): void {
    this.#put(encodeExtentHeader({ id: 0, lengthBlocks, kind: extentKinds.hole, fileOffset, checksum: 0 }))
  }

  /** Repeats an extent, all of it. */
  addReference(id: number, fileOffset: number): void {
    const lengthBlocks = this.#lengths[id] ?? 0
    const checksum = this.#checksums[id] ?? 0
    this.#put(encodeExtentHeader({ id, lengthBlocks, kind: extentKinds.reference, fileOffset, checksum }))
  }

  /**
   * Data of whole blocks, which `fill` brings to the offset it is given; what it leaves out is zeros. The checksum is
   * that of the archive's own copy. Returns the extent's id.
   */
  async addData(fileOffset: number, lengthBlocks: number, fill: (offset: number) => Promise<void>): Promise<number> {
    const headerOffset = this.#cursor
    const offset = headerOffset + EXTENT_HEADER_BYTES + paddingAfter(EXTENT_HEADER_BYTES, this.blockBytes)
    const lengthBytes = lengthBlocks * this.blockBytes
    await fill(offset)
    const checksum = await this.#checksum(offset, lengthBytes)
    const id = this.#checksums.length
    this.#put(encodeExtentHeader({ id, lengthBlocks, kind: extentKinds.data, fileOffset, checksum }))
    this.#checksums.push(checksum)
    this.#lengths.push(lengthBlocks)
    this.#cursor = offset + lengthBytes
    return id
  }

  /** Ends the archive, on disk; returns its length. */
  finish(): number {
    this.#sink.finish(this.#cursor)
    this.#sink.sync()
    return this.#cursor
  }

  async #checksum(offset: number, lengthBytes: number): Promise<number> {
    let checksum = 0
    for (let done = 0; done < lengthBytes; done += PIECE_BYTES) {
      const length = Math.min(PIECE_BYTES, lengthBytes - done)
      this.#sink.read(this.#piece, length, offset + done)
      checksum = crc32(this.#piece.subarray(0, length), checksum)
      if (this.#pacer.isDue) await this.#pacer.pause()
    }
    return checksum
  }

  /** A header; the rest of its last block stays a hole of the archive file, which reads as zeros. */
  #put(bytes: Uint8Array): void {
    this.#sink.write(bytes, this.#cursor)
    this.#cursor += bytes.length + paddingAfter(bytes.length, this.blockBytes)
  }
}
