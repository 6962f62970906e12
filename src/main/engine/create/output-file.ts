/** The archive under a temporary name beside its final one, until it is complete and on disk. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { ReftarError, withContext } from '../../../shared/errors.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { said } from '../../../shared/said.ts'
import { isStillNamed } from '../claim.ts'
import { closeQuietly } from '../exact-io.ts'
import type { Handle, NodeStatus, Ports } from '../ports.ts'
import { archiveSuffix, newRun, stagedName } from '../staging.ts'
import { type ArchivePlace, isSame, notReplaceable, openArchivePlace } from './archive-place.ts'
import { keepAccess } from './keep-access.ts'
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
  /** Files that were named to be read while the archive is made: never replaced, and never taken for a leftover. */
  readonly sources?: readonly NodeStatus[]
}

export class OutputFile {
  readonly handle: Handle
  /** Where it is: its filesystem is the archive's. */
  readonly folder: Handle
  readonly #ports: Ports
  readonly #name: ByteString
  readonly #temporaryName: ByteString
  readonly #notice: JobContext['notice']
  readonly #staged: NodeStatus
  readonly #replaced: NodeStatus | undefined
  #isPublished = false

  private constructor(ports: Ports, place: ArchivePlace, staged: Staged, notice: JobContext['notice']) {
    this.#ports = ports
    this.folder = place.folder
    this.#name = place.name
    this.#replaced = place.replaced
    this.#temporaryName = staged.name
    this.handle = staged.handle
    this.#staged = ports.files.status(staged.handle)
    this.#notice = notice
  }

  /**
   * Creates the temporary file beside where `path` leads, after removing what an interrupted run left of this archive.
   * Throws what openArchivePlace does, before anything is written.
   */
  static create(ports: Ports, path: ByteString, { notice, sources = [] }: OutputOptions = {}): OutputFile {
    const { files } = ports
    try {
      const place = openArchivePlace(files, path, sources)
      try {
        removeArchiveLeftovers(ports, place.folder, place.name, sources, notice)
        const staged = stage(ports, place)
        try {
          withoutNocow(files, staged.handle)
          return new OutputFile(ports, place, staged, notice)
        } catch (error) {
          removeStaged(ports, place.folder, staged, notice)
          throw error
        }
      } catch (error) {
        closeQuietly(files, place.folder)
        throw error
      }
    } catch (error) {
      throw withContext(error, { path: displayName(path) })
    }
  }

  /** Whether a visited file is this one, which has no name of its own yet. */
  isStaged(status: NodeStatus): boolean {
    return isSame(this.#staged, status)
  }

  /** Whether a visited file is the one that this will replace. */
  isReplaced(status: NodeStatus): boolean {
    return this.#replaced !== undefined && isSame(this.#replaced, status)
  }

  /**
   * Gives the finished and synced file its final name, and owner and permissions of what it replaces. Should only the
   * folder's sync fail, what is thrown says so: the archive has its name then and is complete.
   */
  publish(): void {
    const { files } = this.#ports
    const replaced = files.statusAt(this.folder, this.#name)
    if (replaced !== undefined) {
      if (replaced.kind !== 'file') throw notReplaceable()
      keepAccess(files, this.handle, this.folder, this.#name, replaced)
    }
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

/**
 * A new file that is locked for as long as it is open, so that no other run takes it for a leftover. Where it will
 * replace another, only its user may read it until then: that one may be private.
 */
function stage(ports: Ports, { folder, name: finalName, replaced }: ArchivePlace): Staged {
  const { files } = ports
  const mode = replaced === undefined ? 0o666 & ~process.umask() : 0o600
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const name = stagedName(newRun(ports.randomBytes), archiveSuffix(finalName))
    const staged = { name, handle: files.createFile(folder, name, mode) }
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
