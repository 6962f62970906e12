/** Where a planned archive will go: whether it can, what is free there, and whether blocks can be shared. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { type ErrorData, errorData, withContext } from '../../../shared/errors.ts'
import { closeQuietly } from '../exact-io.ts'
import type { Handle, NodeStatus, Ports } from '../ports.ts'
import { isSame, openArchivePlace } from './archive-place.ts'
import { Snapshots } from './snapshots.ts'

export class Destination {
  freeBytes: number | undefined
  canClone: boolean | undefined
  /** Why no archive can be made there. */
  obstacle: ErrorData | undefined
  /** For trying whether a source's blocks can be shared with the archive. Undefined where no file can be made. */
  scratch: Snapshots | undefined
  #replaced: NodeStatus | undefined
  #folder: Handle | undefined
  readonly #ports: Ports

  /**
   * `path` is the archive's; undefined while none is chosen. `sources` are the files that were named to go into it. An
   * unnamed file is made in its folder, and nothing else.
   */
  constructor(ports: Ports, path: ByteString | undefined, sources: readonly NodeStatus[]) {
    this.#ports = ports
    if (path === undefined) return
    try {
      this.#open(path, sources)
    } catch (error) {
      this.obstacle = errorData(withContext(error, { path: displayName(path) }))
    }
  }

  /** Whether a visited file will be replaced by the archive, and so isn't archived. */
  isReplaced(status: NodeStatus): boolean {
    return this.#replaced !== undefined && isSame(this.#replaced, status)
  }

  close(): void {
    this.scratch?.close()
    if (this.#folder !== undefined) closeQuietly(this.#ports.files, this.#folder)
  }

  #open(path: ByteString, sources: readonly NodeStatus[]): void {
    const { files, cloner } = this.#ports
    const { folder: handle, replaced } = openArchivePlace(files, path, sources)
    this.#folder = handle
    this.#replaced = replaced
    this.freeBytes = files.filesystemInfo(handle).availableBytes
    this.scratch = new Snapshots(files, cloner, handle)
    this.canClone = cloner.canClone(handle).possible
  }
}
