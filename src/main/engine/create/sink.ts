/** Where an archive's bytes go: a file, which can be cloned into and read back, or a pipe, which can't. */
import { readUpTo, writeAll } from '../exact-io.ts'
import type { Cloner, FileSystem, Handle } from '../ports.ts'
import { NOCOW_FLAG } from './clone-attempt.ts'

/**
 * The archive is given its size ahead, in steps of this many bytes: cloning into a file that must grow takes ten
 * times longer (200–340 µs against 14–36 µs on btrfs and XFS).
 */
export const GROWTH_STEP_BYTES = 1 << 30

/**
 * Turns copy-on-write on for a file that is still empty. A folder where it is off (VM images often have one) passes
 * that on, and nothing could be cloned into the file.
 */
export function withoutNocow(files: FileSystem, handle: Handle): void {
  const flags = files.inodeFlags(handle)
  if ((flags & NOCOW_FLAG) !== 0) files.setInodeFlags(handle, flags & ~NOCOW_FLAG)
}

export interface Sink {
  /** Undefined for a pipe. */
  readonly handle: Handle | undefined
  /** Whether writing or reading back went wrong once: the archive can't be finished then. */
  readonly hasFailed: boolean
  /** Writes at the end of what was written, `offset`. */
  write(bytes: Uint8Array, offset: number): void
  /** Clones from a file on the archive's own filesystem to `offset`; only where there is a handle. */
  clone(source: Handle, sourceOffset: number, lengthBytes: number, offset: number): void
  /** Reads back what was written or cloned. */
  read(buffer: Uint8Array, lengthBytes: number, offset: number): void
  /** Everything so far is on disk when this returns. */
  sync(): void
  /** Cuts to the final size. */
  finish(sizeBytes: number): void
}

export class FileSink implements Sink {
  readonly handle: Handle
  readonly #files: FileSystem
  readonly #cloner: Cloner
  #sizeBytes = 0
  #hasFailed = false

  constructor(files: FileSystem, cloner: Cloner, handle: Handle) {
    this.#files = files
    this.#cloner = cloner
    this.handle = handle
  }

  get hasFailed(): boolean {
    return this.#hasFailed
  }

  write(bytes: Uint8Array, offset: number): void {
    this.#noteFailure(() => writeAll(this.#files, this.handle, bytes, 0, bytes.length, offset))
    // Packs and copied data go to disk while the work goes on: the sync at the end then has little left to do.
    this.#files.beginWriteback(this.handle, offset, bytes.length)
  }

  clone(source: Handle, sourceOffset: number, lengthBytes: number, offset: number): void {
    const end = offset + lengthBytes
    this.#noteFailure(() => {
      if (end > this.#sizeBytes) {
        this.#sizeBytes = Math.ceil(end / GROWTH_STEP_BYTES) * GROWTH_STEP_BYTES
        this.#files.truncate(this.handle, this.#sizeBytes)
      }
      this.#cloner.cloneRange(source, sourceOffset, lengthBytes, this.handle, offset)
    })
  }

  read(buffer: Uint8Array, lengthBytes: number, offset: number): void {
    const count = this.#noteFailure(() => readUpTo(this.#files, this.handle, buffer, 0, lengthBytes, offset))
    // Presized but unwritten: reads as zeros up to the size, and there is nothing behind it.
    if (count < lengthBytes) buffer.fill(0, count, lengthBytes)
  }

  sync(): void {
    this.#files.sync(this.handle)
  }

  finish(sizeBytes: number): void {
    this.#files.truncate(this.handle, sizeBytes)
  }

  #noteFailure<T>(act: () => T): T {
    try {
      return act()
    } catch (error) {
      this.#hasFailed = true
      throw error
    }
  }
}

export class PipeSink implements Sink {
  readonly handle = undefined
  readonly #files: FileSystem
  readonly #output: Handle
  #hasFailed = false

  constructor(files: FileSystem, output: Handle) {
    this.#files = files
    this.#output = output
  }

  get hasFailed(): boolean {
    return this.#hasFailed
  }

  write(bytes: Uint8Array): void {
    try {
      writeAll(this.#files, this.#output, bytes, 0, bytes.length, null)
    } catch (error) {
      this.#hasFailed = true
      throw error
    }
  }

  clone(): void {
    throw new Error('a pipe has no blocks to share')
  }

  read(): void {
    throw new Error('a pipe can’t be read back')
  }

  sync(): void {}

  finish(): void {}
}
