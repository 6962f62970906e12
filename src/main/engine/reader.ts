/**
 * The one way to read an archive, whatever its format. Listing, extraction, verification, conversion and the window
 * all stand on this; each format implements it. Memory doesn't grow with the archive: entries come page by page.
 */
import type { ByteString } from '../../shared/byte-string.ts'
import type { JobContext } from '../../shared/progress.ts'
import type { Entry } from './entry.ts'
import type { ReadLimits } from './limits.ts'
import type { Handle } from './ports.ts'

export interface SourceFilesystem {
  readonly type: string
  readonly id: string
}

/** Totals over all entries, recorded by the writer and checked by `verify`. */
export interface ArchiveTotals {
  readonly entries: number
  readonly files: number
  readonly directories: number
  readonly symlinks: number
  readonly hardLinks: number
  readonly others: number
  /** Sum of the files' sizes (hard links not counted again). */
  readonly logicalBytes: number
  /** Of those, bytes in holes, and in zero blocks stored as nothing. */
  readonly holeBytes: number
  readonly zeroBytes: number
  /** Raw cloneable bytes held once in the data area. */
  readonly dataBytes: number
  /** Bytes of packs before and after compression. */
  readonly packRawBytes: number
  readonly packStoredBytes: number
  /** Bytes saved because the source already shared the blocks, and because the content was equal. */
  readonly sharedBytes: number
  readonly duplicateBytes: number
}

export interface ArchiveInfo {
  readonly format: 1 | 2
  readonly archiveId: string | undefined
  readonly blockSizeBytes: number
  readonly fileSizeBytes: number
  readonly createdAt: { readonly seconds: number; readonly nanoseconds: number } | undefined
  readonly creator: string | undefined
  readonly totals: ArchiveTotals
  readonly sources: readonly SourceFilesystem[]
  /** `absent` after --instant until sealed; `weak` is format 1's CRC-32. */
  readonly dataHashes: 'complete' | 'absent' | 'weak'
  /** BLAKE3 over superblock and directory, in hex: stands for the whole archive. Undefined when incomplete or format 1. */
  readonly rootHash: string | undefined
  /** False when the archive was cut off: only what was recovered is listed. */
  readonly complete: boolean
  /** In words, for a warning: "creation was interrupted …", "512 bytes follow the archive's end". */
  readonly notices: readonly string[]
}

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
  /** The direct children of a folder ('' is the root) in name order, starting after a name; at most `limit`. Doesn't read the rest. */
  children(folder: ByteString, after: ByteString | undefined, limit: number): Entry[]
  /** Everything below a folder ('' is all), itself included. */
  subtree(path: ByteString): Iterable<Entry>

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
  /**
   * Checks everything: every section, every page's order and bounds, totals, every hash. Each fault goes to
   * `job.problem`, with the entries it hurts as far as they are known.
   */
  verify(job: JobContext): Promise<VerifyReport>
  close(): void
}

export interface VerifyReport {
  readonly entriesChecked: number
  readonly bytesChecked: number
  /** Data bytes that the archive holds no hash for. */
  readonly bytesWithoutHash: number
  readonly faults: number
  readonly complete: boolean
  readonly elapsedMilliseconds: number
}
