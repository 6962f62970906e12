/** Writes a file's contents: cloned where blocks can be shared, else copied, and every copied byte with its reason. */
import { ReftarError } from '../../../shared/errors.ts'
import { said } from '../../../shared/said.ts'
import type { Entry } from '../entry.ts'
import { writeAll } from '../exact-io.ts'
import type { Handle } from '../ports.ts'
import { type CloneTarget, CloneTargets } from './clone-target.ts'
import { type ContentAction, planContent } from './content-plan.ts'
import { DataWriter } from './data-writer.ts'
import type { Directories } from './directories.ts'
import type { Extraction } from './extraction.ts'
import { markArchiveError } from './faults.ts'
import type { Directory } from './open-directories.ts'
import { Packs } from './packs.ts'
import type { CloneRecords } from './proof-records.ts'
import { LostRanges, readableStretches } from './readable-ranges.ts'
import { Siblings } from './siblings.ts'

const zerosAtOnceBytes = 1 << 20

export class Contents {
  readonly siblings: Siblings
  readonly #x: Extraction
  readonly #targets: CloneTargets
  readonly #records: CloneRecords
  readonly #packs: Packs
  readonly #data: DataWriter
  #zeros: Uint8Array | undefined

  constructor(x: Extraction, directories: Directories, records: CloneRecords, readsAll: boolean) {
    this.#x = x
    this.#targets = new CloneTargets(x)
    this.#records = records
    this.#packs = new Packs(x.reader, readsAll, x.budget)
    this.siblings = new Siblings(x, directories)
    this.#data = new DataWriter(x, this.siblings, records)
  }

  /** Whether others may be cloned from the file just written, so that its state must be remembered. */
  get isSource(): boolean {
    return this.#data.addedRanges
  }

  /** Whether the file just written has clones, so that its place is going to be asked for. */
  hasClones(entry: Entry): boolean {
    return this.#records.lastOrdinal === entry.ordinal
  }

