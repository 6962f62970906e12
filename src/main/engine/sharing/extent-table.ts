/** Extents of many files as growing columns of numbers: 39 bytes each, so that a million fit easily. */

export class ExtentTable {
  #capacity = 1024
  #length = 0
  #files = new Uint32Array(this.#capacity)
  #offsets = new Float64Array(this.#capacity)
  #lengths = new Float64Array(this.#capacity)
  #addresses = new Float64Array(this.#capacity)
  #flags = new Uint16Array(this.#capacity)
  #marks = new Uint8Array(this.#capacity)

  get length(): number {
    return this.#length
  }

  /** `address` is the filesystem's; -1 where it tells none. `flags` are FIEMAP_EXTENT_* bits, `mark` one of `rangeMarks`. */
  add(file: number, offset: number, lengthBytes: number, address: number, flags: number, mark: number): void {
    if (this.#length === this.#capacity) this.#grow()
    const index = this.#length++
    this.#files[index] = file
    this.#offsets[index] = offset
    this.#lengths[index] = lengthBytes
    this.#addresses[index] = address
    this.#flags[index] = flags
    this.#marks[index] = mark
  }

  /** The columns as they are now: views, which the next `add` may leave behind. */
  get files(): Uint32Array {
    return this.#files.subarray(0, this.#length)
  }
  get offsets(): Float64Array {
    return this.#offsets.subarray(0, this.#length)
  }
  get lengths(): Float64Array {
    return this.#lengths.subarray(0, this.#length)
  }
  get addresses(): Float64Array {
    return this.#addresses.subarray(0, this.#length)
  }
  get flags(): Uint16Array {
    return this.#flags.subarray(0, this.#length)
  }
  get marks(): Uint8Array {
    return this.#marks.subarray(0, this.#length)
  }

  #grow(): void {
    this.#capacity *= 2
    const enlarge = <Column extends { set(from: Column): void }>(column: Column, larger: Column): Column => {
      larger.set(column)
      return larger
    }
    this.#files = enlarge(this.#files, new Uint32Array(this.#capacity))
    this.#offsets = enlarge(this.#offsets, new Float64Array(this.#capacity))
    this.#lengths = enlarge(this.#lengths, new Float64Array(this.#capacity))
    this.#addresses = enlarge(this.#addresses, new Float64Array(this.#capacity))
    this.#flags = enlarge(this.#flags, new Uint16Array(this.#capacity))
    this.#marks = enlarge(this.#marks, new Uint8Array(this.#capacity))
  }
}
