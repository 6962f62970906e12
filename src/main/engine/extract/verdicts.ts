/**
 * Tells what became of each file. Files without clones are told when they are finished; those with clones wait for the
 * proof, in six numbers each.
 */
import { displayName } from '../../../shared/byte-string.ts'
import { type CopyReason, copyReasonTexts } from '../../../shared/clone-reasons.ts'
import type { SharingProof } from '../../../shared/jobs.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { NumberList } from '../number-list.ts'
import type { Extraction } from './extraction.ts'
import type { FileCounts } from './tally.ts'

const reasons = Object.keys(copyReasonTexts) as readonly CopyReason[]

export class Verdicts {
  readonly #tell: JobContext['verdict']
  readonly #ordinals = new NumberList()
  readonly #sizes = new NumberList()
  readonly #cloned = new NumberList()
  readonly #copied = new NumberList()
  readonly #reasons = new NumberList()
  readonly #holes = new NumberList()
  #next = 0

  constructor(tell: JobContext['verdict']) {
    this.#tell = tell
  }

  /** Call when a file has its name. */
  finished(x: Extraction, ordinal: number, sizeBytes: number, counts: FileCounts): void {
    this.#ordinals.push(ordinal)
    this.#sizes.push(sizeBytes)
    this.#cloned.push(counts.clonedBytes)
    this.#copied.push(counts.copiedBytes)
    this.#reasons.push(counts.copyReason === undefined ? -1 : reasons.indexOf(counts.copyReason))
    this.#holes.push(counts.holeBytes)
    // Those before it still wait for their proof, and come in order.
    if (counts.clonedBytes === 0 && this.#next === this.#ordinals.length - 1) this.#tellNext(x, undefined)
  }

  /** Call with the files that have clones in the order in which they were finished. */
  proven(x: Extraction, ordinal: number, bytes: SharingProof): void {
    if (this.#tell === undefined) return
    while (this.#next < this.#ordinals.length && this.#ordinals.at(this.#next) !== ordinal) this.#tellNext(x, undefined)
    if (this.#next < this.#ordinals.length) this.#tellNext(x, bytes)
  }

  /** Tells all that is left: what nobody proved can't be told. */
  end(x: Extraction): void {
    while (this.#next < this.#ordinals.length) this.#tellNext(x, undefined)
  }

  #tellNext(x: Extraction, bytes: SharingProof | undefined): void {
    const index = this.#next++
    const path = x.outcome.placeOf(x, this.#ordinals.at(index))
    const judged = bytes === undefined ? 0 : bytes.withArchiveBytes + bytes.amongFilesBytes + bytes.disprovedBytes
    this.#tell?.({
      path: path === undefined ? '' : displayName(path),
      sizeBytes: this.#sizes.at(index),
      withArchiveBytes: bytes?.withArchiveBytes ?? 0,
      withFilesBytes: bytes?.amongFilesBytes ?? 0,
      copiedBytes: this.#copied.at(index),
      copyReason: reasons[this.#reasons.at(index)],
      holeBytes: this.#holes.at(index),
      uncheckedBytes: Math.max(0, this.#cloned.at(index) - judged),
      notSharedBytes: bytes?.disprovedBytes ?? 0,
    })
  }
}
