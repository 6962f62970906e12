/**
 * What the window asks about who shares which blocks. The map of it stays with the thread that made it: the window asks
 * for what it draws, points at and lists, a screenful at a time.
 */
import type { ByteString } from '../byte-string.ts'
import type { ErrorData } from '../errors.ts'
import type { SharingCheck } from '../jobs.ts'
import type { Said } from '../said.ts'
import type { Savings } from '../sharing/savings.ts'
import type { FileRange, FreedBytes, SharedRange } from '../sharing/sharers.ts'
import type { FileRole, SharingFilesystem, SharingTotals } from '../sharing/sharing-map.ts'
import type { FileVerdict, VerdictKind } from '../sharing/verdict.ts'

/** Something to look at, with everything below it. */
export interface SharingRoot {
  readonly path: ByteString
  readonly role: FileRole
}

/** What was extracted by a job: below `directory`, entries of the archive whose paths begin with `prefix`. */
export interface SharingExtraction {
  readonly directory: ByteString
  /** Of the entries' paths, what wasn't made again in the folder; empty where they are whole. */
  readonly prefix: ByteString
  /** The entries that were chosen, with all below them; undefined is everything. */
  readonly entries: readonly ByteString[] | undefined
}

/** What is looked at: files on disk, or what an archive holds, in the place of files and blocks its entries and their bytes. */
export type SharingSubject =
  | {
      readonly kind: 'disk'
      readonly roots: readonly SharingRoot[]
      /** Whose entries the extracted files are; known only for what a job extracted from the archive among the roots. */
      readonly extraction: SharingExtraction | undefined
    }
  | { readonly kind: 'contents'; readonly archivePath: ByteString }

/** The files of one role. */
interface SharingColumn {
  readonly role: FileRole
  readonly files: number
  readonly longestFileBytes: number
  /** What deleting all of them would free; undefined while more is being found. */
  readonly freed: FreedBytes | undefined
}

/** Files on filesystems of one kind that never share blocks. */
export interface NeverSharing {
  readonly type: string
  readonly files: number
  readonly onDiskBytes: number
  /** Those with the most bytes. */
  readonly largest: readonly { readonly path: string; readonly onDiskBytes: number }[]
}

/** What deleting is asked about: the files that a query lists, or one of them. */
export type SharingFreedOf =
  | { readonly kind: 'listed'; readonly query: SharingFileQuery }
  | { readonly kind: 'file'; readonly file: number }

/** The files of one role among them. */
export interface SharingFreed {
  readonly role: FileRole
  readonly files: number
  readonly freed: FreedBytes
}

/** How far the look has come. Numbers of files, folders and places are those of one version. */
export interface SharingState {
  readonly sharingId: number
  /** Grows with each map; 0 before the first. */
  readonly version: number
  /** Whether more is coming. */
  readonly isLooking: boolean
  /** Whether the newest map has everything; not when it was stopped. */
  readonly complete: boolean
  /** Found so far, and what is being looked at. */
  readonly filesDone: number
  readonly current: string | undefined
  /** Of the newest map; undefined before the first. */
  readonly totals: SharingTotals | undefined
  /** The length of the disk map. */
  readonly usedBytes: number
  /** Bytes of the disk map by class (indexes of `blockClasses`), and by class of what has no place on disk. */
  readonly bytesByClass: readonly number[]
  readonly filesystems: readonly SharingFilesystem[]
  /** What lies where files never share blocks, by kind of filesystem. */
  readonly neverSharing: readonly NeverSharing[]
  /** How much of what was extracted is still the archive’s blocks; undefined until it was looked at. */
  readonly check: SharingCheck | undefined
  /** Whether anything was written again that could have been shared. */
  readonly hasCopied: boolean
  /** What deleting all of it would free; undefined while more is being found, and of what is in an archive. */
  readonly freed: FreedBytes | undefined
  /** The roles that occur, in the order of columns. */
  readonly roles: readonly SharingColumn[]
  /** The first problems, and how many there are. */
  readonly problems: readonly ErrorData[]
  readonly problemCount: number
  /** Why there will be no map. */
  readonly error: ErrorData | undefined
}

export type SharingSort = 'path' | 'size' | 'on-disk' | 'only-here' | 'shared'

/** Which files are listed, and as lanes. */
export interface SharingFileQuery {
  readonly role: FileRole | undefined
  /** A folder of the map, with all below it; 0 is everything. */
  readonly folder: number
  /** Without what lies in folders of the folder. */
  readonly directlyInFolder: boolean
  /** Only what `selectInSharing` named last; the archive itself stays among what it was made from and what was extracted. */
  readonly selectedOnly: boolean
  readonly show: 'all' | 'sharing' | 'not-sharing' | 'copied' | 'unchecked'
  /** Only files that use a block of this one. */
  readonly sharesWithFile: number | undefined
  /** Occurs in the path, letter case doesn't matter; empty is everything. */
  readonly text: string
  readonly sort: SharingSort
  readonly descending: boolean
}

/** The files of a map that are or lie below entries of an archive. */
export interface SharingSelection {
  readonly version: number
  /** The first of them where all are copies of one entry. */
  readonly only: { readonly file: number; readonly sizeBytes: number } | undefined
}

