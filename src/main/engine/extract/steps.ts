/** The order of an extraction: files and folders, then links and nodes, then the folders' metadata, then their names. */
import { type ByteString, comparePaths, displayName, parentPath } from '../../../shared/byte-string.ts'
import { errorData, ReftarError, withContext } from '../../../shared/errors.ts'
import type { JobPhase } from '../../../shared/progress.ts'
import { said } from '../../../shared/said.ts'
import type { Entry } from '../entry.ts'
import { immutableFlags } from '../inode-flags.ts'
import { NumberList } from '../number-list.ts'
import type { Pacer } from '../pacing.ts'
import { OpenConflict } from './conflicts.ts'
import type { Contents } from './contents.ts'
import type { Directories } from './directories.ts'
import { type Extraction, reportProblem } from './extraction.ts'
import { codeOf, endsExtraction } from './faults.ts'
import type { Files } from './files.ts'
import type { Folders } from './folders.ts'
import type { Immutables } from './immutables.ts'
import { linkTarget } from './link-target.ts'
import type { Nodes } from './nodes.ts'
import { pathToMake, stripComponents } from './paths.ts'
import type { Selection } from './selection.ts'
import type { Tally } from './tally.ts'
import { requireTarget } from './target.ts'

export interface Parts {
  readonly contents: Contents
  readonly files: Files
  readonly folders: Folders
  readonly nodes: Nodes
  readonly immutables: Immutables
}

export interface Watched {
  phase: JobPhase
  current: ByteString | undefined
  readonly pacer: Pacer
  readonly tally: Tally
}

export class Steps {
  readonly #x: Extraction
  readonly #directories: Directories
  readonly #parts: Parts
  readonly #watched: Watched
  /** Whether folders came before what they hold, so that the reverse order is deepest first. */
  #isSorted = true
  #lastPath = '' as ByteString

  constructor(x: Extraction, directories: Directories, parts: Parts, watched: Watched) {
    this.#x = x
    this.#directories = directories
    this.#parts = parts
    this.#watched = watched
  }

  /** Carries it all out; on an error removes everything that has no final name yet, then throws. */
  async run(selection: Selection): Promise<void> {
    try {
      await this.#makeFilesAndFolders(selection)
      await this.#makeLinksAndNodes()
      this.#watched.phase = 'finish'
      await this.#finishFolders()
      await this.#forEach(this.#x.outcome.immutable, (entry, path) => this.#parts.immutables.finish(entry, path))
    } catch (error) {
      this.#parts.contents.siblings.closeSource()
      this.#removeStaged(error)
      throw error
    }
    this.#parts.contents.siblings.closeSource()
    this.#reportRest(selection)
  }

