/**
 * Hashes the archive's data in chunks of bounded size as it is appended, so that a part can be checked alone. A chunk
 * ends where a file's data does: damage to it is damage to that file.
 */
import { IncrementalHasher } from '../format/hash.ts'
import type { Chunk } from '../format/hashes.ts'
import { CHUNK_TARGET_BYTES } from '../format/layout.ts'

export class ChunkHasher {
  readonly #hasher = new IncrementalHasher()
  /** The open chunk, of which the hasher has seen all. */
  #openOffset = 0
  #openBytes = 0
  #chunks: Chunk[] = []

  /** Data appended to the archive at `archiveOffset`. A jump in offsets ends the chunk before it. */
  append(bytes: Uint8Array, archiveOffset: number): void {
    if (this.#openOffset + this.#openBytes !== archiveOffset) this.end()
    for (let from = 0; from < bytes.length; ) {
      if (this.#openBytes === 0) this.#openOffset = archiveOffset + from
      const count = Math.min(CHUNK_TARGET_BYTES - this.#openBytes, bytes.length - from)
      this.#hasher.update(bytes.subarray(from, from + count))
      this.#openBytes += count
      from += count
      if (this.#openBytes === CHUNK_TARGET_BYTES) this.end()
    }
  }

  /** Ends the open chunk: what is appended next belongs to another file. */
  end(): void {
    if (this.#openBytes === 0) return
    this.#chunks.push({ offset: this.#openOffset, lengthBytes: this.#openBytes, hash: this.#hasher.digest() })
    this.#openBytes = 0
  }

  /** Chunks that are complete and not taken yet. */
  get count(): number {
    return this.#chunks.length
  }

  /** The chunks since the last call, the open one ended. */
  take(): Chunk[] {
    this.end()
    const chunks = this.#chunks
    this.#chunks = []
    return chunks
  }
}