export interface SharingFileRow {
  readonly file: number
  /** For display. */
  readonly path: string
  readonly role: FileRole
  readonly filesystem: number
  readonly sizeBytes: number
  readonly onDiskBytes: number
  readonly onlyHereBytes: number
  readonly sharedBytes: number
  readonly sharedWithOthersBytes: number
  readonly holeBytes: number
  readonly inlineBytes: number
  readonly uncheckedBytes: number
  /** Why some of it couldn't be checked. */
  readonly reason: Said | undefined
  /** Pieces on disk, and rows of the list of them. */
  readonly pieces: number
  readonly pieceRows: number
  /** How long its lane is: space may be reserved beyond its end. */
  readonly laneBytes: number
  /** Bytes written again though they could have been shared. */
  readonly copiedBytes: number
}

export interface SharingFileRows {
  readonly version: number
  readonly rowCount: number
  readonly rows: readonly SharingFileRow[]
}

/** A folder of the map. */
export interface SharingFolderRow {
  readonly folder: number
  /** For display. */
  readonly name: string
  readonly files: number
  readonly sizeBytes: number
  readonly onDiskBytes: number
  readonly onlyHereBytes: number
  readonly certainBytes: number
  /** Of files below it, bytes whose place isn't told: what is on disk is at least what is said. */
  readonly uncheckedBytes: number
  readonly hasFolders: boolean
}

/** What is chosen in the picture: a range of a file, or a range of places wherever they are used. */
export type SharingChoice =
  | ({ readonly kind: 'range' } & FileRange)
  | { readonly kind: 'used'; readonly fromByte: number; readonly toByte: number }

/** What the same files use of a choice. */
export interface SharingPart {
  readonly bytes: number
  readonly classCode: number
  /** The first few besides the archive; how many there are with it. */
  readonly files: readonly { readonly file: number; readonly path: string }[]
  readonly fileCount: number
  readonly withArchive: boolean
  readonly andOthers: boolean
}

/** Something that is lit up, with its bytes by class (indexes of `blockClasses`). */
interface WithClasses {
  readonly bytesByClass: readonly number[]
}

/** Everything about a choice: what it is, and where else its blocks are. */
export interface SharingFacts {
  readonly version: number
  /** The class that has most of it. */
  readonly classCode: number
  /** Indexes of `blockClasses`. */
  readonly bytesByClass: readonly number[]
  readonly lengthBytes: number
  /** Whether it is all of a file. */
  readonly isWholeFile: boolean
  /** The address of its first byte on its filesystem; undefined where there is none, or where there are several. */
  readonly addressBytes: number | undefined
  /** Whether it lies in several places on disk. */
  readonly isScattered: boolean
  readonly filesystem: number | undefined
  /** FIEMAP's flags of its extent; none where it is scattered. */
  readonly flags: number
  /** Files that use it: the first few, and how many (at least, when not complete). */
  readonly files: readonly { readonly file: number; readonly path: string; readonly role: FileRole }[]
  readonly fileCount: number
  /** Which files use how much of it: the largest parts, and the bytes of all others. Together they are all of it. */
  readonly parts: readonly SharingPart[]
  readonly restBytes: number
  /** Where to light up: all places in files, and in the disk map as ranges of used bytes. */
  readonly ranges: readonly (FileRange & WithClasses)[]
  readonly used: readonly ({ readonly fromByte: number; readonly toByte: number } & WithClasses)[]
  /** From the chosen range to the others. */
  readonly ribbons: readonly SharedRange[]
  /** False when there are more than are listed. */
  readonly complete: boolean
}

/** An extent of a file, or a hole between two. */
export interface SharingExtentRow {
  /** Which piece of the file it is a part of, from 1; undefined where there is no place on disk. */
  readonly piece: number | undefined
  readonly offsetBytes: number
  readonly lengthBytes: number
  readonly addressBytes: number | undefined
  /** Undefined where parts of it have different ones. */
  readonly classCode: number | undefined
  /** How many of the files looked at use the part that fewest, and that most of them use, its own included. */
  readonly fewestFiles: number
  readonly mostFiles: number
  /** FIEMAP's. */
  readonly flags: number
}

export interface SharingGroupRow {
  readonly bytes: number
  readonly fileCount: number
  /** Whether the archive is one of them. */
  readonly withArchive: boolean
  readonly files: readonly { readonly file: number; readonly path: string }[]
}

export const reportFormats = ['html', 'svg', 'png', 'json', 'csv'] as const
export type ReportFormat = (typeof reportFormats)[number]

/** Which verdicts are listed: of one kind, or all. */
export type VerdictFilter = VerdictKind | undefined

export interface VerdictRows {
  /** Of those asked for. */
  readonly rowCount: number
  readonly rows: readonly FileVerdict[]
  /** How many files there are of each kind that occurs. */
  readonly kinds: readonly { readonly kind: VerdictKind; readonly files: number }[]
  /** Files of which only the number is known, because there were too many to keep. */
  readonly omitted: number
}

export interface ArchiveSavings {
  readonly savings: Savings
  readonly freed: FreedBytes
}
