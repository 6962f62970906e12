/** Cloning from files that were extracted before: where the archive can't be cloned from, and for whole small files. */
import { type ByteString, baseName, parentPath } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { closeQuietly, readUpTo } from '../exact-io.ts'
import type { Handle } from '../ports.ts'
import { CopiedRanges } from './copied-ranges.ts'
import type { Directories } from './directories.ts'
import type { Extraction } from './extraction.ts'
import { endsExtraction } from './faults.ts'
import { type FileStamp, isUnchanged, stampOf } from './metadata.ts'
import { PackPlaces } from './pack-places.ts'

/** Files whose state is remembered; later ones are copied from, not cloned from. */
const mostStamps = 200_000

export class Siblings {
  readonly ranges = new CopiedRanges()
  readonly packPlaces = new PackPlaces()
  readonly #x: Extraction
  readonly #directories: Directories
  readonly #stamps = new Map<number, FileStamp>()
  readonly #compareBuffer = new Uint8Array(1 << 16)
  #source: { ordinal: number; handle: Handle } | undefined

  constructor(x: Extraction, directories: Directories) {
    this.#x = x
    this.#directories = directories
  }

  get canRemember(): boolean {
    return this.#stamps.size < mostStamps
  }

  /** Call when a file whose ranges others may use is finished and has its name. */
  remember(ordinal: number, directory: Handle, name: ByteString): void {
    const status = this.#x.ports.files.statusAt(directory, name)
    if (status) this.#stamps.set(ordinal, stampOf(status))
  }

  /** An extracted file, if it is still exactly as it was left. The handle stays ours; the last one is kept open. */
  openUnchanged(ordinal: number): Handle | undefined {
    if (this.#source?.ordinal === ordinal) return this.#source.handle
    const stamp = this.#stamps.get(ordinal)
    if (stamp === undefined) return undefined
    const handle = this.#open(ordinal)
    if (handle === undefined) return undefined
    this.closeSource()
    if (!isUnchanged(this.#x.ports.files.status(handle), stamp)) {
      closeQuietly(this.#x.ports.files, handle)
      this.#stamps.delete(ordinal)
      return undefined
    }
    this.#source = { ordinal, handle }
    return handle
  }

  /**
   * Makes `target`, which is empty, a clone of an extracted file whose whole content is `bytes[offset, offset + length)`.
   * False when that file isn't that any more, or can't be cloned: the bytes are compared, which needs no memory of its state.
   */
  cloneWhole(ordinal: number, target: Handle, bytes: Uint8Array, offset: number, length: number): boolean {
    const { files, cloner } = this.#x.ports
    const source = this.#open(ordinal)
    if (source === undefined) return false
    try {
      if (!this.#holds(source, bytes, offset, length)) return false
      cloner.cloneFile(source, target)
      return true
    } catch (error) {
      if (endsExtraction(error)) throw error
      files.truncate(target, 0)
      return false
    } finally {
      closeQuietly(files, source)
    }
  }

  closeSource(): void {
    if (this.#source) closeQuietly(this.#x.ports.files, this.#source.handle)
    this.#source = undefined
  }

  #open(ordinal: number): Handle | undefined {
    const path = this.#x.outcome.placeOf(this.#x, ordinal)
    if (path === undefined) return undefined
    try {
      return this.#x.ports.files.openFile(this.#directories.open(parentPath(path)).handle, baseName(path))
    } catch (error) {
      if (error instanceof ReftarError && !endsExtraction(error)) return undefined
      throw error
    }
  }

  #holds(handle: Handle, bytes: Uint8Array, offset: number, length: number): boolean {
    const { files } = this.#x.ports
    const status = files.status(handle)
    if (status.kind !== 'file' || status.sizeBytes !== length) return false
    const buffer = this.#compareBuffer
    for (let done = 0; done < length; ) {
      const count = readUpTo(files, handle, buffer, 0, Math.min(buffer.length, length - done), done)
      if (count === 0) return false
      const expected = bytes.subarray(offset + done, offset + done + count)
      if (Buffer.compare(expected, buffer.subarray(0, count)) !== 0) return false
      done += count
    }
    return true
  }
}
