/** Decoded pages, the last few of them kept. */
import { comparePaths } from '../../../shared/byte-string.ts'
import { ReftarError, withContext } from '../../../shared/errors.ts'
import type { Entry } from '../entry.ts'
import type { PageRecord } from '../format/directory.ts'
import { decodePage } from '../format/page-decode.ts'
import { checkEntryLimits, type ReadLimits } from '../limits.ts'
import type { ArchiveFile } from './archive-file.ts'

/**
 * Keeping many makes the garbage collector copy them: a few suffice. Counted as decoded, since a small page may unfold,
 * with the bytes it is decoded from, which large maps need.
 */
const KEPT_BYTES = 16 << 20
const KEPT_PAGES = 16
/** Roughly what V8 takes for an entry without its path, and for a segment. */
const ENTRY_BYTES = 400
const SEGMENT_BYTES = 96

interface KeptPage {
  readonly entries: readonly Entry[]
  readonly bytes: number
}

export class PageCache {
  readonly pages: readonly PageRecord[]
  private readonly file: ArchiveFile
  private readonly limits: ReadLimits
  private readonly kept = new Map<number, KeptPage>()
  private keptBytes = 0

  constructor(file: ArchiveFile, pages: readonly PageRecord[], limits: ReadLimits) {
    this.file = file
    this.pages = pages
    this.limits = limits
  }

  get entryCount(): number {
    const last = this.pages.at(-1)
    return last === undefined ? 0 : last.firstOrdinal + last.entryCount
  }

  /**
   * The page's entries; `damaged` where it isn't what the directory says, `limit-exceeded` where an entry passes a
   * limit. Empty past the last page.
   */
  load(index: number): readonly Entry[] {
    const known = this.kept.get(index)
    if (known !== undefined) {
      this.kept.delete(index)
      this.kept.set(index, known)
      return known.entries
    }
    const record = this.pages[index]
    if (record === undefined) return []
    // A page that is too large for the cache must be gone before the next is decoded, which may be as large.
    this.makeRoom(record.rawLengthBytes)
    const entries = this.decode(record, this.pages[index + 1])
    const bytes = record.rawLengthBytes + decodedBytes(entries)
    this.makeRoom(bytes)
    this.kept.set(index, { entries, bytes })
    this.keptBytes += bytes
    return entries
  }

  private makeRoom(bytes: number): void {
    for (const [oldest, page] of this.kept) {
      if (this.keptBytes + bytes <= KEPT_BYTES && this.kept.size < KEPT_PAGES) return
      this.kept.delete(oldest)
      this.keptBytes -= page.bytes
    }
  }

  private decode(record: PageRecord, next: PageRecord | undefined): Entry[] {
    const context = { offsetBytes: record.block * this.file.blockSizeBytes }
    try {
      const entries = decodePage(this.file.payload(record), this.file.blockSizeBytes, record.firstOrdinal)
      for (const { path, sizeBytes } of entries) checkEntryLimits(this.limits, path, sizeBytes)
      const last = entries.at(-1)
      if (entries.length !== record.entryCount || entries[0]?.path !== record.firstPath) {
        throw new ReftarError('damaged', 'a page disagrees with the directory')
      }
      if (last !== undefined && next !== undefined && comparePaths(last.path, next.firstPath) >= 0) {
        throw new ReftarError('damaged', 'two pages are out of order')
      }
      return entries
    } catch (error) {
      throw withContext(error, context)
    }
  }
}

function decodedBytes(entries: readonly Entry[]): number {
  let bytes = entries.length * ENTRY_BYTES
  for (const { path, segments } of entries) {
    bytes += path.length + (Array.isArray(segments) ? segments.length * SEGMENT_BYTES : 0)
  }
  return bytes
}
