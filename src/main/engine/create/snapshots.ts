/**
 * A private file that sources are cloned into before they are read: what is read, compared and hashed from then on
 * can't change any more, is cloned into the archive from here, and is read ahead by the kernel while the walk goes on.
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

  /** Bytes held: where the next take goes. */
  get usedBytes(): number {
    return this.#usedBytes
  }

  /** Clones whole blocks of a source behind what is held. Errors of Cloner.cloneRange; nothing is kept then. */
  take(source: Handle, sourceOffset: number, lengthBytes: number): void {
    const end = this.#usedBytes + lengthBytes
    if (end > this.#sizeBytes) {
      this.#sizeBytes = Math.ceil(end / GROWTH_STEP_BYTES) * GROWTH_STEP_BYTES
      this.#files.truncate(this.handle, this.#sizeBytes)
    }
    this.#cloner.cloneRange(source, sourceOffset, lengthBytes, this.handle, this.#usedBytes)
    this.#usedBytes = end
  }

  /** Forgets what is held. */
  clear(): void {
    if (this.#usedBytes === 0) return
    this.#usedBytes = 0
    this.#sizeBytes = 0
    this.#files.truncate(this.handle, 0)
  }

  close(): void {
    closeQuietly(this.#files, this.handle)
  }
}
