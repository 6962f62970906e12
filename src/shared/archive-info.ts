/** What an archive says about itself, the same for every format; plain data for command line and window. */
import type { Said } from './said.ts'
import type { Timestamp } from './timestamp.ts'

export type EntryKind = 'file' | 'directory' | 'symlink' | 'hardlink' | 'fifo' | 'character-device' | 'block-device'

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
  readonly createdAt: Timestamp | undefined
  readonly creator: string | undefined
  readonly totals: ArchiveTotals
  readonly sources: readonly SourceFilesystem[]
  /** `absent` after --instant until sealed; `weak` is format 1's CRC-32. */
  readonly dataHashes: 'complete' | 'absent' | 'weak'
  /** BLAKE3 over superblock and directory, in hex: stands for the whole archive. Undefined when incomplete or format 1. */
  readonly rootHash: string | undefined
  /** False when the archive was cut off: only what was recovered is listed. */
  readonly complete: boolean
  /** For a warning: "creation was interrupted …", "what follows the archive’s end is ignored …". */
  readonly notices: readonly Said[]
}

export interface VerifyReport {
  readonly entriesChecked: number
  readonly bytesChecked: number
  /** Data bytes that the archive holds no hash for. */
  readonly bytesWithoutHash: number
  readonly faults: number
  /** False when the archive was cut off, or what lists its entries is damaged: nobody knows what else there was. */
  readonly complete: boolean
  readonly elapsedMilliseconds: number
}
