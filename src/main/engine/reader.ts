/**
 * The one way to read an archive, whatever its format. Listing, extraction, verification, conversion and the window
 * all stand on this; each format implements it. Memory doesn't grow with the archive: entries come page by page.
 */
import type { ArchiveInfo, VerifyReport } from '../../shared/archive-info.ts'
import type { ByteString } from '../../shared/byte-string.ts'
import type { JobContext } from '../../shared/progress.ts'
import type { Entry } from './entry.ts'
import type { ReadLimits } from './limits.ts'
import type { Handle } from './ports.ts'

export interface ArchiveReader {
  readonly info: ArchiveInfo
  /** What the archive was opened with; entries beyond them are never handed out. */
  readonly limits: ReadLimits
  /** The archive file itself, for cloning from it. */
  readonly handle: Handle
  /** Whether data segments may be checked by checkData. */
  readonly canCheckData: boolean

  /** Entries in stored order from an ordinal on. Lazily decoded; `damaged` where a page is. */
  entries(fromOrdinal?: number): Iterable<Entry>
  entryAt(ordinal: number): Entry
  /** By exact path; undefined when there is none. Finds it without a scan. */
  find(path: ByteString): Entry | undefined
  /**
   * The direct children of a folder ('' is the root) in name order, starting after a name; at most `limit`. Doesn't read
   * the rest. Implied folders are among them.
   */
  children(folder: ByteString, after: ByteString | undefined, limit: number): Entry[]
  /** Everything below a folder ('' is all), itself included. */
  subtree(path: ByteString): Iterable<Entry>
  /** Everything below a folder ('' is all) in path order, implied folders included. */
  walk(folder: ByteString): Iterable<Entry>

  /** The decompressed, hash-checked bytes of a pack. Recently used ones are kept, within a fixed amount of memory. */
  loadPack(pack: number): Promise<Uint8Array>
  /** Begins loading a pack that will be asked for soon. */
  prefetchPack(pack: number): void
  /**
   * Reads raw data bytes into `buffer` from its start and, where the archive has hashes for them, checks them
   * (reading as much around them as the hash covers). `damaged` on a mismatch.
   */
  readData(archiveOffset: number, lengthBytes: number, buffer: Uint8Array): void
  /** Checks hashes of data without returning it. */
  checkData(archiveOffset: number, lengthBytes: number): void
  /** Where the data ends that is checked as one with the byte at `archiveOffset`; undefined where nothing checks it. */
  checkedEnd(archiveOffset: number): number | undefined
  /**
   * Checks everything: every section, every page's order and bounds, totals, every hash. Each fault goes to
   * `job.problem`, with the entries it hurts as far as they are known.
   */
  verify(job: JobContext): Promise<VerifyReport>
  close(): void
}
