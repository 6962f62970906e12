/** Where a planned archive will go: whether it can, what is free there, and whether blocks can be shared. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { type ErrorData, errorData, withContext } from '../../../shared/errors.ts'
import { closeQuietly } from '../exact-io.ts'
import type { Handle, NodeStatus, Ports } from '../ports.ts'
import { splitSource } from './inputs.ts'
import { replacedFile } from './output-file.ts'
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

  /** `path` is the archive's; undefined while none is chosen. An unnamed file is made in its folder, and nothing else. */
  constructor(ports: Ports, path: ByteString | undefined) {
    this.#ports = ports
    if (path === undefined) return
    try {
      this.#open(path)
    } catch (error) {
      this.obstacle = errorData(withContext(error, { path: displayName(path) }))
    }
  }

  /** Whether a visited file will be replaced by the archive, and so isn't archived. */
  isReplaced({ inode, device }: NodeStatus): boolean {
    return this.#replaced?.inode === inode && this.#replaced.device === device
  }

  close(): void {
    this.scratch?.close()
    if (this.#folder !== undefined) closeQuietly(this.#ports.files, this.#folder)
  }

  #open(path: ByteString): void {
    const { files, cloner } = this.#ports
    const { folder, name } = splitSource(path)
    const handle = files.openDirectoryPath(folder)
    this.#folder = handle
    this.freeBytes = files.filesystemInfo(handle).availableBytes
    this.#replaced = replacedFile(files, handle, name)
    this.scratch = new Snapshots(files, cloner, handle)
    this.canClone = cloner.canClone(handle).possible
  }
}
