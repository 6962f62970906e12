/** Hashes the archive's data in chunks of bounded size as it is appended, so that a part can be checked alone. */
import { blake3 } from '../format/hash.ts'
import type { Chunk } from '../format/hashes.ts'
import { CHUNK_TARGET_BYTES } from '../format/layout.ts'

export class ChunkHasher {
  readonly #pending = Buffer.allocUnsafe(CHUNK_TARGET_BYTES)
  #pendingBytes = 0
  #pendingOffset = 0
  #chunks: Chunk[] = []

  /** Data appended to the archive at `archiveOffset`. A jump in offsets ends the chunk before it. */
  append(bytes: Uint8Array, archiveOffset: number): void {
    if (this.#pendingBytes > 0 && this.#pendingOffset + this.#pendingBytes !== archiveOffset) this.#close()
    let from = 0
    while (from < bytes.length) {
      if (this.#pendingBytes === 0) {
        this.#pendingOffset = archiveOffset + from
        // A chunk that lies in the buffer as a whole needs no copy.
        if (bytes.length - from >= CHUNK_TARGET_BYTES) {
          this.#add(bytes.subarray(from, from + CHUNK_TARGET_BYTES))
          from += CHUNK_TARGET_BYTES
          continue
        }
      }
      const count = Math.min(CHUNK_TARGET_BYTES - this.#pendingBytes, bytes.length - from)
      this.#pending.set(bytes.subarray(from, from + count), this.#pendingBytes)
      this.#pendingBytes += count
      from += count
      if (this.#pendingBytes === CHUNK_TARGET_BYTES) this.#close()
    }
  }

  /** Chunks that are complete and not taken yet. */
  get count(): number {
    return this.#chunks.length
  }

  /** The chunks since the last call, the open one ended. */
  take(): Chunk[] {
    this.#close()
    const chunks = this.#chunks
    this.#chunks = []
    return chunks
  }

  #close(): void {
    if (this.#pendingBytes === 0) return
    this.#add(this.#pending.subarray(0, this.#pendingBytes))
    this.#pendingBytes = 0
  }

  #add(bytes: Uint8Array): void {
    this.#chunks.push({ offset: this.#pendingOffset, lengthBytes: bytes.length, hash: blake3(bytes) })
  }
}
