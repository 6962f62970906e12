/** Whether a source's blocks can be shared with the archive is found out by trying, and remembered for its filesystem. */
import type { CopyReason } from '../../../shared/clone-reasons.ts'
import { ReftarError } from '../../../shared/errors.ts'
import type { CloneMode } from '../../../shared/jobs.ts'
import type { FileSystem, Handle, NodeStatus } from '../ports.ts'

/** FS_NOCOW_FL of linux/fs.h: such files can't share blocks with files that lack it. */
export const NOCOW_FLAG = 0x00800000

/** Clones a range of a source to where it belongs. Errors of Cloner.cloneRange. */
export type CloneInto = (source: Handle, sourceOffset: number, lengthBytes: number) => void

export class CloneAttempt {
  readonly #files: FileSystem
  readonly #mode: CloneMode
  readonly #isPipe: boolean
  /** Why not, by the device of the source; a device that isn't here may be tried. */
  readonly #refusals = new Map<number, CopyReason>()

  constructor(files: FileSystem, mode: CloneMode, isPipe: boolean) {
    this.#files = files
    this.#mode = mode
    this.#isPipe = isPipe
  }

  /** Why nothing of this device can be cloned, or undefined when it is worth trying. */
  refusal(status: NodeStatus): CopyReason | undefined {
    if (this.#isPipe) return 'pipe'
    if (this.#mode === 'never') return 'not-wanted'
    return this.#refusals.get(status.device)
  }

  /**
   * Tries to clone a range. Returns undefined when done, or why the bytes must be copied. Real errors (no-space,
   * io-error …) are thrown, and `cannot-clone` when the user wants clones only.
   */
  clone(
    cloneInto: CloneInto,
    source: Handle,
    status: NodeStatus,
    sourceOffset: number,
    lengthBytes: number,
  ): CopyReason | undefined {
    try {
      this.#cloneOrRetry(cloneInto, source, sourceOffset, lengthBytes)
      return undefined
    } catch (error) {
      const reason = this.#reason(error, source, status)
      if (this.#mode === 'always') {
        throw new ReftarError('cannot-clone', 'Its blocks can’t be shared with the archive', {}, { cause: error })
      }
      return reason
    }
  }

  #cloneOrRetry(cloneInto: CloneInto, source: Handle, sourceOffset: number, lengthBytes: number): void {
    try {
      cloneInto(source, sourceOffset, lengthBytes)
    } catch (error) {
      // Blocks that aren't written back yet (ZFS): once they are, it works.
      if (!(error instanceof ReftarError) || error.code !== 'try-again') throw error
      this.#files.sync(source)
      cloneInto(source, sourceOffset, lengthBytes)
    }
  }

  #reason(error: unknown, source: Handle, status: NodeStatus): CopyReason {
    const code = error instanceof ReftarError ? error.code : undefined
    switch (code) {
      case 'not-supported':
        this.#refusals.set(status.device, 'no-reflinks')
        return 'no-reflinks'
      case 'cross-device':
        this.#refusals.set(status.device, 'different-filesystem')
        return 'different-filesystem'
      case 'invalid-argument':
        return (this.#files.inodeFlags(source) & NOCOW_FLAG) === 0 ? 'refused' : 'copy-on-write-off'
      case 'busy':
      case 'not-permitted':
      case 'try-again':
        return 'refused'
      default:
        throw error
    }
  }
}
