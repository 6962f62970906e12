/** Columns of a view: a few bytes for each of a million entries instead of an object. */
import type { ByteString } from '../../shared/byte-string.ts'

const FIRST_CAPACITY = 256

export class Uint32List {
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

  indexOf(value: number, from: number): number {
    const index = this.#values.indexOf(value, from)
    return index < this.#length ? index : -1
  }
}

export class Float64List {
  #values = new Float64Array(FIRST_CAPACITY)
  #length = 0

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length++] = value
  }

  view(): Float64Array {
    return this.#values.subarray(0, this.#length)
  }
}

/** Names one after the other in one array of bytes. */
export class NameList {
  #bytes = new Uint8Array(FIRST_CAPACITY * 16)
  #used = 0
  readonly #starts = new Uint32List()

  get length(): number {
    return this.#starts.length
  }

  push(name: ByteString): void {
    if (this.#used + name.length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#used + name.length))
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.#starts.push(this.#used)
    for (let i = 0; i < name.length; i++) this.#bytes[this.#used++] = name.charCodeAt(i)
  }

  /** Six bytes of a name from `offset` on as a number that compares as they do; -1 when the name ends before `offset`. */
  sixBytes(index: number, offset: number): number {
    const start = this.#starts.at(index) + offset
    const end = index + 1 < this.#starts.length ? this.#starts.at(index + 1) : this.#used
    if (start >= end) return -1
    let number = 0
    // One more than the byte: a name that ends sorts before one that goes on with a zero byte.
    for (let i = 0; i < 6; i++) number = number * 257 + (start + i < end ? (this.#bytes[start + i] ?? 0) + 1 : 0)
    return number
  }
}
