/** Whether a source's blocks can be cloned into the archive is found out by trying, and remembered for its filesystem. */
import type { CopyReason } from '../../../shared/clone-reasons.ts'
import { ReftarError } from '../../../shared/errors.ts'
import type { CloneMode } from '../../../shared/jobs.ts'
import type { FileSystem, Handle, NodeStatus } from '../ports.ts'
import type { Sink } from './sink.ts'

/** FS_NOCOW_FL of linux/fs.h: such files can't share blocks with files that lack it. */
export const NOCOW_FLAG = 0x00800000

export class CloneAttempt {
  readonly #files: FileSystem
  readonly #sink: Sink
  readonly #mode: CloneMode
  /** Why not, by the device of the source; a device that isn't here may be tried. */
  readonly #refusals = new Map<number, CopyReason>()

  constructor(files: FileSystem, sink: Sink, mode: CloneMode) {
    this.#files = files
    this.#sink = sink
    this.#mode = mode
  }

  /** Why nothing of this device can be cloned, or undefined when it is worth trying. */
  refusal(status: NodeStatus): CopyReason | undefined {
    if (this.#sink.handle === undefined) return 'pipe'
    if (this.#mode === 'never') return 'not-wanted'
    return this.#refusals.get(status.device)
  }

  /**
   * Clones a range of a source into the archive at `offset`. Returns undefined when done, or why the bytes must be
   * copied. Real errors (no-space, io-error …) are thrown, and `cannot-clone` when the user wants clones only.
   */
  clone(
    source: Handle,
    status: NodeStatus,
    sourceOffset: number,
    lengthBytes: number,
    offset: number,
  ): CopyReason | undefined {
    try {
      this.#cloneOrRetry(source, sourceOffset, lengthBytes, offset)
      return undefined
    } catch (error) {
      const reason = this.#reason(error, source, status)
      if (this.#mode === 'always') {
        throw new ReftarError('cannot-clone', 'Its blocks can’t be shared with the archive', {}, { cause: error })
      }
      return reason
    }
  }

  #cloneOrRetry(source: Handle, sourceOffset: number, lengthBytes: number, offset: number): void {
    try {
      this.#sink.clone(source, sourceOffset, lengthBytes, offset)
    } catch (error) {
      // Blocks that aren't written back yet (ZFS): once they are, it works.
      if (!(error instanceof ReftarError) || error.code !== 'try-again') throw error
      this.#files.sync(source)
      this.#sink.clone(source, sourceOffset, lengthBytes, offset)
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
