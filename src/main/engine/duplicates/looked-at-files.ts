/** The files being compared, by number: where they are, and their bytes when a block must be compared again. */
import { type ByteString, displayName, joinPath, parentPath } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { readUpTo } from '../exact-io.ts'
import type { FileSystem, Handle } from '../ports.ts'
import type { ContentPlace } from './content-table.ts'

export class LookedAtFiles {
  readonly #files: FileSystem
  readonly #blockBytes: number
  readonly #folders: ByteString[] = []
  readonly #names: ByteString[] = []
  readonly #folderOf: number[] = []
  #open: { readonly file: number; readonly handle: Handle } | undefined
  readonly #stored: Buffer

  constructor(files: FileSystem, blockBytes: number) {
    this.#files = files
    this.#blockBytes = blockBytes
    this.#stored = Buffer.allocUnsafeSlow(blockBytes + 1)
  }

  /** Adds a file; returns its number. Paths of one folder come one after the other and share its name. */
  add(path: ByteString, name: ByteString): number {
    const folder =
      path.length === name.length
        ? ('' as ByteString)
        : path.startsWith('/') && path.lastIndexOf('/') === 0
          ? ('/' as ByteString)
          : parentPath(path)
    if (this.#folders.at(-1) !== folder) this.#folders.push(folder)
    this.#folderOf.push(this.#folders.length - 1)
    this.#names.push(name)
    return this.#names.length - 1
  }

  path(file: number): ByteString {
    const folder = this.#folders[this.#folderOf[file] ?? 0] ?? ('' as ByteString)
    const name = this.#names[file] ?? ('' as ByteString)
    return folder === '/' ? (`/${name}` as ByteString) : joinPath(folder, name)
  }

  shownPath(file: number): string {
    return displayName(this.path(file))
  }

  /** Whether the block at a place still has exactly these bytes; a last block must end where its file ends. */
  readonly matches = (bytes: Uint8Array, { file, block }: ContentPlace): boolean => {
    try {
      const handle = this.#handleOf(file)
      const wanted = bytes.length < this.#blockBytes ? bytes.length + 1 : bytes.length
      const count = readUpTo(this.#files, handle, this.#stored, 0, wanted, block * this.#blockBytes)
      return count === bytes.length && this.#stored.subarray(0, count).equals(bytes)
    } catch (error) {
      // It vanished or can't be read any more: then it isn't known to be equal.
      if (!(error instanceof ReftarError)) throw error
      return false
    }
  }

  close(): void {
    if (this.#open !== undefined) this.#files.close(this.#open.handle)
    this.#open = undefined
  }

  /** The last one stays open: what repeats mostly goes on repeating. */
  #handleOf(file: number): Handle {
    if (this.#open?.file === file) return this.#open.handle
    this.close()
    const handle = this.#files.openFilePath(this.path(file), 'read')
    this.#open = { file, handle }
    return handle
  }
}
