/**
 * A private file that large files are cloned into before anything else: what is in it can't change any more. Its extents
 * say which blocks are meant, the archive's data is cloned from it, and its bytes are what is compared and hashed.
 */
import { closeQuietly } from '../exact-io.ts'
import type { Cloner, FileSystem, Handle } from '../ports.ts'
import { GROWTH_STEP_BYTES, withoutNocow } from './sink.ts'

export class Snapshots {
  readonly handle: Handle
  readonly #files: FileSystem
  readonly #cloner: Cloner
  #usedBytes = 0
  #sizeBytes = 0

  /** An unnamed file in `folder`, on the archive's filesystem. */
  constructor(files: FileSystem, cloner: Cloner, folder: Handle) {
    this.#files = files
    this.#cloner = cloner
    this.handle = files.createUnnamedFile(folder)
    try {
      withoutNocow(files, this.handle)
    } catch (error) {
      closeQuietly(files, this.handle)
      throw error
    }
  }

  /** Where the next take goes. Drops everything held when that is much, so call it when nothing of it is needed. */
  next(): number {
    if (this.#usedBytes >= GROWTH_STEP_BYTES) {
      this.#usedBytes = 0
      this.#sizeBytes = 0
      this.#files.truncate(this.handle, 0)
    }
    return this.#usedBytes
  }

  /** Clones whole blocks of a source to `next`. Errors of Cloner.cloneRange; nothing is kept then. */
  take(source: Handle, sourceOffset: number, lengthBytes: number): void {
    const end = this.#usedBytes + lengthBytes
    if (end > this.#sizeBytes) {
      this.#sizeBytes = Math.ceil(end / GROWTH_STEP_BYTES) * GROWTH_STEP_BYTES
      this.#files.truncate(this.handle, this.#sizeBytes)
    }
    this.#cloner.cloneRange(source, sourceOffset, lengthBytes, this.handle, this.#usedBytes)
    this.#usedBytes = end
  }

  close(): void {
    closeQuietly(this.#files, this.handle)
  }
}
