/** What the window asks of an open archive. Rows are fetched by range, so an archive of a million entries is never sent whole. */
import type { ArchiveInfo, EntryKind } from '../archive-info.ts'
import type { ByteString } from '../byte-string.ts'
import type { ErrorData } from '../errors.ts'
import type { Timestamp } from '../timestamp.ts'

export interface OpenArchive {
  readonly archiveId: number
  readonly path: ByteString
  readonly info: ArchiveInfo
}

export type SortColumn = 'name' | 'size' | 'stored' | 'shared' | 'modified' | 'mode' | 'kind' | 'path'

/** What a view shows: one folder's children or, with a search or a filter, everything below it that matches. */
export interface ViewQuery {
  readonly archiveId: number
  /** Empty is the root. */
  readonly folder: ByteString
  /**
   * Empty shows the folder. Otherwise words, all of which must occur in the name (letter case and accents don't matter),
   * or a glob over the path when it holds one of `*?[`.
   */
  readonly search: string
  readonly filter: ViewFilter
  /** Ties stay in path order. Names are compared by their bytes. */
  readonly sort: { readonly column: SortColumn; readonly descending: boolean }
  readonly foldersFirst: boolean
}

export interface ViewFilter {
  /** Empty: every kind. */
  readonly kinds: readonly EntryKind[]
  /** Only files with bytes that the archive stores as copies in packs; only files that share with this entry. */
  readonly packedOnly: boolean
  readonly sharesWithOrdinal: number | undefined
}

/** How far a view is: the count grows while the archive is scanned, then stays. */
export interface ViewState {
  readonly viewId: number
  readonly rowCount: number
  readonly complete: boolean
  /** Entries looked at so far, for a progress display. */
  readonly scannedEntries: number
  /** What ended the scan before the archive's end: damage. The rows up to it are there. */
  readonly error: ErrorData | undefined
}

/** One line of the table. Plain and small: a screenful is sent at once. */
export interface EntryRow {
  readonly ordinal: number
  readonly path: ByteString
  readonly kind: EntryKind
  readonly sizeBytes: number
  /** Bytes of the archive that hold it: data blocks and its part of packs before compression; each block counted. */
  readonly storedBytes: number
  /**
   * Of storedBytes, those in blocks that other entries of the archive use too. Undefined while the archive is still
   * looked through (`viewChanged` tells when that ends), and for good where it is too large for that.
   */
  readonly sharedBytes: number | undefined
  readonly modifyTime: Timestamp
  readonly mode: number | undefined
  readonly linkTarget: ByteString
  /** Folders that exist only because something lies below them have no entry of their own and the ordinal of the first one below. */
  readonly implied: boolean
}

export interface ViewRows {
  readonly from: number
  readonly rows: readonly EntryRow[]
  readonly state: ViewState
}

/** A folder of the tree. */
export interface TreeFolder {
  readonly path: ByteString
  /** True also where finding out would take long. */
  readonly hasFolders: boolean
}

export interface TreePage {
  readonly folders: readonly TreeFolder[]
  /** False when more follow the last one. */
  readonly complete: boolean
}

/** What is chosen: single entries (a folder brings what it holds), or all rows of a view but some. */
export type EntrySelection =
  | { readonly kind: 'all' }
  | { readonly kind: 'paths'; readonly paths: readonly ByteString[] }
  | { readonly kind: 'view'; readonly viewId: number; readonly exceptPaths: readonly ByteString[] }

/** Totals of a selection, what lies in folders included. */
export interface SelectionTotals {
  readonly entries: number
  readonly files: number
  readonly sizeBytes: number
  /** Each stored byte once, however many of the selected use it. */
  readonly storedBytes: number
  /** False while still counting: ask again for more. */
  readonly complete: boolean
}

/** A run of a file's bytes for the strip in the details. */
export interface EntryExtent {
  readonly kind: 'data' | 'pack' | 'hole' | 'zero'
  readonly offsetBytes: number
  readonly lengthBytes: number
  /** In the archive file; undefined for holes and zeros, and inside packs. */
  readonly archiveOffset: number | undefined
  /** How many entries of the archive use it, itself included; for data only, and undefined while that isn't known yet. */
  readonly users: number | undefined
}

export interface EntryDetails {
  readonly row: EntryRow
  readonly accessTime: Timestamp | undefined
  readonly birthTime: Timestamp | undefined
  readonly uid: number
  readonly gid: number
  readonly userName: ByteString
  readonly groupName: ByteString
  readonly hardLinkTo: ByteString | undefined
  readonly deviceMajor: number
  readonly deviceMinor: number
  readonly attributes: readonly { readonly name: ByteString; readonly sizeBytes: number; readonly text: string }[]
  /** As `lsattr` prints them; empty when none. */
  readonly flagLetters: string
  /** The first extents of the file, and how many there are. */
  readonly extents: readonly EntryExtent[]
  readonly extentCount: number
  /** Others that use the same blocks: the first few, and how many there are (as far as scanned). */
  readonly sharers: readonly { readonly path: ByteString; readonly sharedBytes: number }[]
  readonly sharerCount: number
  readonly sharersComplete: boolean
  /** complete: can be verified; absent: made with --instant and not sealed; weak: CRC-32 of format 1. */
  readonly checksums: 'complete' | 'absent' | 'weak'
}

export type Preview =
  | { readonly kind: 'text'; readonly text: string; readonly truncated: boolean }
  | { readonly kind: 'image'; readonly mediaType: string; readonly bytes: Uint8Array }
  /** In words why there is none: too large, binary, not a file. */
  | { readonly kind: 'none'; readonly reason: 'too-large' | 'binary' | 'not-a-file' | 'empty' }
