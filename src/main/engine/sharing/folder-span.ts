/** The first and the last of the folders in use, while files come and go: in constant time, whatever their number. */

const wordBits = 32

export class FolderSpan {
  readonly #counts: Uint32Array
  /** Bit n of a level says whether word n of the level below it has any. */
  readonly #levels: Uint32Array[] = []

  constructor(folders: number) {
    this.#counts = new Uint32Array(folders)
    let words = folders
    do {
      words = Math.ceil(words / wordBits)
      this.#levels.push(new Uint32Array(Math.max(1, words)))
    } while (words > 1)
  }

  add(folder: number): void {
    const count = this.#counts[folder] ?? 0
    this.#counts[folder] = count + 1
    if (count > 0) return
    let at = folder
    for (const level of this.#levels) {
      const word = at >>> 5
      const before = level[word] ?? 0
      level[word] = before | (1 << (at & 31))
      if (before !== 0) return
      at = word
    }
  }

  remove(folder: number): void {
    const count = (this.#counts[folder] ?? 0) - 1
    this.#counts[folder] = count
    if (count > 0) return
    let at = folder
    for (const level of this.#levels) {
      const word = at >>> 5
      const after = (level[word] ?? 0) & ~(1 << (at & 31))
      level[word] = after
      if (after !== 0) return
      at = word
    }
  }

  /** Undefined behaviour when none is in use. */
  first(): number {
    let at = 0
    for (let index = this.#levels.length - 1; index >= 0; index--) {
      const word = this.#levels[index]?.[at] ?? 0
      at = at * wordBits + (31 - Math.clz32(word & -word))
    }
    return at
  }

  last(): number {
    let at = 0
    for (let index = this.#levels.length - 1; index >= 0; index--) {
      at = at * wordBits + (31 - Math.clz32(this.#levels[index]?.[at] ?? 0))
    }
    return at
  }
}