  /** Fills an empty file. Small files of a pack that is at hand are done on return; otherwise await the promise. */
  write(handle: Handle, entry: Entry, directory: Directory): Promise<void> | undefined {
    this.#data.addedRanges = false
    const { segments, sizeBytes } = entry
    const [first] = segments
    const only = segments.length === 1 ? first : undefined
    if (only?.kind === 'pack' && only.lengthBytes === sizeBytes) {
      if (this.#packs.isLoaded(only.pack)) {
        this.#writeWhole(handle, entry, directory, only.pack, only.packOffset)
        return undefined
      }
      return this.#packs
        .load(only.pack)
        .then(() => this.#writeWhole(handle, entry, directory, only.pack, only.packOffset))
    }
    return sizeBytes === 0 && segments.length === 0 ? undefined : this.#writePlanned(handle, entry, directory)
  }

  /** The file that was written last doesn't come about. */
  abandon(ordinal: number): void {
    this.#data.abandonFile(ordinal)
  }

  /**
   * Fills the file again, without what the archive doesn't have any more: that stays zeros, and is returned; undefined
   * when nothing of the file's data is left.
   */
  async rescue(handle: Handle, entry: Entry, directory: Directory): Promise<LostRanges | undefined> {
    const { files } = this.#x.ports
    const { reader, pacer } = this.#x
    const target = this.#targets.of(directory)
    const plan = (): Iterable<ContentAction> => planContent(entry.segments, target.blockSizeBytes)
    const lost = new LostRanges()
    let hasData = false
    this.#data.abandonFile(entry.ordinal)
    this.#records.forget(entry.ordinal)
    this.#checkedPlan(entry, target)
    files.truncate(handle, 0)
    files.truncate(handle, entry.sizeBytes)
    this.#data.beginFile(handle, entry, directory, target)
    // Clones first, as always.
    for (const action of plan()) {
      if (action.kind !== 'clone') continue
      for await (const good of readableStretches(reader, action, lost, pacer)) {
        hasData = true
        await this.#data.clone({ ...action, ...good }, true)
      }
    }
    for (const action of plan()) {
      const { kind, fileOffset, lengthBytes } = action
      if (kind === 'copy') {
        for await (const good of readableStretches(reader, action, lost, pacer)) {
          hasData = true
          await this.#data.copy(good.archiveOffset, good.lengthBytes, good.fileOffset, action.reason)
        }
      } else if (kind === 'pack') {
        try {
          await this.#packs.load(action.pack)
          this.#packs.bytes(action.packOffset, lengthBytes)
        } catch (error) {
          lost.add(fileOffset, lengthBytes, error)
          continue
        }
        hasData = true
        await this.#writeAction(handle, action, target)
      } else if (kind === 'zero' && this.#x.options.zeros === 'write') await this.#writeAction(handle, action, target)
      else if (kind !== 'clone') this.#skip(action)
    }
    return hasData ? lost : undefined
  }

  /** A small file: one write, or a clone of a file that was written from the same place. */
  #writeWhole(handle: Handle, entry: Entry, directory: Directory, pack: number, packOffset: number): void {
    const { sizeBytes, ordinal } = entry
    const { tally } = this.#x
    const bytes = this.#packs.bytes(packOffset, sizeBytes)
    const target = this.#targets.of(directory)
    tally.bytesDone += sizeBytes
    if (sizeBytes >= target.blockSizeBytes && target.clonesFiles(directory)) {
      const twin = this.siblings.packPlaces.findOrAdd(pack, packOffset, sizeBytes, ordinal)
      if (twin >= 0) {
        if (this.siblings.cloneWhole(twin, handle, bytes, packOffset, sizeBytes)) {
          tally.clonedFromFilesBytes += sizeBytes
          this.#records.add(ordinal, 0, sizeBytes, twin, 0)
          return
        }
        this.siblings.packPlaces.replace(pack, packOffset, sizeBytes, ordinal)
      }
    }
    this.#x.budget.addWritten(sizeBytes)
    writeAll(this.#x.ports.files, handle, bytes, packOffset, sizeBytes, 0)
    tally.addCopied('packed', sizeBytes)
  }

  async #writePlanned(handle: Handle, entry: Entry, directory: Directory): Promise<void> {
    const target = this.#targets.of(directory)
    const plan = (): Iterable<ContentAction> => planContent(entry.segments, target.blockSizeBytes)
    if (!this.#checkedPlan(entry, target).isWritten) this.#x.ports.files.truncate(handle, entry.sizeBytes)
    // Clones first: should the file have to be emptied to become cloneable, nothing is lost.
    this.#data.beginFile(handle, entry, directory, target)
    for (const action of plan()) {
      if (action.kind === 'clone') await this.#data.clone(action)
    }
    for (const action of plan()) {
      if (action.kind === 'hole' || (action.kind === 'zero' && this.#x.options.zeros === 'hole')) this.#skip(action)
      else if (action.kind !== 'clone') await this.#writeAction(handle, action, target)
    }
  }

  /** Throws when the archive holds more or less than the whole file; `isWritten`: every byte of it gets written. */
  #checkedPlan(entry: Entry, target: CloneTarget): { readonly isWritten: boolean } {
    let plannedBytes = 0
    let isWritten = true
    for (const { kind, lengthBytes } of planContent(entry.segments, target.blockSizeBytes)) {
      plannedBytes += lengthBytes
      isWritten &&= kind === 'copy' || kind === 'pack'
    }
    checkLength(plannedBytes, entry.sizeBytes)
    return { isWritten }
  }

  /** Nothing is written where the file has a hole; there may be millions, so that this must be quick. */
  #skip({ lengthBytes }: ContentAction): void {
    this.#x.tally.holeBytes += lengthBytes
    this.#x.tally.bytesDone += lengthBytes
  }

  async #writeAction(handle: Handle, action: ContentAction, target: CloneTarget): Promise<void> {
    const { tally } = this.#x
    const { lengthBytes, fileOffset } = action
    if (action.kind === 'pack') {
      await this.#packs.load(action.pack)
      const bytes = this.#packs.bytes(action.packOffset, lengthBytes)
      this.#x.budget.addWritten(lengthBytes)
      writeAll(this.#x.ports.files, handle, bytes, action.packOffset, lengthBytes, fileOffset)
      tally.addCopied('packed', lengthBytes)
      tally.bytesDone += lengthBytes
    } else if (action.kind === 'copy') {
      const reason =
        action.reason === 'unaligned' && target.archiveRefusal !== undefined ? target.archiveRefusal : action.reason
      if (lengthBytes >= target.blockSizeBytes) this.#data.mustNotCopy(reason)
      await this.#data.copy(action.archiveOffset, lengthBytes, fileOffset, reason)
    } else await this.#writeZeros(handle, fileOffset, lengthBytes)
  }

  async #writeZeros(handle: Handle, fileOffset: number, lengthBytes: number): Promise<void> {
    this.#x.budget.addWritten(lengthBytes)
    this.#zeros ??= new Uint8Array(zerosAtOnceBytes)
    for (let done = 0; done < lengthBytes; ) {
      const piece = Math.min(zerosAtOnceBytes, lengthBytes - done)
      writeAll(this.#x.ports.files, handle, this.#zeros, 0, piece, fileOffset + done)
      done += piece
      this.#x.tally.bytesDone += piece
      if (this.#x.pacer.isDue) await this.#x.pacer.pause()
    }
    this.#x.tally.addCopied('zeros', lengthBytes)
  }
}

function checkLength(plannedBytes: number, sizeBytes: number): void {
  if (plannedBytes === sizeBytes) return
  const message = said('it should have {size} bytes, but the archive holds {held} for it', {
    size: sizeBytes,
    held: plannedBytes,
  })
  throw markArchiveError(new ReftarError('damaged', message))
}
