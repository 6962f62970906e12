/** Pseudo-random numbers and bytes that are the same on every machine for the same seed (sfc32, public domain). */

export class SeededRandom {
  #a: number
  #b: number
  #c: number
  #counter = 1

  /** Streams of different numbers under one seed have nothing in common. */
  constructor(seed: number, stream: number) {
    this.#a = seed | 0
    this.#b = Math.floor(seed / 0x1_0000_0000) | 0
    this.#c = stream | 0
    for (let i = 0; i < 16; i++) this.next()
  }

  /** 32 bits. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** A whole number from `lowest` to `highest`, both included. */
  between(lowest: number, highest: number): number {
    const fraction = (this.next() * 0x20_0000 + (this.next() >>> 11)) / 2 ** 53
    return Math.min(highest, lowest + Math.floor(fraction * (highest - lowest + 1)))
  }

  /** Whether something that happens to `percent` of all happens now. */
  chance(percent: number): boolean {
    return this.next() < (percent / 100) * 2 ** 32
  }

  /** Fills all of the bytes. */
  fill(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let at = 0
    for (; at + 4 <= bytes.length; at += 4) view.setUint32(at, this.next(), true)
    for (; at < bytes.length; at++) bytes[at] = this.next() & 0xff
  }
}
