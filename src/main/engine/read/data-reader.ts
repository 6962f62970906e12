/** Reads raw data and checks it: a hash covers a whole chunk, so at least that much is read. */
import { ReftarError } from '../../../shared/errors.ts'
import { blake3, bytesEqual } from '../format/hash.ts'
import type { Chunk } from '../format/hashes.ts'
import type { ArchiveFile } from './archive-file.ts'
import type { DataHashes } from './data-hashes.ts'

export class DataReader {
  private readonly file: ArchiveFile
  private readonly hashes: DataHashes
  private readonly endBytes: number
  private readonly hashRequired: boolean
  /** The bytes of `verified`, which small neighbouring reads are served from. */
  private buffer = new Uint8Array(0)
  private verified: Chunk | undefined

  /** `endBytes` is where the data area ends; with `hashRequired` data that no hash covers is `damaged`. */
  constructor(file: ArchiveFile, hashes: DataHashes, endBytes: number, hashRequired: boolean) {
    this.file = file
    this.hashes = hashes
    this.endBytes = endBytes
    this.hashRequired = hashRequired
  }

  /** See ArchiveReader.readData. */
  read(archiveOffset: number, lengthBytes: number, buffer: Uint8Array): void {
    if (buffer.length < lengthBytes) throw new ReftarError('internal', 'the buffer is too small')
    this.each(archiveOffset, lengthBytes, (chunk, offset, length) => {
      const target = buffer.subarray(offset - archiveOffset, offset - archiveOffset + length)
      if (chunk === undefined) this.file.readInto(target, offset, length)
      else if (length === chunk.lengthBytes && chunk.offset !== this.verified?.offset) this.readWhole(chunk, target)
      else target.set(this.chunkBytes(chunk).subarray(offset - chunk.offset, offset - chunk.offset + length))
    })
  }

  /** See ArchiveReader.checkData. */
  check(archiveOffset: number, lengthBytes: number): void {
    this.each(archiveOffset, lengthBytes, (chunk) => {
      if (chunk !== undefined) this.chunkBytes(chunk)
    })
  }

  /** See ArchiveReader.checkedEnd. */
  checkedEnd(archiveOffset: number): number | undefined {
    const chunk = this.chunkAt(archiveOffset)
    return chunk === undefined ? undefined : chunk.offset + chunk.lengthBytes
  }

  private each(
    archiveOffset: number,
    lengthBytes: number,
    visit: (chunk: Chunk | undefined, offset: number, length: number) => void,
  ): void {
    const end = archiveOffset + lengthBytes
    if (archiveOffset < this.file.blockSizeBytes || end > this.endBytes) {
      throw new ReftarError('damaged', 'a file’s data should be here, outside of the data area', {
        offsetBytes: archiveOffset,
      })
    }
    for (let offset = archiveOffset; offset < end; ) {
      const chunk = this.chunkAt(offset)
      const length =
        Math.min(chunk === undefined ? this.endOfGap(offset) : chunk.offset + chunk.lengthBytes, end) - offset
      visit(chunk, offset, length)
      offset += length
    }
  }

  /** How far data without a hash goes on for sure. */
  private endOfGap(offset: number): number {
    if (this.hashes.sections.length === 0) return this.endBytes
    return offset + this.file.blockSizeBytes - (offset % this.file.blockSizeBytes)
  }

  private chunkAt(offset: number): Chunk | undefined {
    const last = this.verified
    if (last !== undefined && offset >= last.offset && offset < last.offset + last.lengthBytes) return last
    const chunk = this.hashes.chunkAt(offset)
    if (chunk === undefined && this.hashRequired)
      throw new ReftarError('damaged', 'no hash covers this data', { offsetBytes: offset })
    return chunk
  }

  private chunkBytes(chunk: Chunk): Uint8Array {
    if (chunk.offset === this.verified?.offset) return this.buffer
    this.verified = undefined
    if (this.buffer.length < chunk.lengthBytes) this.buffer = new Uint8Array(chunk.lengthBytes)
    this.readWhole(chunk, this.buffer.subarray(0, chunk.lengthBytes))
    this.verified = chunk
    return this.buffer
  }

  private readWhole(chunk: Chunk, target: Uint8Array): void {
    if (chunk.offset + chunk.lengthBytes > this.endBytes) {
      throw new ReftarError('damaged', 'a hash covers more than the data area', { offsetBytes: chunk.offset })
    }
    this.file.readInto(target, chunk.offset, chunk.lengthBytes)
    if (!bytesEqual(blake3(target), chunk.hash)) {
      throw new ReftarError('damaged', 'the data’s hash is wrong', { offsetBytes: chunk.offset })
    }
  }
}
