/** Numbers without objects: an archive of the first reftar has an extent for every block, a quarter of a million a GiB. */

const FIRST_CAPACITY = 1 << 5

/** Unsigned 32-bit numbers. */
export class Uint32Column {
  #values = new Uint32Array(FIRST_CAPACITY)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Uint32Array(this.#length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length++] = value
  }

  at(index: number): number {
    return this.#values[index] ?? 0
  }
}

/** Numbers up to 2^53. */
export class Float64Column {
  #values = new Float64Array(FIRST_CAPACITY)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length++] = value
  }

  at(index: number): number {
    return this.#values[index] ?? 0
  }

  /** The last index whose value is at or below `value` in an ascending column; -1 when none. */
  lastAtOrBelow(value: number): number {
    let low = 0
    let high = this.#length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#values[middle] ?? 0) <= value) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}
