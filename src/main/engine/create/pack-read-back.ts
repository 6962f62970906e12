/** Reads packs back from the archive being written, to compare bytes: the last few are kept, and there is a budget. */
import type { PackRecord } from '../format/directory.ts'
import { SECTION_HEADER_BYTES, sectionEncodings } from '../format/section.ts'
import type { Compressor } from '../ports.ts'
import type { Sink } from './sink.ts'

const KEPT_PACKS = 4
/**
 * Packs read back at most, for each pack written: copies of a tree come in the same order as the original, so that a
 * pack is read once; in any other order comparing would cost more than storing the bytes again.
 */
const READS_PER_PACK = 1
const FIRST_READS = 32

export class PackReadBack {
  readonly #sink: Sink
  readonly #compressor: Compressor
  readonly #blockBytes: number
  readonly #kept = new Map<number, Uint8Array>()
  #reads = 0

  constructor(sink: Sink, compressor: Compressor, blockBytes: number) {
    this.#sink = sink
    this.#compressor = compressor
    this.#blockBytes = blockBytes
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
    if (record === undefined || this.#reads >= FIRST_READS + records.length * READS_PER_PACK) return undefined
    this.#reads += 1
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
