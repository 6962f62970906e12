/** Which ranges were cloned from where, kept for the proof at the end: five numbers a clone. */
import { NumberList } from '../number-list.ts'

/** Past this many the rest counts as unchecked: 40 MB are enough for a proof. */
const mostRecords = 1_000_000

/** `source` of a clone from the archive itself. */
export const fromArchive = -1

export interface CloneRecord {
  readonly ordinal: number
  readonly fileOffset: number
  readonly lengthBytes: number
  /** Ordinal of the extracted file that was cloned from, or `fromArchive`. */
  readonly source: number
  readonly sourceOffset: number
}

export class CloneRecords {
  readonly #ordinals = new NumberList()
  readonly #fileOffsets = new NumberList()
  readonly #lengths = new NumberList()
  readonly #sources = new NumberList()
  readonly #sourceOffsets = new NumberList()
  /** Cloned, but more than is remembered. */
  unrecordedBytes = 0

  get length(): number {
    return this.#ordinals.length
  }

  /** Of the file that was cloned last. */
  get lastOrdinal(): number {
    return this.length === 0 ? -1 : this.#ordinals.at(this.length - 1)
  }

  add(ordinal: number, fileOffset: number, lengthBytes: number, source: number, sourceOffset: number): void {
    const last = this.length - 1
    if (last >= 0 && this.#continues(last, ordinal, fileOffset, source, sourceOffset)) {
      this.#lengths.set(last, this.#lengths.at(last) + lengthBytes)
      return
    }
    if (this.length >= mostRecords) {
      this.unrecordedBytes += lengthBytes
      return
    }
    this.#ordinals.push(ordinal)
    this.#fileOffsets.push(fileOffset)
    this.#lengths.push(lengthBytes)
    this.#sources.push(source)
    this.#sourceOffsets.push(sourceOffset)
  }

  /** Forgets the clones of the file that was cloned last. */
  forget(ordinal: number): void {
    const lists = [this.#ordinals, this.#fileOffsets, this.#lengths, this.#sources, this.#sourceOffsets]
    let kept = this.length
    while (kept > 0 && this.#ordinals.at(kept - 1) === ordinal) kept--
    for (const list of lists) list.truncate(kept)
  }

  at(index: number): CloneRecord {
    return {
      ordinal: this.#ordinals.at(index),
      fileOffset: this.#fileOffsets.at(index),
      lengthBytes: this.#lengths.at(index),
      source: this.#sources.at(index),
      sourceOffset: this.#sourceOffsets.at(index),
    }
  }

  #continues(last: number, ordinal: number, fileOffset: number, source: number, sourceOffset: number): boolean {
    const length = this.#lengths.at(last)
    return (
      this.#ordinals.at(last) === ordinal &&
      this.#sources.at(last) === source &&
      this.#fileOffsets.at(last) + length === fileOffset &&
      this.#sourceOffsets.at(last) + length === sourceOffset
    )
  }
}
