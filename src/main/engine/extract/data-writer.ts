/** Raw data runs: cloned from the archive, else from a file that has them already, else copied. */
import type { CopyReason } from '../../../shared/clone-reasons.ts'
import { ReftarError } from '../../../shared/errors.ts'
import type { Said } from '../../../shared/said.ts'
import type { Entry } from '../entry.ts'
import { writeAll } from '../exact-io.ts'
import { copyOnWriteOffFlag } from '../inode-flags.ts'
import { throwIfCancelled } from '../pacing.ts'
import type { Handle } from '../ports.ts'
import type { CloneTarget } from './clone-target.ts'
import type { ContentAction } from './content-plan.ts'
import type { Extraction } from './extraction.ts'
import { codeOf, readingArchive } from './faults.ts'
import type { Directory } from './open-directories.ts'
import { type CloneRecords, fromArchive } from './proof-records.ts'
import type { Siblings } from './siblings.ts'

/** The kernel isn't held longer than a clone of this size takes, and cancelling works in between. */
const cloneAtOnceBytes = 128 << 20
const copyAtOnceBytes = 1 << 20
const checkAtOnceBytes = 8 << 20
/** Past this many, what comes through a pipe counts as new each time it is used: 32 bytes each. */
const mostSpooledRanges = 1_000_000

export class DataWriter {
  /** Whether the file being written has ranges that others may be cloned from. */
  addedRanges = false
  readonly #x: Extraction
  readonly #siblings: Siblings
  readonly #records: CloneRecords
  #buffer: Uint8Array | undefined
  #file:
    | { readonly handle: Handle; readonly entry: Entry; readonly directory: Directory; readonly target: CloneTarget }
    | undefined
  /** Why this one file can't be cloned into. */
  #fileRefusal: CopyReason | undefined
  #wrote = false
  /** Whether ranges that came through a pipe count as this file's. */
  #hasRanges = false

  constructor(x: Extraction, siblings: Siblings, records: CloneRecords) {
    this.#x = x
    this.#siblings = siblings
    this.#records = records
  }

