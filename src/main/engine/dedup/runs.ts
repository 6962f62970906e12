/** Splits file data into what is new, what the archive holds already, and what is zeros: merged into runs. */
import type { BlockIndex } from './block-index.ts'

/**
 * A shorter duplicate isn't worth its reference: each one breaks a clone in two (20–36 µs each on btrfs and XFS, as
 * much as writing 16–24 KiB) and fragments the extracted file.
 */
export const MIN_DUPLICATE_BLOCKS = 4

export type Run =
  | { readonly kind: 'new'; readonly lengthBytes: number }
  | { readonly kind: 'zero'; readonly lengthBytes: number }
  | { readonly kind: 'duplicate'; readonly lengthBytes: number; readonly archiveOffset: number }

export class RunFinder {
  readonly #index: BlockIndex
  readonly #blockBytes: number
  readonly #zeroBlock: Buffer

  constructor(index: BlockIndex, blockBytes: number) {
    this.#index = index
    this.#blockBytes = blockBytes
    this.#zeroBlock = Buffer.alloc(blockBytes)
  }

  /**
   * Splits the whole blocks in `bytes` into runs, in order, covering all of it.
   * - `continuation`: archive offset that would go on where the previous run, a duplicate, ended; -1 for none.
   * - `isWhole`: these bytes are all there is, so a duplicate of all of it counts however short it is.
   */
  split(bytes: Buffer, continuation: number, isWhole: boolean): Run[] {
    const size = this.#blockBytes
    const runs: Run[] = []
    this.#index.startWindow(bytes)
    let newFrom = 0
    let at = 0
    while (at < bytes.length) {
      const zeros = this.#zeroBytesAt(bytes, at)
      if (zeros > 0) {
        if (at > newFrom) runs.push({ kind: 'new', lengthBytes: at - newFrom })
        runs.push({ kind: 'zero', lengthBytes: zeros })
        at += zeros
        newFrom = at
        continue
      }
      const goesOn = at === 0 && continuation >= 0 && this.#index.matches(bytes.subarray(at, at + size), continuation)
      const found = goesOn ? continuation : this.#index.find(at / size)
      if (found < 0) {
        at += size
        continue
      }
      const forward = this.#matchForward(bytes, at, found)
      const backward = goesOn ? 0 : this.#matchBackward(bytes, at, newFrom, found)
      const length = forward + backward
      const whole = isWhole && at - backward === 0 && length === bytes.length
      if (!goesOn && !whole && length < MIN_DUPLICATE_BLOCKS * size) {
        at += forward
        continue
      }
      const start = at - backward
      if (start > newFrom) runs.push({ kind: 'new', lengthBytes: start - newFrom })
      runs.push({ kind: 'duplicate', lengthBytes: length, archiveOffset: found - backward })
      at = start + length
      newFrom = at
    }
    if (at > newFrom) runs.push({ kind: 'new', lengthBytes: at - newFrom })
    return runs
  }

  /** Records `lengthBytes` of the bytes last split, from `from` on, as stored at `archiveOffset`. */
  remember(from: number, lengthBytes: number, archiveOffset: number): void {
    const size = this.#blockBytes
    for (let at = 0; at < lengthBytes; at += size) this.#index.remember((from + at) / size, archiveOffset + at)
  }

  #zeroBytesAt(bytes: Buffer, from: number): number {
    const size = this.#blockBytes
    let at = from
    while (at < bytes.length && bytes[at] === 0 && this.#zeroBlock.equals(bytes.subarray(at, at + size))) at += size
    return at - from
  }

  #matchForward(bytes: Buffer, from: number, archiveOffset: number): number {
    const size = this.#blockBytes
    let length = size
    while (from + length < bytes.length) {
      const block = bytes.subarray(from + length, from + length + size)
      if ((block[0] === 0 && this.#zeroBlock.equals(block)) || !this.#index.matches(block, archiveOffset + length))
        break
      length += size
    }
    return length
  }

  #matchBackward(bytes: Buffer, from: number, limit: number, archiveOffset: number): number {
    const size = this.#blockBytes
    let length = 0
    while (from - length - size >= limit && archiveOffset - length - size >= size) {
      const start = from - length - size
      if (!this.#index.matches(bytes.subarray(start, start + size), archiveOffset - length - size)) break
      length += size
    }
    return length
  }
}
