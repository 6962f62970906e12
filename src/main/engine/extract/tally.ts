/** What the summary counts, while it is being counted. What a file added is taken back when the file fails. */
import { type CopiedBytes, type CopyReason, copyReasonTexts } from '../../../shared/clone-reasons.ts'

const reasons = Object.keys(copyReasonTexts) as readonly CopyReason[]

/** What was counted for one file. */
export interface FileCounts {
  readonly clonedBytes: number
  readonly copiedBytes: number
  /** Why most of it was; “packed” only where there is no other reason. */
  readonly copyReason: CopyReason | undefined
  readonly holeBytes: number
}

export class Tally {
  entries = 0
  files = 0
  logicalBytes = 0
  clonedBytes = 0
  clonedFromFilesBytes = 0
  holeBytes = 0
  skipped = 0
  renamed = 0
  madeChangeable = 0
  problems = 0
  /** Zeros in files that were kept, for what is damaged. */
  lostBytes = 0
  /** Bytes gone through, for progress; not taken back when a file fails. */
  bytesDone = 0
  readonly #copied = new Float64Array(reasons.length)
  readonly #markedCopied = new Float64Array(reasons.length)
  #markedCloned = 0
  #markedClonedFromFiles = 0
  #markedHole = 0
  #markedDone = 0

  addCopied(reason: CopyReason, bytes: number): void {
    const index = reasons.indexOf(reason)
    this.#copied[index] = (this.#copied[index] ?? 0) + bytes
  }

  get copied(): CopiedBytes {
    const pairs = reasons.map((reason, index) => [reason, this.#copied[index] ?? 0] as const)
    return Object.fromEntries(pairs.filter(([, bytes]) => bytes > 0))
  }

  /** A file begins. */
  mark(): void {
    this.#markedCopied.set(this.#copied)
    this.#markedCloned = this.clonedBytes
    this.#markedClonedFromFiles = this.clonedFromFilesBytes
    this.#markedHole = this.holeBytes
    this.#markedDone = this.bytesDone
  }

  /** What was counted since mark(). */
  ofFile(): FileCounts {
    let copiedBytes = 0
    let most = 0
    let copyReason: CopyReason | undefined
    for (const [index, reason] of reasons.entries()) {
      const bytes = (this.#copied[index] ?? 0) - (this.#markedCopied[index] ?? 0)
      if (bytes === 0) continue
      copiedBytes += bytes
      if (copyReason !== undefined && copyReason !== 'packed' && (reason === 'packed' || bytes <= most)) continue
      most = bytes
      copyReason = reason
    }
    const clonedFromArchive = this.clonedBytes - this.#markedCloned
    return {
      clonedBytes: clonedFromArchive + this.clonedFromFilesBytes - this.#markedClonedFromFiles,
      copiedBytes,
      copyReason,
      holeBytes: this.holeBytes - this.#markedHole,
    }
  }

  /** The file begins again: progress goes back, too. */
  restart(): void {
    this.takeBack()
    this.bytesDone = this.#markedDone
  }

  /** The file didn't come about: what was counted since mark() isn't there. */
  takeBack(): void {
    this.#copied.set(this.#markedCopied)
    this.clonedBytes = this.#markedCloned
    this.clonedFromFilesBytes = this.#markedClonedFromFiles
    this.holeBytes = this.#markedHole
  }
}
