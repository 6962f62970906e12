/** How much a planned archive adds to its disk: at most, for showing it, and at least, for refusing to begin. */
import type { ByteString } from '../../../shared/byte-string.ts'
import type { CreateOptions } from '../../../shared/jobs.ts'
import { CHUNK_TARGET_BYTES, HASH_BYTES, PACK_TARGET_BYTES, PAGE_TARGET_ENTRIES } from '../format/layout.ts'

/** Superblock, hashes, directory and trailer, each in blocks of its own, and one more. */
const FIXED_BLOCKS = 5
/** An entry in a page, or in a format 1 header, without its path, before compression. */
const ENTRY_BYTES = 100
/** A run of a file's map. */
const RUN_BYTES = 32
/** Better than this, source code and text don't compress. */
const BEST_COMPRESSION = 5

export class PlannedSize {
  readonly #blockBytes: number
  readonly #isFormat1: boolean
  #indexBytes = 0
  #entries = 0
  #dataBytes = 0
  #copiedBytes = 0
  #packedBytes = 0

  constructor({ blockSizeBytes, format }: CreateOptions) {
    this.#blockBytes = blockSizeBytes
    this.#isFormat1 = format === 1
  }

  /** `sizeBytes` is 0 for all but files. */
  addEntry(path: ByteString, sizeBytes: number): void {
    this.#entries += 1
    const headerBytes = ENTRY_BYTES + path.length
    if (!this.#isFormat1) this.#indexBytes += headerBytes
    // Format 1 has each header in blocks of its own, together with contents below a block; the end of others is padded.
    else if (sizeBytes < this.#blockBytes) this.#indexBytes += this.#padded(headerBytes + sizeBytes) - sizeBytes
    else this.#indexBytes += this.#padded(headerBytes) + this.#blockBytes
  }

  /** A run of a file: a hole, packed, or blocks that are new or shared. */
  addRun(): void {
    this.#indexBytes += this.#isFormat1 ? this.#blockBytes : RUN_BYTES
  }

  /** Whole blocks that are new in the archive. */
  addData(lengthBytes: number, isCopied: boolean): void {
    this.#dataBytes += lengthBytes
    if (isCopied) this.#copiedBytes += lengthBytes
  }

  addPacked(lengthBytes: number): void {
    this.#packedBytes += lengthBytes
  }

  /** New on disk unless contents are equal, zero, or compress. Extended attributes aren't known. */
  get mostBytes(): number {
    const block = this.#blockBytes
    const hashBytes = Math.ceil(this.#dataBytes / CHUNK_TARGET_BYTES) * 2 * HASH_BYTES
    const paddings = Math.ceil(this.#entries / PAGE_TARGET_ENTRIES) + Math.ceil(this.#packedBytes / PACK_TARGET_BYTES)
    const bookBytes = this.#indexBytes + hashBytes + (FIXED_BLOCKS + paddings) * block
    return this.#copiedBytes + this.#packedBytes + bookBytes
  }

  /**
   * Below this it can't be expected to fit, though much equal content might make it. While format 1 is made, there is
   * an archive in format 2 beside it.
   */
  get leastBytes(): number {
    const bytes = this.#copiedBytes + this.#packedBytes / BEST_COMPRESSION
    return this.#isFormat1 ? bytes + this.#copiedBytes + this.#packedBytes : bytes
  }

  #padded(lengthBytes: number): number {
    return Math.ceil(lengthBytes / this.#blockBytes) * this.#blockBytes
  }
}
