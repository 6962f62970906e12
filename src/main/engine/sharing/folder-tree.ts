/** The folders that files lie in, numbered so that every folder comes before what it holds. */
import { type ByteString, baseName, displayName, parentPath } from '../../../shared/byte-string.ts'

export class FolderTree {
  /** Folder 0 holds all inputs and has no name. */
  readonly #names: string[] = ['']
  readonly #parents: number[] = [0]
  readonly #numbers = new Map<ByteString, number>()
  #lastPath: ByteString | undefined
  #lastNumber = 0

  /** The number of a folder by its path; makes it and those above it. */
  numberOf(path: ByteString): number {
    if (path === '') return 0
    if (path === this.#lastPath) return this.#lastNumber
    let number = this.#numbers.get(path)
    if (number === undefined) {
      const isRoot = path === '/'
      const parent = isRoot ? 0 : this.numberOf(path.lastIndexOf('/') === 0 ? ('/' as ByteString) : parentPath(path))
      number = this.#names.length
      this.#names.push(displayName(isRoot ? path : baseName(path)))
      this.#parents.push(parent)
      this.#numbers.set(path, number)
    }
    this.#lastPath = path
    this.#lastNumber = number
    return number
  }

  get length(): number {
    return this.#names.length
  }

  /**
   * The folders in depth-first order, as they stand now: `order[n]` is the position of folder number n, `names` and
   * `parents` are by position.
   */
  arranged(): { readonly names: string[]; readonly parents: Uint32Array; readonly positions: Uint32Array } {
    const count = this.#names.length
    const sizes = new Uint32Array(count).fill(1)
    for (let number = count - 1; number > 0; number--) {
      const parent = this.#parents[number] ?? 0
      sizes[parent] = (sizes[parent] ?? 0) + (sizes[number] ?? 0)
    }
    // Each folder takes the next free place in that of its parent, which was numbered before.
    const positions = new Uint32Array(count)
    const free = new Uint32Array(count)
    free[0] = 1
    for (let number = 1; number < count; number++) {
      const parent = this.#parents[number] ?? 0
      const position = free[parent] ?? 0
      positions[number] = position
      free[parent] = position + (sizes[number] ?? 0)
      free[number] = position + 1
    }
    const names = new Array<string>(count).fill('')
    const parents = new Uint32Array(count)
    for (let number = 0; number < count; number++) {
      const position = positions[number] ?? 0
      names[position] = this.#names[number] ?? ''
      parents[position] = positions[this.#parents[number] ?? 0] ?? 0
    }
    return { names, parents, positions }
  }
}

/** The nearest folder that holds both, of folders by position. */
export function commonFolder(parents: Uint32Array, a: number, b: number): number {
  let x = a
  let y = b
  while (x !== y) {
    if (x > y) x = parents[x] ?? 0
    else y = parents[y] ?? 0
  }
  return x
}
