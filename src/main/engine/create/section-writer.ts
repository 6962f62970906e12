/** Appends sections to an archive: header, payload, padding; keeps the list that the directory records. */

import type { SectionRecord } from '../format/directory.ts'
import { blake3 } from '../format/hash.ts'
import { type Chunk, encodeHashes } from '../format/hashes.ts'
import { HASHES_TARGET_CHUNKS } from '../format/layout.ts'
import {
  encodeSectionHeader,
  SECTION_HEADER_BYTES,
  sectionEncodings,
  sectionKinds,
  sectionLengthBlocks,
} from '../format/section.ts'
import { computeRootHash, encodeTrailer } from '../format/trailer.ts'
import type { Compressor } from '../ports.ts'
import type { Sink } from './sink.ts'

export interface Payload {
  readonly stored: Uint8Array
  readonly encoding: number
  readonly rawLengthBytes: number
}

/** What of a section's record is the same for every kind. */
export interface WrittenSection {
  readonly block: number
  readonly encoding: number
  readonly rawLengthBytes: number
  readonly storedLengthBytes: number
  readonly payloadHash: Uint8Array
}

/** The payload compressed where that makes it smaller, else as it is. It may lie in `output`, as Compressor says. */
export async function compressPayload(
  compressor: Pick<Compressor, 'compress'>,
  raw: Uint8Array,
  level: number,
  output?: Uint8Array,
): Promise<Payload> {
  const frame = await compressor.compress(raw, level, output)
  if (frame.length < raw.length) return { stored: frame, encoding: sectionEncodings.zstd, rawLengthBytes: raw.length }
  return { stored: raw, encoding: sectionEncodings.raw, rawLengthBytes: raw.length }
}

export class SectionWriter {
  readonly records: SectionRecord[] = []
  readonly #sink: Sink
  readonly #archiveId: Uint8Array
  readonly #blockBytes: number
  /** One section as it is written; used again for each. */
  #buffer: Buffer = Buffer.alloc(0)
  #sequence: number
  #previousBlock: number | undefined

  /** `after`: the sequence number and block of the last section there is, when appending to an archive. */
  constructor(
    sink: Sink,
    archiveId: Uint8Array,
    blockBytes: number,
    after?: { readonly sequence: number; readonly block: number },
  ) {
    this.#sink = sink
    this.#archiveId = archiveId
    this.#blockBytes = blockBytes
    this.#sequence = after === undefined ? 0 : after.sequence + 1
    this.#previousBlock = after?.block
  }

  /** Writes a section at `offset`, a whole number of blocks; returns its place. It ends at endOf(place). */
  write(kind: number, payload: Payload, offset: number): WrittenSection {
    const { stored, encoding, rawLengthBytes } = payload
    const block = offset / this.#blockBytes
    const payloadHash = blake3(stored)
    const header = encodeSectionHeader({
      block,
      archiveId: this.#archiveId,
      kind,
      encoding,
      sequence: this.#sequence,
      previousBlock: this.#previousBlock,
      rawLengthBytes,
      storedLengthBytes: stored.length,
      payloadHash,
    })
    const lengthBytes = sectionLengthBlocks(stored.length, this.#blockBytes) * this.#blockBytes
    if (this.#buffer.length < lengthBytes) this.#buffer = Buffer.allocUnsafeSlow(lengthBytes)
    const bytes = this.#buffer.subarray(0, lengthBytes)
    bytes.set(header)
    bytes.set(stored, SECTION_HEADER_BYTES)
    bytes.fill(0, SECTION_HEADER_BYTES + stored.length)
    this.#sink.write(bytes, offset)
    this.#sequence += 1
    this.#previousBlock = block
    return { block, encoding, rawLengthBytes, storedLengthBytes: stored.length, payloadHash }
  }

  /**
   * Writes chunks as hashes sections from `offset` on and records them; returns where the last one ends. There may be
   * more chunks than one section holds: the data of one file, which is never interrupted, may take terabytes.
   */
  writeHashes(chunks: readonly Chunk[], offset: number): number {
    let end = offset
    for (let from = 0; from < chunks.length; from += HASHES_TARGET_CHUNKS) {
      const part = chunks.slice(from, from + HASHES_TARGET_CHUNKS)
      const first = part[0]
      const last = part.at(-1)
      if (first === undefined || last === undefined) break
      const raw = encodeHashes(part, this.#blockBytes)
      // Hashes don't compress.
      const payload = { stored: raw, encoding: sectionEncodings.raw, rawLengthBytes: raw.length }
      const written = this.write(sectionKinds.hashes, payload, end)
      end = this.endOf(written)
      this.records.push({
        ...written,
        kind: sectionKinds.hashes,
        firstBlock: first.offset / this.#blockBytes,
        endBlock: (last.offset + last.lengthBytes) / this.#blockBytes,
      })
    }
    return end
  }

  /** Where the next thing may begin behind a section. */
  endOf(section: WrittenSection): number {
    return (section.block + sectionLengthBlocks(section.storedLengthBytes, this.#blockBytes)) * this.#blockBytes
  }

  /**
   * Ends the archive: directory, then trailer, each on disk before what relies on it. Returns the root hash and the
   * archive's length.
   */
  close(
    superblock: Uint8Array,
    directory: Payload,
    offset: number,
  ): { readonly rootHash: Uint8Array; readonly lengthBytes: number } {
    this.#sink.sync()
    const written = this.write(sectionKinds.directory, directory, offset)
    const trailerOffset = this.endOf(written)
    const lengthBytes = trailerOffset + this.#blockBytes
    const rootHash = computeRootHash(superblock, directory.stored)
    const trailer = encodeTrailer({ directoryBlock: written.block, fileLengthBytes: lengthBytes, rootHash })
    this.write(
      sectionKinds.trailer,
      { stored: trailer, encoding: sectionEncodings.raw, rawLengthBytes: trailer.length },
      trailerOffset,
    )
    this.#sink.finish(lengthBytes)
    this.#sink.sync()
    return { rootHash, lengthBytes }
  }
}