  async #makeFilesAndFolders(selection: Selection): Promise<void> {
    const { pacer } = this.#x
    for (const entry of selection.entries()) {
      const path = this.#targetOf(entry)
      if (path === undefined) continue
      this.#watched.current = entry.path
      try {
        const pending = this.#begin(entry, path)
        if (pending !== undefined) await pending
      } catch (error) {
        this.#report(error, entry)
      }
      if (pacer.isDue) await pacer.pause()
    }
  }

  /** The path below the target; undefined when the entry isn't to be extracted, which has been counted. */
  #targetOf(entry: Entry): ByteString | undefined {
    let path: ByteString | undefined
    try {
      path = pathToMake(entry.path, this.#x.options.stripComponents)
    } catch (error) {
      this.#report(error, entry)
    }
    if (path === undefined) return undefined
    if (this.#parts.folders.isBlocked(path)) {
      this.#x.tally.skipped++
      return undefined
    }
    return path
  }

  #begin(entry: Entry, path: ByteString): Promise<void> | undefined {
    const { outcome, tally } = this.#x
    tally.entries++
    if ((entry.inodeFlags & immutableFlags) !== 0) outcome.defer(outcome.immutable, entry)
    switch (entry.kind) {
      case 'file':
        return this.#settled(entry, path, () => this.#parts.files.extract(entry, path))
      case 'directory':
        return this.#settled(entry, path, () => this.#beginFolder(entry, path))
      case 'hardlink':
        outcome.defer(outcome.hardLinks, entry)
        return undefined
      default:
        outcome.defer(outcome.nodes, entry)
        return undefined
    }
  }

  #beginFolder(entry: Entry, path: ByteString): undefined {
    this.#parts.folders.make(entry, path)
    if (this.#isSorted) {
      this.#isSorted = this.#lastPath === '' || comparePaths(this.#lastPath, path) < 0
      this.#lastPath = path
    }
  }

  /** Does it, or asks what it should do and then does it. */
  #settled(
    entry: Entry,
    path: ByteString,
    act: () => Promise<void> | void,
    isAnswered = false,
  ): Promise<void> | undefined {
    if (!isAnswered) {
      this.#x.questions.nextEntry()
      this.#x.job.entry?.(displayName(entry.path))
    }
    try {
      return act() ?? undefined
    } catch (error) {
      if (!(error instanceof OpenConflict)) throw error
      return this.#x.questions
        .ask(this.#x, this.#directories, entry, path, error)
        .then(() => this.#settled(entry, path, act, true))
    }
  }

  async #makeLinksAndNodes(): Promise<void> {
    const { outcome } = this.#x
    await this.#forEach(outcome.nodes, (entry, path) =>
      this.#settled(entry, path, () => this.#parts.nodes.makeNode(entry, path)),
    )
    await this.#forEach(outcome.hardLinks, (entry, path) =>
      this.#settled(entry, path, () => this.#makeHardLink(entry, path)),
    )
  }

  /** A link to what wasn't extracted becomes the file itself, and later links to the same go to it. */
  #makeHardLink(entry: Entry, path: ByteString): Promise<void> | undefined {
    const target = linkTarget(this.#x.reader, entry)
    const { outcome } = this.#x
    if (outcome.isExtracted(target.ordinal) && this.#parts.nodes.makeHardLink(entry, path, target)) {
      if (outcome.isDamaged(target.ordinal) && outcome.isExtracted(entry.ordinal)) this.#reportOtherName(entry, target)
      return undefined
    }
    // Undefined only when stripping leaves nothing of it: no place that anything could be at.
    const planned = stripComponents(target.path, this.#x.options.stripComponents) ?? target.path
    if (target.kind === 'file') return this.#parts.files.extract({ ...target, path: entry.path }, path, planned)
    this.#parts.nodes.makeNode({ ...target, path: entry.path }, path, planned)
    return undefined
  }

  #reportOtherName(entry: Entry, target: Entry): void {
    const path = { verbatim: displayName(target.path) }
    const message = said('another name of “{path}”, which was kept with zeros for what is damaged', { path })
    reportProblem(this.#x, new ReftarError('kept-damaged', message), entry)
  }

  async #finishFolders(): Promise<void> {
    const order = this.#deepestFirst(this.#x.outcome.directories)
    // Folders staged in a stage come first: taking their names changes the time of the folder they are in.
    for (const folder of this.#directories.stagedFolders()) {
      const { staged } = this.#directories.open(parentPath(folder.path))
      if (staged) this.#parts.folders.publish(folder)
    }
    const existing = new NumberList()
    await this.#forEach(order, (entry, path) => {
      if (this.#directories.open(path).staged) this.#parts.folders.finish(entry, path)
      else existing.push(entry.ordinal)
    })
    for (const folder of this.#directories.stagedFolders()) {
      this.#parts.folders.publish(folder)
      if (this.#x.pacer.isDue) await this.#x.pacer.pause()
    }
    await this.#forEach(existing, (entry, path) => this.#parts.folders.finish(entry, path))
  }

  /** Fetches deferred entries again, so that meanwhile only their numbers are kept. */
  async #forEach(ordinals: NumberList, act: (entry: Entry, path: ByteString) => Promise<void> | void): Promise<void> {
    const { outcome, options, pacer } = this.#x
    for (let index = 0; index < ordinals.length; index++) {
      const entry = outcome.deferred(this.#x, ordinals.at(index))
      const path = stripComponents(entry.path, options.stripComponents)
      if (path === undefined) continue
      this.#watched.current = entry.path
      try {
        const pending = act(entry, path)
        if (pending !== undefined) await pending
      } catch (error) {
        this.#report(error, entry)
      }
      if (pacer.isDue) await pacer.pause()
    }
  }

  #deepestFirst(ordinals: NumberList): NumberList {
    const reversed = new NumberList()
    for (let index = ordinals.length - 1; index >= 0; index--) reversed.push(ordinals.at(index))
    if (this.#isSorted) return reversed
    const depths = new Map<number, number[]>()
    for (let index = 0; index < reversed.length; index++) {
      const ordinal = reversed.at(index)
      const depth = this.#x.outcome.deferred(this.#x, ordinal).path.split('/').length
      const same = depths.get(depth)
      if (same) same.push(ordinal)
      else depths.set(depth, [ordinal])
    }
    const sorted = new NumberList()
    for (const depth of [...depths.keys()].sort((a, b) => b - a)) {
      for (const ordinal of depths.get(depth) ?? []) sorted.push(ordinal)
    }
    return sorted
  }

  #report(error: unknown, entry: Entry): void {
    if (codeOf(error) === 'not-found') requireTarget(this.#x.ports.files, this.#directories.root.handle)
    if (endsExtraction(error)) throw named(error, entry)
    reportProblem(this.#x, error, entry)
  }

  #reportRest(selection: Selection): void {
    const { tally, job, refusals } = this.#x
    for (const problem of [...selection.missing().map(errorData), ...refusals.problems()]) {
      tally.problems++
      job.problem(problem)
    }
  }

  /** Says so, but for a cancellation: whoever cancels is told what that means anyway. */
  #removeStaged(error: unknown): void {
    const staged = this.#directories.stagedFolders()
    for (const folder of staged) this.#parts.folders.remove(folder)
    const code = codeOf(error)
    if (code === 'cancelled' || code === 'target-removed' || staged.length === 0) return
    this.#x.job.notice?.(
      'what was extracted into the target itself and into folders that it had stays; new folders, not complete yet, were removed',
    )
  }
}

/** What ends the extraction says at which entry it happened; a cancellation is about none. */
function named(error: unknown, entry: Entry): unknown {
  return codeOf(error) === 'cancelled' ? error : withContext(error, { entry: displayName(entry.path) })
}
