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
  #order: Uint32Array

  constructor(index: ArchiveIndex) {
    this.#paths = index.paths
    this.#firstImplicit = index.length
    const listed: number[] = []
    for (let ordinal = 0; ordinal < index.length; ordinal++) if (index.isListed(ordinal)) listed.push(ordinal)
    this.#order = this.#sorted(listed)
    this.#findImplicit()
    if (this.implicit.length === 0) return
    for (let i = 0; i < this.implicit.length; i++) listed.push(this.#firstImplicit + i)
    this.#order = this.#sorted(listed)
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

  /** The numbers in the order of their paths, which they mostly are in already. */
  #sorted(numbers: readonly number[]): Uint32Array {
    const order = Uint32Array.from(numbers)
    const compare = (a: number, b: number): number => comparePaths(this.pathOf(a), this.pathOf(b))
    const isSorted = order.every((number, i) => i === 0 || compare(order[i - 1] ?? 0, number) < 0)
    return isSorted ? order : order.sort(compare)
  }

  #findImplicit(): void {
    const found = new Set<ByteString>()
    let last = '' as ByteString
    for (const number of this.#order) {
      let folder = parentPath(this.pathOf(number))
      if (folder === last) continue
      last = folder
      while (folder !== '' && !found.has(folder) && this.find(folder) < 0) {
        found.add(folder)
        this.implicit.push(folder)
        folder = parentPath(folder)
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
