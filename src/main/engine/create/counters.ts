/** What a creation has done so far: progress, summary and the archive's totals come from here. */
import type { ArchiveTotals } from '../../../shared/archive-info.ts'
import type { CopyReason } from '../../../shared/clone-reasons.ts'
import type { Entry } from '../entry.ts'

export class CreateCounters {
  entries = 0
  files = 0
  directories = 0
  symlinks = 0
  hardLinks = 0
  others = 0
  skipped = 0
  problems = 0
  logicalBytes = 0
  holeBytes = 0
  zeroBytes = 0
  /** Raw data in the archive. */
  dataBytes = 0
  clonedBytes = 0
  packedBytes = 0
  sharedBytes = 0
  duplicateBytes = 0
  /** Bytes of the sources dealt with, for progress. */
  doneBytes = 0
  readonly copied: { [Reason in CopyReason]?: number } = {}

  /** An entry as it is stored: what was begun and couldn't be finished doesn't count. */
  addEntry({ kind, sizeBytes, segments }: Pick<Entry, 'kind' | 'sizeBytes' | 'segments'>): void {
    this.entries += 1
    if (kind === 'file') {
      this.files += 1
      this.logicalBytes += sizeBytes
      for (const segment of segments) {
        if (segment.kind === 'hole') this.holeBytes += segment.lengthBytes
        else if (segment.kind === 'zero') this.zeroBytes += segment.lengthBytes
      }
    } else if (kind === 'directory') this.directories += 1
    else if (kind === 'symlink') this.symlinks += 1
    else if (kind === 'hardlink') this.hardLinks += 1
    else this.others += 1
  }

  addCopied(reason: CopyReason, bytes: number): void {
    this.copied[reason] = (this.copied[reason] ?? 0) + bytes
  }

  /** Packs are counted by the writer. */
  totals(): ArchiveTotals {
    const { entries, files, directories, symlinks, hardLinks, others, logicalBytes, holeBytes, zeroBytes } = this
    const { dataBytes, sharedBytes, duplicateBytes } = this
    const index = { entries, files, directories, symlinks, hardLinks, others }
    const bytes = { logicalBytes, holeBytes, zeroBytes, dataBytes, sharedBytes, duplicateBytes }
    return { ...index, ...bytes, packRawBytes: 0, packStoredBytes: 0 }
  }
}
