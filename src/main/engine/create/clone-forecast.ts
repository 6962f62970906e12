/** Whether a source's blocks will be cloned, found out by cloning a few of each filesystem to a file without a name. */
import type { CopyReason } from '../../../shared/clone-reasons.ts'
import type { CloneMode } from '../../../shared/jobs.ts'
import type { Handle, NodeStatus, Ports } from '../ports.ts'
import { CloneAttempt, NOCOW_FLAG } from './clone-attempt.ts'
import { CLONE_THRESHOLD_BYTES } from './file-parts.ts'
import type { Snapshots } from './snapshots.ts'

export class CloneForecast {
  readonly #ports: Ports
  readonly #attempt: CloneAttempt
  readonly #scratch: Snapshots | undefined
  /** Devices of which a file was cloned. */
  readonly #cloneable = new Set<number>()

  /** `scratch` is on the archive's filesystem; without one the archive is taken to be beside each source. */
  constructor(ports: Ports, mode: CloneMode, scratch: Snapshots | undefined) {
    this.#ports = ports
    this.#attempt = new CloneAttempt(ports.files, mode === 'never' ? mode : 'auto', false)
    this.#scratch = scratch
  }

  /** Why whole blocks of a file will be copied; undefined when they will be cloned. `folder` holds the file. */
  refusal(
    handle: Handle,
    status: NodeStatus,
    folder: Handle,
    start: number,
    lengthBytes: number,
  ): CopyReason | undefined {
    const { files, cloner } = this.#ports
    const known = this.#attempt.refusal(status)
    if (known !== undefined) return known
    if (this.#cloneable.has(status.device) && (files.inodeFlags(handle) & NOCOW_FLAG) === 0) return undefined
    const scratch = this.#scratch
    if (scratch === undefined) return cloner.canClone(folder).possible ? undefined : 'no-reflinks'
    const tried = Math.min(lengthBytes, CLONE_THRESHOLD_BYTES)
    const reason = this.#attempt.clone(
      (source, from, length) => scratch.take(source, from, length),
      handle,
      status,
      start,
      tried,
    )
    if (reason === undefined) this.#cloneable.add(status.device)
    return reason
  }
}
