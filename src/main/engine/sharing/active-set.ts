/** The files that use the blocks at the sweep's place: added and removed in constant time, named by an order-free hash. */

export class ActiveSet {
  /** Extents covering the place; at least as many as files. */
  uses = 0
  /** Of those, extents flagged as shared. */
  flagged = 0
  readonly #members: Uint32Array
  #size = 0
  /** Of each file: its extents covering the place, and where it stands among the members. */
  readonly #counts: Uint32Array
  readonly #positions: Uint32Array
  #hashLow = 0
  #hashHigh = 0

  constructor(files: number) {
    this.#members = new Uint32Array(files)
    this.#counts = new Uint32Array(files)
    this.#positions = new Uint32Array(files)
  }

  /** How many files there are. */
  get size(): number {
    return this.#size
  }

  /** The same for equal sets, and different ones for different sets as far as 53 bits go. */
  get hash(): number {
    return (this.#hashHigh & 0x1fffff) * 0x100000000 + (this.#hashLow >>> 0)
  }

  /** The one member where size is 1. */
  get first(): number {
    return this.#members[0] ?? 0
  }

  /** The members in no order: a view, valid until the next change. */
  members(): Uint32Array {
    return this.#members.subarray(0, this.#size)
  }

  /** True when the file wasn't there before. */
  add(file: number, isFlagged: boolean): boolean {
    this.uses++
    if (isFlagged) this.flagged++
    const count = this.#counts[file] ?? 0
    this.#counts[file] = count + 1
    if (count > 0) return false
    this.#positions[file] = this.#size
    this.#members[this.#size++] = file
    this.#toggle(file)
    return true
  }

  /** True when the file isn't there any more. */
  remove(file: number, isFlagged: boolean): boolean {
    this.uses--
    if (isFlagged) this.flagged--
    const count = (this.#counts[file] ?? 0) - 1
    this.#counts[file] = count
    if (count > 0) return false
    const position = this.#positions[file] ?? 0
    const last = this.#members[--this.#size] ?? 0
    this.#members[position] = last
    this.#positions[last] = position
    this.#toggle(file)
    return true
  }

  #toggle(file: number): void {
    this.#hashLow ^= mix(file + 0x9e3779b9)
    this.#hashHigh ^= mix(file ^ 0x5bf03635)
  }
}

/** The finalizer of MurmurHash3: every bit of the number moves every bit of the result. */
function mix(number: number): number {
  let hash = number | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
