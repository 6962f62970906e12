/** Links, FIFOs and devices: made after all files, so that no entry can lead through one. */
import { type ByteString, baseName, joinPath, parentPath } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { removeAcls } from '../acls.ts'
import type { Entry } from '../entry.ts'
import { closeQuietly } from '../exact-io.ts'
import type { FileSystem, Handle, NodeStatus } from '../ports.ts'
import { settleConflict, type Verdict } from './conflicts.ts'
import type { Directories } from './directories.ts'
import type { Extraction } from './extraction.ts'
import { codeOf } from './faults.ts'
import type { Metadata } from './metadata.ts'
import type { Directory } from './open-directories.ts'
import { publishName } from './publish.ts'

/** Of a node in a folder of its own. */
const nodeName = 'node' as ByteString

export class Nodes {
  readonly #x: Extraction
  readonly #directories: Directories
  readonly #metadata: Metadata

  constructor(x: Extraction, directories: Directories, metadata: Metadata) {
    this.#x = x
    this.#directories = directories
    this.#metadata = metadata
  }

  /** A symbolic link, FIFO or device. `planned` is where the entry of this ordinal would have gone by itself. */
  makeNode(entry: Entry, path: ByteString, planned: ByteString = path): void {
    const { files } = this.#x.ports
    this.#place(entry, entry, path, planned, (directory, name) => {
      if (entry.kind === 'symlink') files.makeSymlink(directory.handle, name, entry.linkTarget)
      else if (entry.kind === 'fifo' || entry.kind === 'character-device' || entry.kind === 'block-device') {
        files.makeNode(directory.handle, name, entry.kind, 0o600, entry.deviceMajor, entry.deviceMinor)
      } else throw new ReftarError('internal', `A ${entry.kind} is no special node`)
      try {
        this.#metadata.finishNode(directory, name, entry)
      } catch (error) {
        files.unlink(directory.handle, name)
        throw error
      }
    })
  }

  /**
   * Another name for what the entry `target` holds. False when that was replaced by something else since: the caller
   * then extracts the contents under this name.
   */
  makeHardLink(entry: Entry, path: ByteString, target: Entry): boolean {
    const { files } = this.#x.ports
    const source = this.#x.outcome.placeOf(this.#x, target.ordinal)
    if (source === undefined) return false
    const sourceName = baseName(source)
    const found = this.#statusOf(source)
    if (found === undefined || !isTarget(found, target)) return false
    this.#place(entry, target, path, path, (directory, name) => {
      // Opened here because making room for `directory` may have closed it.
      const sourceDirectory = this.#directories.open(parentPath(source)).handle
      files.makeHardLink(sourceDirectory, sourceName, this.#directories.open(directory.path).handle, name)
    })
    return true
  }

  #statusOf(path: ByteString): NodeStatus | undefined {
    return this.#x.ports.files.statusAt(this.#directories.open(parentPath(path)).handle, baseName(path))
  }

  #place(
    entry: Entry,
    source: Entry,
    path: ByteString,
    planned: ByteString,
    make: (directory: Directory, name: ByteString) => void,
  ): void {
    const { tally, outcome } = this.#x
    const parent = parentPath(path)
    const name = baseName(path)
    const directory = this.#directories.openOrMake(parent)
    if (directory.staged && this.#directories.moved(path) === undefined) {
      try {
        make(directory, name)
        outcome.extracted(entry.ordinal, path, planned)
        return
      } catch (error) {
        if (codeOf(error) !== 'already-exists') throw error
      }
    }
    const existing = this.#directories.statusAt(directory, path)
    const verdict: Verdict | undefined = existing
      ? settleConflict(this.#x, source, existing, this.#x.aliases.find(directory, name, existing))
      : undefined
    if (verdict === 'skip') {
      tally.skipped++
      return
    }
    const published =
      entry.kind === 'hardlink'
        ? this.#placeLink(source, directory, name, verdict, make)
        : this.#placeAside(source, directory, name, verdict, make)
    if (published === undefined) tally.skipped++
    else outcome.extracted(entry.ordinal, joinPath(parent, published), planned)
  }

  #placeLink(
    source: Entry,
    directory: Directory,
    name: ByteString,
    verdict: Verdict | undefined,
    make: (directory: Directory, name: ByteString) => void,
  ): ByteString | undefined {
    const { path } = directory
    const temporary = this.#x.stage.nameIn(path)
    make(directory, temporary)
    try {
      return publishName(this.#x, this.#directories.open(path).handle, temporary, name, source, verdict)
    } finally {
      // rename(2) of one hard link over another of the same file does nothing, so the temporary name may be left.
      this.#unlinkIfThere(path, temporary)
    }
  }

  /**
   * Owners and modes of nodes are set by name. In a folder that others may change, a node is therefore made in a folder
   * of its own: nobody can put something else in its place before it is finished.
   */
  #placeAside(
    source: Entry,
    directory: Directory,
    name: ByteString,
    verdict: Verdict | undefined,
    make: (directory: Directory, name: ByteString) => void,
  ): ByteString | undefined {
    const { files, accounts } = this.#x.ports
    const aside = this.#x.stage.nameIn(directory.path)
    files.makeDirectory(directory.handle, aside, 0o700)
    let handle: Handle | undefined
    try {
      handle = files.openDirectoryBelow(directory.handle, aside)
      const { uid, mode } = files.status(handle)
      if (uid !== accounts.effectiveUserId || (mode & 0o077) !== 0) {
        throw new ReftarError('io-error', 'Somebody replaced a folder that had just been made')
      }
      if (this.#x.options.samePermissions && directory.handsOnAcl) removeAcls(files, handle)
      make({ ...directory, handle, staged: true }, nodeName)
      try {
        return publishName(this.#x, directory.handle, nodeName, name, source, verdict, handle)
      } finally {
        unlinkIfThere(files, handle, nodeName)
      }
    } finally {
      if (handle !== undefined) closeQuietly(files, handle)
      try {
        files.removeDirectory(directory.handle, aside)
      } catch {
        this.#x.stage.hasLeftovers = true
      }
    }
  }

  #unlinkIfThere(parent: ByteString, name: ByteString): void {
    try {
      unlinkIfThere(this.#x.ports.files, this.#directories.open(parent).handle, name)
    } catch (error) {
      this.#x.stage.hasLeftovers = true
      throw error
    }
  }
}

function unlinkIfThere(files: FileSystem, directory: Handle, name: ByteString): void {
  try {
    files.unlink(directory, name)
  } catch (error) {
    if (codeOf(error) !== 'not-found') throw error
  }
}

/** A name in the way of another entry may have been replaced, so the node is looked at again. */
function isTarget(found: NodeStatus, target: Entry): boolean {
  if (found.kind !== target.kind) return false
  if (target.kind !== 'file') return true
  return found.sizeBytes === target.sizeBytes && found.modifyTime.seconds === target.modifyTime.seconds
}
