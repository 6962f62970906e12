/**
 * Finds entries by path and by folder. Format 1 stores them in any order, so this sorts them once, when first asked.
 * Folders that hold something but have no entry get one here, with numbers behind those of the real entries.
 */
import { type ByteString, comparePaths, joinPath, parentPath } from '../../../../shared/byte-string.ts'
import type { ArchiveIndex } from './index.ts'

export class PathOrder {
  /** Paths of folders without an entry; the first has the number `index.length`. */
  readonly implicit: ByteString[] = []
  readonly #paths: readonly ByteString[]
  readonly #firstImplicit: number
  /** Numbers in walk order. */
  readonly #order: Uint32Array

  constructor(index: ArchiveIndex) {
    this.#paths = index.paths
    this.#firstImplicit = index.length
    const listed: number[] = []
    for (let ordinal = 0; ordinal < index.length; ordinal++) if (index.isListed(ordinal)) listed.push(ordinal)
    this.#addImplicit(listed)
    for (let i = 0; i < this.implicit.length; i++) listed.push(this.#firstImplicit + i)
    this.#order = Uint32Array.from(listed).sort((a, b) => comparePaths(this.pathOf(a), this.pathOf(b)))
  }

  /** Path of an entry or of a folder without one. */
  pathOf(number: number): ByteString {
    return this.#paths[number] ?? this.implicit[number - this.#firstImplicit] ?? ('' as ByteString)
  }

  /** The number of a path, or -1. */
  find(path: ByteString): number {
    const number = this.#order[this.#seek(path)] ?? -1
    return number >= 0 && this.pathOf(number) === path ? number : -1
  }

  /** Numbers of a folder's children in name order, after a name. */
  children(folder: ByteString, after: ByteString | undefined, limit: number): number[] {
    const numbers: number[] = []
    const start = after === undefined ? `${folder}/` : afterSubtree(joinPath(folder, after))
    let at = folder === '' && after === undefined ? 0 : this.#seek(start as ByteString)
    while (numbers.length < limit) {
      const number = this.#order[at]
      if (number === undefined) break
      const path = this.pathOf(number)
      if (!isBelow(path, folder)) break
      numbers.push(number)
      const next = this.#order[at + 1]
      at = next !== undefined && !isBelow(this.pathOf(next), path) ? at + 1 : this.#seek(afterSubtree(path))
    }
    return numbers
  }

  /** Numbers of everything at or below a path. */
  *subtree(path: ByteString): Iterable<number> {
    for (let at = this.#seek(path); at < this.#order.length; at++) {
      const number = this.#order[at] ?? 0
      const found = this.pathOf(number)
      if (found !== path && !isBelow(found, path)) return
      yield number
    }
  }

  /** Index of the first path at or after `path`. */
  #seek(path: ByteString): number {
    let low = 0
    let high = this.#order.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (comparePaths(this.pathOf(this.#order[middle] ?? 0), path) >= 0) high = middle
      else low = middle + 1
    }
    return low
  }

  #addImplicit(listed: readonly number[]): void {
    const known = new Set<ByteString>(listed.map((ordinal) => this.#paths[ordinal] ?? ('' as ByteString)))
    for (const ordinal of listed) {
      for (
        let folder = parentPath(this.pathOf(ordinal));
        folder !== '' && !known.has(folder);
        folder = parentPath(folder)
      ) {
        known.add(folder)
        this.implicit.push(folder)
      }
    }
  }
}

/** Above every path that lies under `path`, at or below all that come after those: only `/` sorts below a zero byte. */
function afterSubtree(path: ByteString): ByteString {
  return `${path}\0` as ByteString
}

function isBelow(path: ByteString, folder: ByteString): boolean {
  return (
    folder === '' || (path.length > folder.length && path.charCodeAt(folder.length) === 0x2f && path.startsWith(folder))
  )
}
