/** What was immutable or append-only (chattr +i, +a): made so again at the very end, and only when asked. */
import { type ByteString, baseName, parentPath } from '../../../shared/byte-string.ts'
import type { Entry } from '../entry.ts'
import { closeQuietly } from '../exact-io.ts'
import type { Directories } from './directories.ts'
import type { Extraction } from './extraction.ts'
import type { Metadata } from './metadata.ts'

export class Immutables {
  readonly #x: Extraction
  readonly #directories: Directories
  readonly #metadata: Metadata

  constructor(x: Extraction, directories: Directories, metadata: Metadata) {
    this.#x = x
    this.#directories = directories
    this.#metadata = metadata
  }

  /** `path` is where a folder is; where a file is, the outcome knows. Nothing for what wasn't extracted. */
  finish(entry: Entry, path: ByteString): void {
    const { options, outcome, tally, ports } = this.#x
    const place = entry.kind === 'directory' ? path : outcome.placeOf(this.#x, entry.ordinal)
    if (place === undefined) return
    if (options.immutable !== true) {
      tally.madeChangeable++
      return
    }
    if (entry.kind === 'directory') {
      this.#metadata.makeImmutable(this.#directories.open(place).handle, entry)
      return
    }
    const handle = ports.files.openFile(this.#directories.open(parentPath(place)).handle, baseName(place))
    try {
      this.#metadata.makeImmutable(handle, entry)
    } finally {
      closeQuietly(ports.files, handle)
    }
  }
}
