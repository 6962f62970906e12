/** Decoded pages, the last few of them kept. */
import { comparePaths } from '../../../shared/byte-string.ts'
import { ReftarError, withContext } from '../../../shared/errors.ts'
import type { Entry } from '../entry.ts'
import type { PageRecord } from '../format/directory.ts'
import { decodePage } from '../format/page-decode.ts'
import type { ArchiveFile } from './archive-file.ts'

/** Decoded pages are several times as large as raw ones, and keeping many makes the garbage collector copy them: a few suffice. */
const KEPT_RAW_BYTES = 4 << 20
const KEPT_PAGES = 16

export class PageCache {
  readonly pages: readonly PageRecord[]
  private readonly file: ArchiveFile
  private readonly kept = new Map<number, readonly Entry[]>()
  private keptRawBytes = 0

  constructor(file: ArchiveFile, pages: readonly PageRecord[]) {
    this.file = file
    this.pages = pages
  }

  /** The page's entries; `damaged` where it isn't what the directory says. Empty past the last page. */
  load(index: number): readonly Entry[] {
    const known = this.kept.get(index)
    if (known !== undefined) {
      this.kept.delete(index)
      this.kept.set(index, known)
      return known
    }
    const record = this.pages[index]
    if (record === undefined) return []
    const entries = this.decode(record, this.pages[index + 1])
    this.kept.set(index, entries)
    this.keptRawBytes += record.rawLengthBytes
    this.forgetOldest(index)
    return entries
  }

  private forgetOldest(newest: number): void {
    for (const oldest of this.kept.keys()) {
      if ((this.keptRawBytes <= KEPT_RAW_BYTES && this.kept.size <= KEPT_PAGES) || oldest === newest) return
      this.kept.delete(oldest)
      this.keptRawBytes -= this.pages[oldest]?.rawLengthBytes ?? 0
    }
  }

  private decode(record: PageRecord, next: PageRecord | undefined): Entry[] {
    const context = { offsetBytes: record.block * this.file.blockSizeBytes }
    try {
      const entries = decodePage(this.file.payload(record), this.file.blockSizeBytes, record.firstOrdinal)
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