  /** The file that was begun last doesn't come about, or begins again: nobody can clone from it. */
  abandonFile(ordinal: number): void {
    if (this.addedRanges || this.#hasRanges) this.#siblings.ranges.forget(ordinal)
    this.addedRanges = false
    this.#hasRanges = false
  }

  beginFile(handle: Handle, entry: Entry, directory: Directory, target: CloneTarget): void {
    this.#file = { handle, entry, directory, target }
    this.#fileRefusal = undefined
    this.#wrote = false
    this.#hasRanges = false
  }

  /** Whole blocks, by whichever way they come; `isChecked` when they have been read and found good. */
  async clone(action: Extract<ContentAction, { kind: 'clone' }>, isChecked = false): Promise<void> {
    for (let done = 0; done < action.lengthBytes; ) {
      const length = Math.min(cloneAtOnceBytes, action.lengthBytes - done)
      const archiveOffset = action.archiveOffset + done
      const fileOffset = action.fileOffset + done
      const refusal =
        this.#current.target.archiveRefusal ??
        this.#fileRefusal ??
        this.#cloneFromArchive(archiveOffset, length, fileOffset)
      if (refusal !== undefined) await this.#replaceClone(archiveOffset, length, fileOffset, refusal)
      else if (this.#x.archiveStatus.linkCount === 0) await this.#takeSpooled(archiveOffset, length, fileOffset)
      else {
        this.#x.tally.clonedBytes += length
        this.#records.add(this.#current.entry.ordinal, fileOffset, length, fromArchive, archiveOffset)
        if (this.#x.options.verifyContents && !isChecked) await this.#checkCloned(archiveOffset, length)
      }
      done += length
      throwIfCancelled(this.#x.job.signal)
      if (this.#x.pacer.isDue) await this.#x.pacer.pause()
    }
  }

  /** Reads, which checks hashes, and writes. */
  async copy(archiveOffset: number, lengthBytes: number, fileOffset: number, reason: CopyReason): Promise<void> {
    const { reader, ports, tally, pacer } = this.#x
    this.#buffer ??= new Uint8Array(copyAtOnceBytes)
    const buffer = this.#buffer
    this.#x.budget.addWritten(lengthBytes)
    this.#wrote = true
    for (let done = 0; done < lengthBytes; ) {
      // Pieces end where multiples of their size lie in the archive, as its hashed ranges do.
      const room = copyAtOnceBytes - ((archiveOffset + done) % copyAtOnceBytes)
      const length = Math.min(room, lengthBytes - done)
      readingArchive(() => reader.readData(archiveOffset + done, length, buffer))
      writeAll(ports.files, this.#current.handle, buffer, 0, length, fileOffset + done)
      done += length
      tally.bytesDone += length
      if (pacer.isDue) await pacer.pause()
    }
    tally.addCopied(reason, lengthBytes)
  }

  /** Call before blocks are copied that could be shared: throws when cloning was demanded. */
  mustNotCopy(reason: CopyReason): void {
    if (this.#x.options.clone === 'always') throw cannotClone(reason)
  }

  get #current() {
    if (this.#file === undefined) throw new ReftarError('internal', 'No file is being written')
    return this.#file
  }

  /** Undefined when cloned, else why not. */
  #cloneFromArchive(archiveOffset: number, length: number, fileOffset: number): CopyReason | undefined {
    const { handle, directory, target } = this.#current
    for (let attempt = 0; ; attempt++) {
      try {
        this.#x.ports.cloner.cloneRange(this.#x.reader.handle, archiveOffset, length, handle, fileOffset)
        break
      } catch (error) {
        const code = codeOf(error)
        if (code === 'cross-device' || code === 'not-supported') return target.refuseArchive(code, directory)
        if (code === 'invalid-argument') {
          if (attempt === 0 && this.#alignCopyOnWrite()) continue
          this.#fileRefusal = this.#invalidReason()
        } else if (code === 'try-again') {
          if (attempt === 0 && this.#syncBoth()) continue
          this.#fileRefusal = 'refused'
        } else if (code === 'busy' || code === 'not-permitted') this.#fileRefusal = 'refused'
        else throw error
        return this.#fileRefusal
      }
    }
    this.#wrote = true
    this.#x.tally.bytesDone += length
    return undefined
  }

  async #checkCloned(archiveOffset: number, length: number): Promise<void> {
    const { reader, pacer, options } = this.#x
    const { canCheckData } = reader
    // Where nothing tells what is damaged, it can still be found out what can't be read.
    if (!canCheckData && options.keepDamaged !== true) return
    const atOnceBytes = canCheckData ? checkAtOnceBytes : copyAtOnceBytes
    this.#buffer ??= new Uint8Array(copyAtOnceBytes)
    const buffer = this.#buffer
    for (let done = 0; done < length; ) {
      const at = archiveOffset + done
      const piece = Math.min(atOnceBytes - (at % atOnceBytes), length - done)
      readingArchive(() => (canCheckData ? reader.checkData(at, piece) : reader.readData(at, piece, buffer)))
      done += piece
      if (pacer.isDue) await pacer.pause()
    }
  }

  /**
   * What was cloned from an archive without a name, which will be gone: the blocks are those of the first file that uses
   * them, new on disk like a copy and checked like one, and later files share them with it.
   */
  async #takeSpooled(archiveOffset: number, length: number, fileOffset: number): Promise<void> {
    const { tally, outcome } = this.#x
    const { entry } = this.#current
    const { ranges } = this.#siblings
    for (let done = 0; done < length; ) {
      const piece = ranges.lookUp(archiveOffset + done, length - done)
      const at = fileOffset + done
      if (piece.ordinal === entry.ordinal || outcome.isExtracted(piece.ordinal)) {
        tally.clonedFromFilesBytes += piece.lengthBytes
        this.#records.add(entry.ordinal, at, piece.lengthBytes, piece.ordinal, piece.fileOffset)
      } else {
        await this.#checkCloned(piece.archiveOffset, piece.lengthBytes)
        tally.addCopied('spooled', piece.lengthBytes)
        const isKept = piece.ordinal < 0 && ranges.size < mostSpooledRanges
        if (isKept) {
          ranges.add(piece.archiveOffset, piece.lengthBytes, entry.ordinal, at)
          this.#hasRanges = true
        }
      }
      done += piece.lengthBytes
    }
  }

  /** The archive can't be cloned from: from an extracted file that has the range, else the first copy of it. */
  async #replaceClone(archiveOffset: number, length: number, fileOffset: number, reason: CopyReason): Promise<void> {
    const { target, directory, entry } = this.#current
    const shares = reason !== 'not-wanted' && this.#fileRefusal === undefined && target.clonesFiles(directory)
    const { ranges } = this.#siblings
    for (let done = 0; done < length; ) {
      const piece = shares ? ranges.lookUp(archiveOffset + done, length - done) : undefined
      const pieceLength = piece?.lengthBytes ?? length
      const at = fileOffset + done
      if (
        piece === undefined ||
        piece.ordinal < 0 ||
        !this.#cloneFromSibling(piece.ordinal, piece.fileOffset, pieceLength, at)
      ) {
        this.mustNotCopy(reason)
        await this.copy(archiveOffset + done, pieceLength, at, reason)
        if (piece !== undefined && piece.ordinal < 0 && this.#siblings.canRemember) {
          ranges.add(archiveOffset + done, pieceLength, entry.ordinal, at)
          this.addedRanges = true
        }
      }
      done += pieceLength
    }
  }

  #cloneFromSibling(ordinal: number, sourceOffset: number, length: number, fileOffset: number): boolean {
    const { handle, entry } = this.#current
    const source = ordinal === entry.ordinal ? handle : this.#siblings.openUnchanged(ordinal)
    if (source === undefined) return false
    try {
      this.#x.ports.cloner.cloneRange(source, sourceOffset, length, handle, fileOffset)
    } catch (error) {
      const code = codeOf(error)
      if (code !== 'cross-device' && code !== 'not-supported' && code !== 'invalid-argument' && code !== 'try-again')
        throw error
      return false
    }
    this.#x.tally.clonedFromFilesBytes += length
    this.#x.tally.bytesDone += length
    this.#records.add(entry.ordinal, fileOffset, length, ordinal, sourceOffset)
    return true
  }

  #syncBoth(): boolean {
    this.#x.ports.files.sync(this.#x.reader.handle)
    this.#x.ports.files.sync(this.#current.handle)
    return true
  }

  /** Gives a file that inherited chattr +C from its folder, or should have it, the flag of its entry: only while it is empty. */
  #alignCopyOnWrite(): boolean {
    const { files } = this.#x.ports
    const { handle, entry } = this.#current
    const flags = files.inodeFlags(handle)
    const wanted = entry.inodeFlags & copyOnWriteOffFlag
    if (this.#wrote || (flags & copyOnWriteOffFlag) === wanted) return false
    files.truncate(handle, 0)
    files.setInodeFlags(handle, (flags & ~copyOnWriteOffFlag) | wanted)
    files.truncate(handle, entry.sizeBytes)
    return true
  }

  #invalidReason(): CopyReason {
    const { files } = this.#x.ports
    const either = files.inodeFlags(this.#current.handle) | files.inodeFlags(this.#x.reader.handle)
    return (either & copyOnWriteOffFlag) === 0 ? 'unaligned' : 'copy-on-write-off'
  }
}

function cannotClone(reason: CopyReason): ReftarError {
  const words: { readonly [Reason in CopyReason]?: Said } = {
    'different-filesystem': 'the archive is on a different filesystem',
    'no-reflinks': 'this filesystem can’t share blocks',
    'copy-on-write-off': 'copy-on-write is off for this file or for the archive',
    unaligned: 'its data isn’t on a block boundary in the archive',
  }
  return new ReftarError('cannot-clone', words[reason] ?? 'the filesystem refused to clone it')
}
