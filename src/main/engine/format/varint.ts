/** Bytes in and out (docs/format.md, "Numbers"): the cursor that every encoder writes with and every decoder reads with. */
import { type ByteString, bytesToByteString } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { type Said, said } from '../../../shared/said.ts'

const MAX_VARINT_BYTES = 8
const textEncoder = new TextEncoder()
const textDecoder = new TextDecoder('utf-8', { fatal: true })

/** A buffer that grows. Numbers that a varint can't hold are our own mistake: `internal`. */
export class ByteWriter {
  private buffer: Uint8Array
  private used = 0

  constructor(capacityBytes = 256) {
    this.buffer = new Uint8Array(capacityBytes)
  }

  get lengthBytes(): number {
    return this.used
  }

  /** Begins anew in the same memory. */
  clear(): void {
    this.used = 0
  }

  private reserve(bytes: number): void {
    if (this.used + bytes <= this.buffer.length) return
    const grown = new Uint8Array(Math.max(this.buffer.length * 2, this.used + bytes))
    grown.set(this.buffer.subarray(0, this.used))
    this.buffer = grown
  }

  byte(value: number): void {
    this.reserve(1)
    this.buffer[this.used++] = value
  }

  /** Unsigned LEB128 of 0 … 2^53−1. */
  varint(value: number): void {
    this.reserve(MAX_VARINT_BYTES)
    if (value >= 0 && value < 0x80) {
      this.buffer[this.used++] = value
      return
    }
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new ReftarError('internal', `${value} can’t be written as a varint`)
    }
    let rest = value
    while (rest >= 2 ** 31) {
      this.buffer[this.used++] = (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    while (rest >= 0x80) {
      this.buffer[this.used++] = (rest & 0x7f) | 0x80
      rest >>>= 7
    }
    this.buffer[this.used++] = rest
  }

  /** Zigzag LEB128 of −2^52 … 2^52−1. */
  svarint(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value)
  }

  bytes(value: Uint8Array): void {
    this.reserve(value.length)
    this.buffer.set(value, this.used)
    this.used += value.length
  }

  /** The units of `value` from `start` on, one byte each, without a length. */
  byteString(value: ByteString, start = 0): void {
    this.reserve(value.length - start)
    const { buffer } = this
    let at = this.used
    for (let i = start; i < value.length; i++) buffer[at++] = value.charCodeAt(i)
    this.used = at
  }

  /** A length as varint, then the bytes. */
  prefixedBytes(value: Uint8Array): void {
    this.varint(value.length)
    this.bytes(value)
  }

  prefixedByteString(value: ByteString): void {
    this.varint(value.length)
    this.byteString(value)
  }

  prefixedText(value: string): void {
    this.prefixedBytes(textEncoder.encode(value))
  }

  /** What was written so far; valid until the next write. */
  view(): Uint8Array {
    return this.buffer.subarray(0, this.used)
  }
}

/** Reads within the bytes it was given; anything past their end, or not minimal, is `damaged`. */
export class ByteReader {
  private readonly source: Uint8Array
  private readonly what: Said
  private at: number

  /** `what` names the structure in error messages; reading begins at byte `at`. */
  constructor(source: Uint8Array, what: Said, at = 0) {
    this.source = source
    this.what = what
    this.at = at
  }

  get offset(): number {
    return this.at
  }

  get remainingBytes(): number {
    return this.source.length - this.at
  }

  /** Throws `damaged`, naming the structure and the place in it. */
  fail(problem: Said): never {
    const { what, at } = this
    throw new ReftarError('damaged', said('{what}: {problem} (byte {at} of it)', { what, problem, at }))
  }

  byte(): number {
    const value = this.source[this.at]
    if (value === undefined) this.fail('ends too early')
    this.at++
    return value
  }

  varint(): number {
    const first = this.byte()
    if (first < 0x80) return first
    const second = this.byte()
    if (second < 0x80 && second > 0) return (first & 0x7f) | (second << 7)
    return this.longVarint(first, second)
  }

  private longVarint(first: number, second: number): number {
    let value = (first & 0x7f) + (second & 0x7f) * 0x80
    let byte = second
    let factor = 0x4000
    for (let count = 2; byte >= 0x80; count++) {
      if (count === MAX_VARINT_BYTES) this.fail('a number is too long')
      byte = this.byte()
      value += (byte & 0x7f) * factor
      factor *= 0x80
    }
    if (byte === 0) this.fail('a number isn’t written in its shortest form')
    if (value > Number.MAX_SAFE_INTEGER) this.fail('a number is too large')
    return value
  }

  /** A varint of at most `limit`. */
  varintUpTo(limit: number, name: Said): number {
    const value = this.varint()
    if (value > limit) this.fail(said('{what} is {value}, above the limit of {limit}', { what: name, value, limit }))
    return value
  }

  svarint(): number {
    const zigzag = this.varint()
    return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2
  }

  /** A view of the next bytes; their number is checked against what remains. */
  bytes(length: number): Uint8Array {
    if (length > this.remainingBytes)
      this.fail(said('needs {length} bytes, {left} are left', { length, left: this.remainingBytes }))
    const view = this.source.subarray(this.at, this.at + length)
    this.at += length
    return view
  }

  prefixedBytes(): Uint8Array {
    return this.bytes(this.varint())
  }

  prefixedByteString(): ByteString {
    return bytesToByteString(this.prefixedBytes())
  }

  prefixedText(): string {
    const bytes = this.prefixedBytes()
    try {
      return textDecoder.decode(bytes)
    } catch {
      return this.fail('a text isn’t UTF-8')
    }
  }

  /** Throws unless everything was read. */
  end(): void {
    if (this.remainingBytes > 0) this.fail(said('bytes are left over: {count}', { count: this.remainingBytes }))
  }
}
