/** The archive under a temporary name beside its final one, until it is complete and on disk. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { ReftarError, withContext } from '../../../shared/errors.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { said } from '../../../shared/said.ts'
import { isStillNamed } from '../claim.ts'
import { closeQuietly } from '../exact-io.ts'
import type { FileSystem, Handle, NodeStatus, Ports } from '../ports.ts'
import { archiveSuffix, newRun, stagedName } from '../staging.ts'
import { splitSource } from './inputs.ts'
import { removeArchiveLeftovers } from './leftovers.ts'
import { withoutNocow } from './sink.ts'

/** Another run may take a new file for a leftover, before it is locked, once or twice; not for ever. */
const MOST_ATTEMPTS = 100

interface Staged {
  readonly name: ByteString
  readonly handle: Handle
}

export interface OutputOptions {
  readonly notice?: JobContext['notice']
  /** What is read while the archive is made: never taken for a leftover. */
  readonly source?: NodeStatus
}

export class OutputFile {
  readonly handle: Handle
  /** Where it is: its filesystem is the archive's. */
  readonly folder: Handle
  readonly #ports: Ports
  readonly #name: ByteString
  readonly #temporaryName: ByteString
  readonly #notice: JobContext['notice']
  readonly #own: readonly NodeStatus[]
  #isPublished = false

  private constructor(
    ports: Ports,
    folder: Handle,
    name: ByteString,
    staged: Staged,
    own: readonly NodeStatus[],
    notice: JobContext['notice'],
  ) {
    this.#ports = ports
    this.folder = folder
    this.#name = name
    this.#temporaryName = staged.name
    this.handle = staged.handle
    this.#own = own
    this.#notice = notice
  }

  /**
   * Creates the temporary file beside `path`, after removing what an interrupted run left of this archive. Throws
   * `is-a-directory` when the path is one.
   */
  static create(ports: Ports, path: ByteString, { notice, source }: OutputOptions = {}): OutputFile {
    const { files } = ports
    const { folder, name } = splitSource(path)
    try {
      const folderHandle = files.openDirectoryPath(folder)
      try {
        const replaced = replacedFile(files, folderHandle, name)
        removeArchiveLeftovers(ports, folderHandle, name, source, notice)
        const staged = stage(ports, folderHandle, name)
        try {
          withoutNocow(files, staged.handle)
          const own = [files.status(staged.handle), ...(replaced === undefined ? [] : [replaced])]
          return new OutputFile(ports, folderHandle, name, staged, own, notice)
        } catch (error) {
          removeStaged(ports, folderHandle, staged, notice)
          throw error
        }
      } catch (error) {
        closeQuietly(files, folderHandle)
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

  /**
   * Gives the finished and synced file its final name. Should only the folder's sync fail, what is thrown says so: the
   * archive has its name then and is complete.
   */
  publish(): void {
    const { files } = this.#ports
    files.rename(this.folder, this.#temporaryName, this.folder, this.#name, 'replace')
    this.#isPublished = true
    try {
      syncFolder(this.#ports, this.folder)
    } catch (error) {
      const message = 'The archive is complete and has its name, but that isn’t safe from a power cut yet'
      const { code, context } = withContext(error, {})
      throw new ReftarError(code, message, context, { cause: error })
    }
    this.#close()
  }

  /** Removes it, unless it has its final name, and closes it. Never throws: there is an error under way already. */
  discard(): void {
    if (this.#isPublished) this.#close()
    else {
      removeStaged(this.#ports, this.folder, { name: this.#temporaryName, handle: this.handle }, this.#notice)
      closeQuietly(this.#ports.files, this.folder)
    }
  }

  /** Both are synced: closing has nothing to say that matters. */
  #close(): void {
    closeQuietly(this.#ports.files, this.handle)
    closeQuietly(this.#ports.files, this.folder)
  }
}

/** A new file that is locked for as long as it is open, so that no other run takes it for a leftover. */
function stage(ports: Ports, folder: Handle, finalName: ByteString): Staged {
  const { files } = ports
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const name = stagedName(newRun(ports.randomBytes), archiveSuffix(finalName))
    const staged = { name, handle: files.createFile(folder, name, 0o666 & ~process.umask()) }
    try {
      const answer = files.tryLock(staged.handle)
      if (answer === 'unknown' || (answer === 'locked' && isStillNamed(ports, folder, name, staged.handle)))
        return staged
    } catch (error) {
      removeStaged(ports, folder, staged, undefined)
      throw error
    }
    // Another run locked it to remove it, which it now does.
    closeQuietly(files, staged.handle)
  }
  throw new ReftarError('busy', 'Other runs keep removing the new file')
}

function removeStaged(ports: Ports, folder: Handle, { name, handle }: Staged, notice: JobContext['notice']): void {
  try {
    ports.files.unlink(folder, name)
  } catch {
    notice?.(said('{name} couldn’t be removed; the next run will try again', { name: { verbatim: displayName(name) } }))
  }
  closeQuietly(ports.files, handle)
}

/** fsync of a folder; some network and FUSE filesystems don't know it, and there it isn't missed. */
function syncFolder({ files }: Ports, folder: Handle): void {
  try {
    files.sync(folder)
  } catch (error) {
    const { code } = withContext(error, {})
    if (code !== 'invalid-argument' && code !== 'not-supported') throw error
  }
}

/** What an archive of that name will replace; undefined when nothing has the name. `is-a-directory` when a folder has it. */
export function replacedFile(files: FileSystem, folder: Handle, name: ByteString): NodeStatus | undefined {
  const found = name === '' || name === '.' || name === '..' ? undefined : files.statusAt(folder, name)
  if (found?.kind === 'directory' || name === '' || name === '.' || name === '..') {
    throw new ReftarError('is-a-directory', 'A folder has that name')
  }
  return found
}
