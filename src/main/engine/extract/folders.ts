/** Folder entries: made or merged in passing, finished deepest first when all is in them, then published. */
import { type ByteString, baseName, displayName, parentPath } from '../../../shared/byte-string.ts'
import { errorData, ReftarError, withContext } from '../../../shared/errors.ts'
import type { Entry } from '../entry.ts'
import type { NodeStatus } from '../ports.ts'
import { OpenConflict, settleConflict } from './conflicts.ts'
import type { Directories, MovedFolder } from './directories.ts'
import type { Extraction } from './extraction.ts'
import { codeOf } from './faults.ts'
import type { Metadata } from './metadata.ts'
import { publishFolderReplacing, publishName } from './publish.ts'
import { removeTree } from './remove-tree.ts'
import { requireTarget } from './target.ts'

export class Folders {
  readonly #x: Extraction
  readonly #directories: Directories
  readonly #metadata: Metadata
  /** Folders that couldn't be: what lies in them is skipped without a problem for each. */
  readonly #blocked = new Set<ByteString>()

  constructor(x: Extraction, directories: Directories, metadata: Metadata) {
    this.#x = x
    this.#directories = directories
    this.#metadata = metadata
  }

  /** Makes the folder or takes the one that is there. */
  make(entry: Entry, path: ByteString): void {
    const parent = this.#directories.openOrMake(parentPath(path))
    if (parent.staged) {
      try {
        this.#directories.make(parent, path, undefined, undefined)
        this.#x.outcome.defer(this.#x.outcome.directories, entry)
        return
      } catch (error) {
        if (codeOf(error) !== 'already-exists') throw error
      }
    }
    const existing = this.#directories.statusAt(parent, path)
    const alias =
      existing === undefined || this.#directories.moved(path) !== undefined
        ? undefined
        : this.#x.aliases.find(parent, baseName(path), existing)
    if (existing === undefined) this.#directories.make(parent, path, undefined, undefined)
    else if (existing.kind !== 'directory' || alias !== undefined) {
      const verdict = this.#settle(entry, path, existing, alias)
      if (verdict === undefined) return
      this.#directories.make(parent, path, verdict, undefined)
    }
    this.#x.outcome.defer(this.#x.outcome.directories, entry)
  }

  /** Whether the path lies in a folder that couldn't be made. */
  isBlocked(path: ByteString): boolean {
    if (this.#blocked.size === 0) return false
    for (let folder = parentPath(path); folder !== ''; folder = parentPath(folder)) {
      if (this.#blocked.has(folder)) return true
    }
    return false
  }

  /** Owner, mode, attributes and times. The folder must hold all it is going to. */
  finish(entry: Entry, path: ByteString): void {
    const directory = this.#directories.open(path)
    this.#metadata.finishDirectory(directory.handle, entry)
    const moved = this.#directories.moved(path)
    if (moved) moved.impliedMode = undefined
  }

  /** Gives a staged folder its name. A failure removes the folder and is a problem. */
  publish(folder: MovedFolder): void {
    const { files } = this.#x.ports
    const parent = this.#directories.open(parentPath(folder.path)).handle
    const name = baseName(folder.path)
    try {
      if (folder.impliedMode !== undefined) {
        files.setMode(this.#directories.open(folder.path).handle, folder.impliedMode)
      }
      if (folder.verdict === 'replace') publishFolderReplacing(this.#x, parent, folder.currentName, name)
      const published =
        folder.verdict === 'replace'
          ? name
          : publishName(this.#x, parent, folder.currentName, name, undefined, folder.verdict)
      this.#directories.published(folder, published ?? name)
    } catch (error) {
      if (codeOf(error) === 'not-found') requireTarget(files, this.#directories.root.handle)
      this.remove(folder)
      this.#x.tally.problems++
      this.#x.job.problem(errorData(withContext(error, { entry: displayName(folder.path) })))
    }
  }

  /** Removes a staged folder and what is in it, as far as it can: what can't be removed is a problem. */
  remove(folder: MovedFolder): void {
    try {
      const parent = this.#directories.open(parentPath(folder.path)).handle
      removeTree(this.#x.ports.files, parent, folder.currentName)
    } catch (error) {
      if (codeOf(error) !== 'not-found') this.#reportLeft(folder, error)
    }
    this.#directories.forget(folder)
  }

  #reportLeft(folder: MovedFolder, error: unknown): void {
    this.#x.stage.hasLeftovers = true
    this.#x.tally.problems++
    const path = displayName(folder.currentName)
    const message = 'It was to be removed after a failure and couldn’t be; the next extraction here tries again'
    this.#x.job.problem(errorData(new ReftarError('io-error', message, { path }, { cause: error })))
  }

  #settle(
    entry: Entry,
    path: ByteString,
    existing: NodeStatus,
    alias: ByteString | undefined,
  ): 'replace' | 'rename' | undefined {
    try {
      const verdict = settleConflict(this.#x, entry, existing, alias)
      if (verdict !== 'skip') return verdict
    } catch (error) {
      if (!(error instanceof OpenConflict)) this.#blocked.add(path)
      throw error
    }
    this.#blocked.add(path)
    this.#x.tally.skipped++
    return undefined
  }
}
