/** Folders below the one compared with, opened without ever following a link, the last ones kept open. */
import { type ByteString, parentPath } from '../../../shared/byte-string.ts'
import type { FileSystem, Handle } from '../ports.ts'

/** More than the way down to an entry, far fewer than the usual limit of open files. */
const mostHeld = 32

export class HeldFolders {
  readonly #files: FileSystem
  readonly #root: Handle
  readonly #held = new Map<ByteString, Handle>()

  constructor(files: FileSystem, root: Handle) {
    this.#files = files
    this.#root = root
  }

  /** The folder at a path; stays ours. Throws `not-found`, `not-a-directory`, `symbolic-link` … */
  open(path: ByteString): Handle {
    if (path === '') return this.#root
    const held = this.#held.get(path)
    if (held !== undefined) {
      this.#held.delete(path)
      this.#held.set(path, held)
      return held
    }
    let above = parentPath(path)
    while (above !== '' && !this.#held.has(above)) above = parentPath(above)
    const start = this.#held.get(above) ?? this.#root
    const rest = (above === '' ? path : path.slice(above.length + 1)) as ByteString
    const handle = this.#files.openDirectoryBelow(start, rest)
    this.#held.set(path, handle)
    for (const [oldest, oldestHandle] of this.#held) {
      if (this.#held.size <= mostHeld) break
      this.#held.delete(oldest)
      this.#files.close(oldestHandle)
    }
    return handle
  }

  /** Closes all but the root. */
  close(): void {
    for (const handle of this.#held.values()) this.#files.close(handle)
    this.#held.clear()
  }
}
