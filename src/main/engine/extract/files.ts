/** One file: created, filled, given its metadata and published; or removed again. */
import { type ByteString, baseName, displayName, joinPath, parentPath } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import type { Entry } from '../entry.ts'
import type { Handle } from '../ports.ts'
import { damagedReplaces, settleConflict, type Verdict } from './conflicts.ts'
import type { Contents } from './contents.ts'
import type { Directories } from './directories.ts'
import { type Extraction, reportProblem } from './extraction.ts'
import { codeOf, isArchiveError } from './faults.ts'
import type { Metadata } from './metadata.ts'
import type { Directory } from './open-directories.ts'
import { publishName } from './publish.ts'
import type { LostRanges } from './readable-ranges.ts'

export class Files {
  readonly #x: Extraction
  readonly #directories: Directories
  readonly #contents: Contents
  readonly #metadata: Metadata
  // The file being made: one at a time, so that a small file costs no object.
  #handle: Handle | undefined
  #ordinal = -1
  #path = '' as ByteString
  #planned = '' as ByteString
  #parent = '' as ByteString
  #name = '' as ByteString
  /** Whether there is something to remove should it fail. */
  #isMade = false
  #needsPublishing = false
  #verdict: Verdict | undefined

  constructor(x: Extraction, directories: Directories, contents: Contents, metadata: Metadata) {
    this.#x = x
    this.#directories = directories
    this.#contents = contents
    this.#metadata = metadata
  }

  /**
   * Extracts `entry` as the file `path`. Done on return, or when the promise is fulfilled. What it throws leaves
   * nothing of the file behind. `planned` is where the entry of this ordinal would have gone by itself.
   */
  extract(entry: Entry, path: ByteString, planned: ByteString = path): Promise<void> | undefined {
    this.#planned = planned
    this.#x.budget.addFile(entry.sizeBytes)
    const directory = this.#create(entry, path)
    if (directory === undefined) {
      this.#x.tally.skipped++
      return undefined
    }
    let pending: Promise<void> | undefined
    try {
      const handle = this.#created
      this.#metadata.setFlags(handle, entry)
      pending = this.#contents.write(handle, entry, directory)
      if (pending === undefined) {
        this.#finish(entry, directory)
        return undefined
      }
    } catch (error) {
      this.#discard()
      throw error
    }
    return this.#finishLater(pending, entry)
  }

  async #finishLater(pending: Promise<void>, entry: Entry): Promise<void> {
    let lost: LostRanges | undefined
    let isThere = false
    try {
      try {
        await pending
      } catch (error) {
        lost = await this.#rescue(entry, error)
      }
      isThere = this.#finish(entry, this.#directories.open(this.#parent))
    } catch (error) {
      this.#discard()
      throw error
    }
    if (lost === undefined || lost.bytes === 0 || !isThere) return
    this.#x.tally.lostBytes += lost.bytes
    reportProblem(this.#x, lost.problem(), entry)
  }

  /** Fills the file with what isn't damaged, or throws: never over what exists, and not without anything of it. */
  async #rescue(entry: Entry, error: unknown): Promise<LostRanges> {
    if (this.#x.options.keepDamaged !== true || !isArchiveError(error)) throw error
    if (this.#verdict === 'replace') throw damagedReplaces()
    this.#x.tally.restart()
    const lost = await this.#contents.rescue(this.#created, entry, this.#directories.open(this.#parent))
    if (lost === undefined) throw error
    // Nothing is lost when what couldn't be read at first could be now.
    if (lost.bytes > 0) this.#x.outcome.markDamaged(entry.ordinal)
    return lost
  }

  get #created(): Handle {
    if (this.#handle === undefined) throw new Error('no file is being made')
    return this.#handle
  }

  /** Undefined when the policy says to skip it. */
  #create(entry: Entry, path: ByteString): Directory | undefined {
    const { files } = this.#x.ports
    this.#x.tally.mark()
    this.#handle = undefined
    this.#isMade = false
    this.#ordinal = entry.ordinal
    this.#path = path
    this.#parent = parentPath(path)
    this.#name = baseName(path)
    this.#verdict = undefined
    this.#needsPublishing = false
    const directory = this.#directories.openOrMake(this.#parent)
    const mode = this.#metadata.creationMode(entry, directory)
    if (directory.staged && this.#directories.moved(path) === undefined) {
      try {
        this.#handle = files.createFile(directory.handle, this.#name, mode)
        this.#isMade = true
        return directory
      } catch (error) {
        if (codeOf(error) !== 'already-exists') throw error
      }
    }
    const existing = this.#directories.statusAt(directory, path)
    if (existing) {
      const alias = this.#x.aliases.find(directory, this.#name, existing)
      this.#verdict = settleConflict(this.#x, entry, existing, alias)
    }
    if (this.#verdict === 'skip') return undefined
    this.#needsPublishing = true
    this.#name = this.#x.stage.nameIn(this.#parent)
    this.#handle = files.createFile(directory.handle, this.#name, mode)
    this.#isMade = true
    return directory
  }

  /** Whether the file is there now: false when the policy says to skip it. */
  #finish(entry: Entry, directory: Directory): boolean {
    const { files } = this.#x.ports
    const { tally, outcome } = this.#x
    const handle = this.#created
    this.#metadata.finishFile(handle, entry, directory)
    // Before the file gets its name: some filesystems report late that it couldn't be written.
    this.#handle = undefined
    files.close(handle)
    let finalPath = this.#path
    if (this.#needsPublishing) {
      const name = publishName(this.#x, directory.handle, this.#name, baseName(this.#path), entry, this.#verdict)
      if (name === undefined) {
        this.#discard()
        tally.skipped++
        return false
      }
      this.#name = name
      finalPath = joinPath(this.#parent, name)
    }
    this.#isMade = false
    if (this.#contents.isSource) this.#contents.siblings.remember(entry.ordinal, directory.handle, this.#name)
    outcome.extracted(entry.ordinal, finalPath, this.#planned)
    if (this.#x.job.verdict !== undefined) {
      this.#x.verdicts.finished(this.#x, entry.ordinal, entry.sizeBytes, tally.ofFile())
    }
    if (this.#contents.hasClones(entry)) outcome.keepPlace(entry.ordinal, finalPath)
    tally.files++
    tally.logicalBytes += entry.sizeBytes
    return true
  }

  /** Removes what there is of the file. It never had its final name, or lies in a stage. */
  #discard(): void {
    const { files } = this.#x.ports
    this.#x.tally.takeBack()
    this.#contents.abandon(this.#ordinal)
    if (!this.#isMade) return
    this.#isMade = false
    const handle = this.#handle
    this.#handle = undefined
    try {
      if (handle !== undefined) files.close(handle)
    } catch {
      // It is going to be removed.
    }
    try {
      files.unlink(this.#directories.open(this.#parent).handle, this.#name)
    } catch (error) {
      if (codeOf(error) === 'not-found') return
      this.#x.stage.hasLeftovers = true
      // In a stage it would be taken for complete when that gets its name: the extraction has to end.
      const path = displayName(this.#name)
      throw new ReftarError('io-error', 'An unfinished file couldn’t be removed', { path }, { cause: error })
    }
  }
}
