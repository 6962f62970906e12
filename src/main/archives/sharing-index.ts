/**
 * Who uses which bytes of the archive: a scan of all entries in the background, from opening on, whenever no view is
 * being scanned. Memory is UseMap's: 24 bytes for each run of bytes, at most 4 million runs.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type ArchiveReader, type ArchiveUse, type Entry, type EntryUse, storedOnly, UseMap } from '../engine/index.ts'
import { Slices } from './slices.ts'

const WAIT_MILLISECONDS = 25

export class SharingIndex {
  readonly #reader: ArchiveReader
  readonly #mustWait: () => boolean
  /** Set when all entries have been looked at and there was room for them. */
  #map: UseMap | undefined
  #scannedEntries = 0
  #isComplete = false
  #isClosed = false
  /** Settles when there is nothing more to wait for, whether sharing is known then or not. */
  readonly complete: Promise<void>

  /** `mustWait` says whether somebody waits for what the thread does otherwise. */
  constructor(reader: ArchiveReader, mustWait: () => boolean) {
    this.#reader = reader
    this.#mustWait = mustWait
    this.complete = this.#build()
  }

  get scannedEntries(): number {
    return this.#scannedEntries
  }

  get isComplete(): boolean {
    return this.#isComplete
  }

  /** Undefined until complete, and where the archive is too large or damaged. */
  get map(): UseMap | undefined {
    return this.#map
  }

  readonly use: ArchiveUse = (entry: Entry): EntryUse => this.#map?.of(entry) ?? storedOnly(entry)

  close(): void {
    this.#isClosed = true
  }

  async #letOthersIn(slices: Slices): Promise<void> {
    await slices.turn()
    while (this.#mustWait() && !this.#isClosed) await sleep(WAIT_MILLISECONDS)
  }

  async #build(): Promise<void> {
    const map = new UseMap()
    const slices = new Slices()
    // What is asked for right after the opening comes first.
    await sleep(WAIT_MILLISECONDS)
    try {
      for (const entry of this.#reader.entries()) {
        if ((++this.#scannedEntries & 63) === 0 && slices.isDue) await this.#letOthersIn(slices)
        if (this.#isClosed) return
        if (!map.add(entry)) return
      }
      map.finish()
      this.#map = map
    } catch {
      // Damage: the views say so. Without all entries nobody can say that a block is used by one alone.
    } finally {
      this.#isComplete = true
    }
  }
}
