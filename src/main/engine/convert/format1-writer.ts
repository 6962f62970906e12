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
  /** Headers and small data that aren't written yet: one write for many files. */
  readonly #pending = Buffer.allocUnsafeSlow(PIECE_BYTES)
  #pendingBytes = 0
  #cursor: number

  constructor(sink: Sink, blockBytes: number, pacer: Pacer) {
    this.#sink = sink
    this.blockBytes = blockBytes
    this.#pacer = pacer
    this.#cursor = 0
    this.#put(encodeArchiveHeader(blockBytes))
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
    this.#flush()
    const offset = this.#cursor + EXTENT_HEADER_BYTES + paddingAfter(EXTENT_HEADER_BYTES, this.blockBytes)
    const lengthBytes = lengthBlocks * this.blockBytes
    await fill(offset)
    const id = this.#addDataHeader(fileOffset, lengthBlocks, await this.#checksum(offset, lengthBytes))
    this.#flush()
    this.#cursor = offset + lengthBytes
    return id
  }

  /** The same for a few whole blocks that are at hand. */
  addBytes(fileOffset: number, bytes: Uint8Array): number {
    const id = this.#addDataHeader(fileOffset, bytes.length / this.blockBytes, crc32(bytes))
    this.#put(bytes)
    return id
  }

  #addDataHeader(fileOffset: number, lengthBlocks: number, checksum: number): number {
    const id = this.#checksums.length
    this.#put(encodeExtentHeader({ id, lengthBlocks, kind: extentKinds.data, fileOffset, checksum }))
    this.#checksums.push(checksum)
    this.#lengths.push(lengthBlocks)
    return id
  }

  /** Ends the archive, on disk; returns its length. */
  finish(): number {
    this.#flush()
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

  /** On a block boundary, filled up with zeros to the next one. */
  #put(bytes: Uint8Array): void {
    const length = bytes.length + paddingAfter(bytes.length, this.blockBytes)
    if (this.#pendingBytes + length > this.#pending.length) this.#flush()
    if (length > this.#pending.length) this.#sink.write(bytes, this.#cursor)
    else {
      this.#pending.set(bytes, this.#pendingBytes)
      this.#pending.fill(0, this.#pendingBytes + bytes.length, this.#pendingBytes + length)
      this.#pendingBytes += length
    }
    this.#cursor += length
  }

  #flush(): void {
    if (this.#pendingBytes === 0) return
    this.#sink.write(this.#pending.subarray(0, this.#pendingBytes), this.#cursor - this.#pendingBytes)
    this.#pendingBytes = 0
  }
}
