/** The folders below the target that are open at the moment: a few dozen, the one not used for longest is closed first. */
import { type ByteString, parentPath } from '../../../shared/byte-string.ts'
import { closeQuietly } from '../exact-io.ts'
import type { Handle, Ports } from '../ports.ts'

/** Handles kept open; more than a walk needs at once, far fewer than the usual limit of 1024. */
const mostOpen = 48

export interface Directory {
  readonly path: ByteString
  readonly handle: Handle
  /** Inside a staged folder: nobody else knows it, so what is made here needs no temporary name. */
  readonly staged: boolean
  readonly device: number
  /** What a new node in it belongs to. */
  readonly newUid: number
  readonly newGid: number
  /** Gives new nodes an ACL, and so another mode than asked for. */
  readonly handsOnAcl: boolean
}

export class OpenDirectories {
  readonly #files: Ports['files']
  /** By path, the last used at the end. */
  readonly #open = new Map<ByteString, Directory>()

  constructor(files: Ports['files']) {
    this.#files = files
  }

  /** The folder at a path, if it is open. */
  get(path: ByteString): Directory | undefined {
    const directory = this.#open.get(path)
    if (directory !== undefined) {
      this.#open.delete(path)
      this.#open.set(path, directory)
    }
    return directory
  }

  /** The nearest folder above a path that is open; undefined when that is the target itself. */
  nearestAbove(path: ByteString): Directory | undefined {
    let above = parentPath(path)
    while (above !== '' && !this.#open.has(above)) above = parentPath(above)
    return this.get(above)
  }

  /** Keeps its handle until it is closed here. */
  keep(directory: Directory): void {
    this.#open.set(directory.path, directory)
    if (this.#open.size <= mostOpen) return
    for (const [path, oldest] of this.#open) {
      this.#open.delete(path)
      closeQuietly(this.#files, oldest.handle)
      return
    }
  }

  closeAll(): void {
    for (const { handle } of this.#open.values()) closeQuietly(this.#files, handle)
    this.#open.clear()
  }
}
