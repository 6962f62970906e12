/** Reads packs back from the archive being written, to compare bytes: the last few are kept, and there is a budget. */
import type { PackRecord } from '../format/directory.ts'
import { SECTION_HEADER_BYTES, sectionEncodings } from '../format/section.ts'
import type { Compressor } from '../ports.ts'
import type { Sink } from './sink.ts'

const KEPT_PACKS = 4
/**
 * Reading a pack back costs as much as storing about this many bytes again, so that many matched bytes pay for one
 * read. Copies of a tree come in the same order as the original and pay for themselves; scattered ones are let go.
 */
const MATCHED_BYTES_PER_READ = 64 << 10
const FIRST_READS = 8

export class PackReadBack {
  readonly #sink: Sink
  readonly #compressor: Compressor
  readonly #blockBytes: number
  readonly #kept = new Map<number, Uint8Array>()
  #creditBytes = FIRST_READS * MATCHED_BYTES_PER_READ

  constructor(sink: Sink, compressor: Compressor, blockBytes: number) {
    this.#sink = sink
    this.#compressor = compressor
    this.#blockBytes = blockBytes
  }

  /** Bytes read back turned out to be the same: they earn further reads. */
  matched(lengthBytes: number): void {
    this.#creditBytes += lengthBytes
  }

  /** The raw bytes of a written pack, or undefined when the budget is used up. */
  read(records: readonly PackRecord[], pack: number): Uint8Array | undefined {
    const kept = this.#kept.get(pack)
    if (kept !== undefined) {
      this.#kept.delete(pack)
      this.#kept.set(pack, kept)
      return kept
    }
    const record = records[pack]
    if (record === undefined || this.#creditBytes < MATCHED_BYTES_PER_READ) return undefined
    this.#creditBytes -= MATCHED_BYTES_PER_READ
    const stored = Buffer.allocUnsafe(record.storedLengthBytes)
    this.#sink.read(stored, stored.length, record.block * this.#blockBytes + SECTION_HEADER_BYTES)
    const isCompressed = record.encoding === sectionEncodings.zstd
    const raw = isCompressed ? this.#compressor.decompressSync(stored, record.rawLengthBytes) : stored
    this.#kept.set(pack, raw)
    const oldest = this.#kept.keys().next().value
    if (this.#kept.size > KEPT_PACKS && oldest !== undefined) this.#kept.delete(oldest)
    return raw
  }
}
