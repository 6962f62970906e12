/**
 * Which archive ranges already lie in an extracted file: where the archive can't be cloned from, the first user of a
 * range is a copy and every later one is cloned from it.
 */
import { NumberList } from '../number-list.ts'

export interface CopiedPiece {
  readonly archiveOffset: number
  readonly lengthBytes: number
  /** The extracted file that has it, or -1 when none has. */
  readonly ordinal: number
  readonly fileOffset: number
}

export class CopiedRanges {
  /** Disjoint, sorted by start. */
  readonly #starts = new NumberList()
  readonly #ends = new NumberList()
  readonly #ordinals = new NumberList()
  readonly #fileOffsets = new NumberList()

  get size(): number {
    return this.#starts.length
  }

  /** Remembers a range that no earlier one overlaps. */
  add(archiveOffset: number, lengthBytes: number, ordinal: number, fileOffset: number): void {
    const index = this.#firstEndingAfter(archiveOffset)
    const before = index - 1
    if (
      before >= 0 &&
      this.#ends.at(before) === archiveOffset &&
      this.#ordinals.at(before) === ordinal &&
      this.#fileOffsets.at(before) + archiveOffset - this.#starts.at(before) === fileOffset
    ) {
      this.#ends.set(before, archiveOffset + lengthBytes)
      return
    }
    this.#starts.insert(index, archiveOffset)
    this.#ends.insert(index, archiveOffset + lengthBytes)
    this.#ordinals.insert(index, ordinal)
    this.#fileOffsets.insert(index, fileOffset)
  }

  /** Forgets what lies in a file that didn't come about, or is written anew. */
  forget(ordinal: number): void {
    let kept = 0
    for (let index = 0; index < this.#starts.length; index++) {
      if (this.#ordinals.at(index) === ordinal) continue
      for (const list of [this.#starts, this.#ends, this.#ordinals, this.#fileOffsets]) list.set(kept, list.at(index))
      kept++
    }
    for (const list of [this.#starts, this.#ends, this.#ordinals, this.#fileOffsets]) list.truncate(kept)
  }

  /** The first piece at `archiveOffset`: known or not, and at most `lengthBytes` long. */
  lookUp(archiveOffset: number, lengthBytes: number): CopiedPiece {
    const index = this.#firstEndingAfter(archiveOffset)
    const end = archiveOffset + lengthBytes
    const start = index < this.#starts.length ? this.#starts.at(index) : Number.POSITIVE_INFINITY
    if (start > archiveOffset) {
      return { archiveOffset, lengthBytes: Math.min(start, end) - archiveOffset, ordinal: -1, fileOffset: 0 }
    }
    return {
      archiveOffset,
      lengthBytes: Math.min(this.#ends.at(index), end) - archiveOffset,
      ordinal: this.#ordinals.at(index),
      fileOffset: this.#fileOffsets.at(index) + archiveOffset - start,
    }
  }

  #firstEndingAfter(offset: number): number {
    let low = 0
    let high = this.#ends.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#ends.at(middle) > offset) high = middle
      else low = middle + 1
    }
    return low
  }
}
