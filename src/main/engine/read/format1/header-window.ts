/** Reads headers one after the other: many at once where they lie close together, one block where data lies between. */
import { readUpTo } from '../../exact-io.ts'
import type { Handle } from '../../ports.ts'
import type { ReaderPorts } from '../archive-file.ts'

/** A read costs about as much as copying 16 KiB, so headers that are nearer than this are worth reading together. */
const NEAR_BYTES = 16 << 10
const NEAR_WINDOW_BYTES = 128 << 10
const FAR_WINDOW_BYTES = 4 << 10

export class HeaderWindow {
  readonly #files: ReaderPorts['files']
  readonly #handle: Handle
  readonly #nearBytes: number
  #buffer = Buffer.alloc(FAR_WINDOW_BYTES)
  #view = viewOf(this.#buffer)
  #offset = 0
  #length = 0

  constructor(files: ReaderPorts['files'], handle: Handle, fileBytes: number) {
    this.#files = files
    this.#handle = handle
    this.#nearBytes = Math.min(NEAR_WINDOW_BYTES, fileBytes)
  }

  /** Where in `view` the byte at `offset` is, with `lengthBytes` from there on, or as many as the file has. */
  seek(offset: number, lengthBytes: number): number {
    const isInside = offset >= this.#offset && offset + lengthBytes <= this.#offset + this.#length
    if (!isInside) this.#load(offset, lengthBytes)
    return offset - this.#offset
  }

  /** All that is loaded, and more behind it; valid until the next seek. */
  get bytes(): Buffer {
    return this.#buffer
  }

  /** Over the same bytes. */
  get view(): DataView {
    return this.#view
  }

  #load(offset: number, lengthBytes: number): void {
    const isNear = offset - (this.#offset + this.#length) < NEAR_BYTES && offset >= this.#offset
    const wanted = Math.max(lengthBytes, isNear ? this.#nearBytes : FAR_WINDOW_BYTES)
    if (wanted > this.#buffer.length) {
      this.#buffer = Buffer.alloc(wanted)
      this.#view = viewOf(this.#buffer)
    }
    this.#length = readUpTo(this.#files, this.#handle, this.#buffer, 0, wanted, offset)
    this.#offset = offset
  }
}

function viewOf({ buffer, byteOffset, length }: Buffer): DataView {
  return new DataView(buffer, byteOffset, length)
}
