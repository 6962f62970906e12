/**
 * Who uses which bytes of the archive: a scan of all entries in the background, from opening on, while views have
 * their slices too. Memory is UseMap's: 24 bytes for each run of bytes, at most 4 million runs.
 */
import { type ArchiveReader, type ArchiveUse, type Entry, type EntryUse, storedOnly, UseMap } from '../engine/index.ts'
import { Slices } from './slices.ts'

export class SharingIndex {
  readonly #reader: ArchiveReader
  /** Set when all entries have been looked at and there was room for them. */
  #map: UseMap | undefined
  #scannedEntries = 0
  #isComplete = false
  #isClosed = false
  /** Settles when there is nothing more to wait for, whether sharing is known then or not. */
  readonly complete: Promise<void>

  constructor(reader: ArchiveReader) {
    this.#reader = reader
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

  async #build(): Promise<void> {
    const map = new UseMap()
    const slices = new Slices()
    // What was asked for with the opening comes first.
    await slices.turn()
    try {
      for (const entry of this.#reader.entries()) {
        if ((++this.#scannedEntries & 63) === 0 && slices.isDue) await slices.turn()
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
