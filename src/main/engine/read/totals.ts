/** Adds up what entries say: for the totals of a recovered archive, and for checking those of a complete one. */
import type { ArchiveTotals } from '../../../shared/archive-info.ts'
import type { Entry } from '../entry.ts'
import { emptyTotals } from '../format/directory.ts'

type MutableTotals = { -readonly [Name in keyof ArchiveTotals]: number }

/** Totals that follow from entries and sections alone. `sharedBytes` and `duplicateBytes` don't: they stay 0. */
export class TotalsCounter {
  readonly totals: MutableTotals = { ...emptyTotals }
  hasData = false

  addEntry(entry: Entry): void {
    const { totals } = this
    totals.entries++
    if (entry.kind === 'directory') totals.directories++
    else if (entry.kind === 'symlink') totals.symlinks++
    else if (entry.kind === 'hardlink') totals.hardLinks++
    else if (entry.kind !== 'file') totals.others++
    else {
      totals.files++
      totals.logicalBytes += entry.sizeBytes
      for (const segment of entry.segments) {
        if (segment.kind === 'hole') totals.holeBytes += segment.lengthBytes
        else if (segment.kind === 'zero') totals.zeroBytes += segment.lengthBytes
        else if (segment.kind === 'data') this.hasData = true
      }
    }
  }

  addPack(rawLengthBytes: number, storedLengthBytes: number): void {
    this.totals.packRawBytes += rawLengthBytes
    this.totals.packStoredBytes += storedLengthBytes
  }
}
