/** Brings ranges of one archive into another: cloned where both lie on a filesystem that can, else copied. */
import type { CopyReason } from '../../../shared/clone-reasons.ts'
import { ReftarError } from '../../../shared/errors.ts'
import type { CloneMode } from '../../../shared/jobs.ts'
import type { Sink } from '../create/sink.ts'
import type { Pacer } from '../pacing.ts'
import type { ArchiveReader } from '../reader.ts'

/** One clone call at most: the kernel isn't held for long, and cancelling works. */
const MAX_CLONE_BYTES = 64 << 20
const PIECE_BYTES = 1 << 20

export interface CopiedCounts {
  clonedBytes: number
  readonly copied: { [Reason in CopyReason]?: number }
}

export class RangeCopier {
  readonly counts: CopiedCounts = { clonedBytes: 0, copied: {} }
  readonly #reader: ArchiveReader
  readonly #sink: Sink
  readonly #mode: CloneMode
  readonly #pacer: Pacer
  readonly #alignment: number
  readonly #piece = new Uint8Array(PIECE_BYTES)
  #refusal: CopyReason | undefined

  /** `alignment`: block size of the target's filesystem. Hashes of what is cloned are the caller's to check. */
  constructor(reader: ArchiveReader, sink: Sink, mode: CloneMode, pacer: Pacer, alignment: number) {
    this.#reader = reader
    this.#sink = sink
    this.#mode = mode
    this.#pacer = pacer
    this.#alignment = alignment
    if (mode === 'never') this.#refusal = 'not-wanted'
  }

  /** Makes `lengthBytes` at `targetOffset` the source's. `damaged` where the hash of what is copied says so. */
  async copy(archiveOffset: number, lengthBytes: number, targetOffset: number): Promise<void> {
    const aligned = archiveOffset % this.#alignment === 0 && targetOffset % this.#alignment === 0
    const whole = aligned ? lengthBytes - (lengthBytes % this.#alignment) : 0
    for (let done = 0; done < whole; done += MAX_CLONE_BYTES) {
      const length = Math.min(MAX_CLONE_BYTES, whole - done)
      const reason = this.#clone(archiveOffset + done, length, targetOffset + done)
      if (reason !== undefined) await this.#write(archiveOffset + done, length, targetOffset + done, reason)
    }
    if (whole < lengthBytes) {
      const reason = this.#refusal ?? (aligned ? 'packed' : 'unaligned')
      await this.#write(archiveOffset + whole, lengthBytes - whole, targetOffset + whole, reason)
    }
  }

  /** Clones a range of whole blocks; false, with nothing to rely on at the target, when that can't be done. */
  async cloneOnly(archiveOffset: number, lengthBytes: number, targetOffset: number): Promise<boolean> {
    const isAligned = [archiveOffset, lengthBytes, targetOffset].every((place) => place % this.#alignment === 0)
    if (!isAligned || this.#clone(archiveOffset, lengthBytes, targetOffset) !== undefined) return false
    if (this.#pacer.isDue) await this.#pacer.pause()
    return true
  }

  /** Undefined when cloned, else why not. */
  #clone(archiveOffset: number, lengthBytes: number, targetOffset: number): CopyReason | undefined {
    if (this.#refusal !== undefined) return this.#refusal
    try {
      this.#sink.clone(this.#reader.handle, archiveOffset, lengthBytes, targetOffset)
      this.counts.clonedBytes += lengthBytes
      return undefined
    } catch (error) {
      const reason = this.#reason(error)
      if (this.#mode === 'always') {
        throw new ReftarError('cannot-clone', 'Its blocks can’t be shared between the archives', {}, { cause: error })
      }
      return reason
    }
  }

  #reason(error: unknown): CopyReason {
    switch (error instanceof ReftarError ? error.code : undefined) {
      case 'not-supported':
        this.#refusal = 'no-reflinks'
        return this.#refusal
      case 'cross-device':
        this.#refusal = 'different-filesystem'
        return this.#refusal
      case 'invalid-argument':
      case 'busy':
      case 'not-permitted':
      case 'try-again':
        return 'refused'
      default:
        throw error
    }
  }

  async #write(archiveOffset: number, lengthBytes: number, targetOffset: number, reason: CopyReason): Promise<void> {
    for (let done = 0; done < lengthBytes; done += PIECE_BYTES) {
      const length = Math.min(PIECE_BYTES, lengthBytes - done)
      this.#reader.readData(archiveOffset + done, length, this.#piece)
      this.#sink.write(this.#piece.subarray(0, length), targetOffset + done)
      if (this.#pacer.isDue) await this.#pacer.pause()
    }
    this.counts.copied[reason] = (this.counts.copied[reason] ?? 0) + lengthBytes
  }
}
