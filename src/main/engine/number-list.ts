/** A growing list of numbers in one typed array: eight bytes each, however many millions there are. */
export class NumberList {
  // Many lists stay short; so small an array costs V8 no allocation outside of its heap.
  #numbers = new Float64Array(8)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#numbers.length) this.#grow()
    this.#numbers[this.#length++] = value
  }

  /** Leaves the first `length` numbers. */
  truncate(length: number): void {
    this.#length = Math.min(this.#length, length)
  }

  /** Leaves the list empty, with room for as many as it had. */
  clear(): void {
    this.#length = 0
  }

  /** The number at `index`, which must be within the list. */
  at(index: number): number {
    return this.#numbers[index] ?? 0
  }

  set(index: number, value: number): void {
    this.#numbers[index] = value
  }

  /** Puts a number before the one at `index`. */
  insert(index: number, value: number): void {
    if (this.#length === this.#numbers.length) this.#grow()
    this.#numbers.copyWithin(index + 1, index, this.#length)
    this.#numbers[index] = value
    this.#length++
  }

  /** The last index whose number is at or below `value` in an ascending list; -1 when none. */
  lastAtOrBelow(value: number): number {
    let low = 0
    let high = this.#length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#numbers[middle] ?? 0) <= value) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  /** The numbers in an array of their own. */
  copy(): Float64Array {
    return this.#numbers.slice(0, this.#length)
  }

  #grow(): void {
    const larger = new Float64Array(this.#numbers.length * 2)
    larger.set(this.#numbers)
    this.#numbers = larger
  }
}

/** A set of small numbers, one bit each. */
export class BitSet {
  #words = new Uint32Array(256)

  add(value: number): void {
    const word = value >>> 5
    if (word >= this.#words.length) {
      const larger = new Uint32Array(Math.max(word + 1, this.#words.length * 2))
      larger.set(this.#words)
      this.#words = larger
    }
    this.#words[word] = (this.#words[word] ?? 0) | (1 << (value & 31))
  }

  has(value: number): boolean {
    return ((this.#words[value >>> 5] ?? 0) & (1 << (value & 31))) !== 0
  }
}
