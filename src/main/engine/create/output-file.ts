/** The archive under a temporary name beside its final one, until it is complete and on disk. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { ReftarError, withContext } from '../../../shared/errors.ts'
import type { Handle, NodeStatus, Ports } from '../ports.ts'
import { stagedName } from '../staging.ts'
import { splitSource } from './inputs.ts'
import { withoutNocow } from './sink.ts'

export class OutputFile {
  readonly handle: Handle
  readonly #ports: Ports
  /** Where it is: its filesystem is the archive's. */
  readonly folder: Handle
  readonly #name: ByteString
  readonly #temporaryName: ByteString
  readonly #own: readonly NodeStatus[]

  private constructor(ports: Ports, folder: Handle, name: ByteString, temporaryName: ByteString, handle: Handle) {
    this.#ports = ports
    this.folder = folder
    this.#name = name
    this.#temporaryName = temporaryName
    this.handle = handle
    const replaced = ports.files.statusAt(folder, name)
    this.#own = [ports.files.status(handle), ...(replaced === undefined ? [] : [replaced])]
  }

  /** Creates the temporary file beside `path`. Throws `is-a-directory` when the path is one. */
  static create(ports: Ports, path: ByteString): OutputFile {
    const { files } = ports
    const { folder, name } = splitSource(path)
    try {
      const folderHandle = files.openDirectoryPath(folder)
      try {
        if (name === '' || name === '.' || name === '..' || files.statusAt(folderHandle, name)?.kind === 'directory') {
          throw new ReftarError('is-a-directory', 'A folder has that name')
        }
        const temporaryName = stagedName(ports.randomBytes)
        const handle = files.createFile(folderHandle, temporaryName, 0o666 & ~process.umask())
        withoutNocow(files, handle)
        return new OutputFile(ports, folderHandle, name, temporaryName, handle)
      } catch (error) {
        files.close(folderHandle)
        throw error
      }
    } catch (error) {
      throw withContext(error, { path: displayName(path) })
    }
  }

  /** Whether a visited file is this one, or the one it will replace. */
  isItself(status: NodeStatus): boolean {
    return this.#own.some((own) => own.inode === status.inode && own.device === status.device)
  }

  /** Gives the finished and synced file its final name. */
  publish(): void {
    const { files } = this.#ports
    files.rename(this.folder, this.#temporaryName, this.folder, this.#name, 'replace')
    files.sync(this.folder)
    this.#close()
  }

  /** Removes it. */
  discard(): void {
    try {
      this.#ports.files.unlink(this.folder, this.#temporaryName)
    } finally {
      this.#close()
    }
  }

  #close(): void {
    this.#ports.files.close(this.handle)
    this.#ports.files.close(this.folder)
  }
}
