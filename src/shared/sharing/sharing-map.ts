/**
 * Who uses which blocks, for any set of files: what the pictures, tables and reports of sharing are made from. Plain
 * columns of numbers, so that a million extents cross a process border in one message.
 *
 * A *place* is one number for a position on disk: the address within a filesystem plus where that filesystem's part of
 * the number line begins (`AddressSpace`). Places of different filesystems never meet.
 */
import type { Said } from '../said.ts'

export const fileRoles = ['source', 'archive', 'extracted', 'other'] as const
export type FileRole = (typeof fileRoles)[number]

export interface SharingFilesystem {
  /** `btrfs`, `xfs`, `ext4` … */
  readonly type: string
  readonly blockSizeBytes: number
  /** False where files never share blocks. */
  readonly canShare: boolean
}

/**
 * A part of the line of places. `blocks`: addresses as the filesystem names them. `compressed`: its compressed extents,
 * whose size on disk isn't told, each as long as the longest use of it that was seen, before compression; their own
 * addresses are in `unitPlaces` and `unitAddresses` (both ascending).
 */
export type AddressSpace =
  | {
      readonly kind: 'blocks'
      readonly filesystem: number
      /** Where address 0 lies. */
      readonly placeOfAddress0: number
      readonly endPlace: number
    }
  | {
      readonly kind: 'compressed'
      readonly filesystem: number
      readonly startPlace: number
      readonly endPlace: number
      readonly unitPlaces: Float64Array
      readonly unitAddresses: Float64Array
    }

/** Folders in walk order, each after the one that holds it. Folder 0 holds all inputs and has no name. */
export interface SharingFolders {
  /** For display. */
  readonly names: readonly string[]
  /** The folder that holds it; that of folder 0 is 0. */
  readonly parents: Uint32Array
  /** Of all files below it: */
  readonly files: Uint32Array
  readonly sizeBytes: Float64Array
  /** Distinct bytes on disk. */
  readonly onDiskBytes: Float64Array
  /** Of those, bytes that no file looked at outside of the folder uses and that nobody else is known to use. */
  readonly onlyHereBytes: Float64Array
  /** Of those, bytes that certainly nobody else uses: the filesystem doesn't flag them as shared. */
  readonly certainBytes: Float64Array
}

interface SharingFiles {
  /** For display: the last part of the path. */
  readonly names: readonly string[]
  readonly folders: Uint32Array
  /** Indexes of `fileRoles`. */
  readonly roles: Uint8Array
  readonly filesystems: Uint16Array
  readonly sizeBytes: Float64Array
  /** The extents of file f are firstExtents[f] … firstExtents[f + 1] - 1. */
  readonly firstExtents: Uint32Array
  /** Distinct bytes on disk = only here + shared + shared with others. */
  readonly onDiskBytes: Float64Array
  /** Used by this file alone, however often. */
  readonly onlyHereBytes: Float64Array
  /** Used by another file that was looked at. */
  readonly sharedBytes: Float64Array
  /** Used by no other file that was looked at, but by somebody, says the filesystem. */
  readonly sharedWithOthersBytes: Float64Array
  readonly holeBytes: Float64Array
  readonly inlineBytes: Float64Array
  readonly uncheckedBytes: Float64Array
  /** Why some of it couldn't be checked: an index of `reasons`, or -1. */
  readonly reasons: Int32Array
  /** 1 where it has more names than were found, so that deleting those found frees nothing. */
  readonly hasOtherNames: Uint8Array
}

/** What is known about a range of a file besides where it lies. */
export const rangeMarks = {
  none: 0,
  /** An archive's bytes that hold packs and its own books, or a file's bytes that came from a pack. */
  packed: 1,
  /** Written again though the archive holds the same bytes in blocks that could be shared. */
  copied: 2,
} as const

/** FIEMAP's extents in the order of files and, within a file, of offsets. */
interface SharingExtents {
  readonly files: Uint32Array
  /** Offset in the file, and length there. */
  readonly offsets: Float64Array
  readonly lengths: Float64Array
  /** Where it begins, or -1 where that isn't told (inline, not yet allocated, unknown). */
  readonly places: Float64Array
  /** FIEMAP_EXTENT_* bits. */
  readonly flags: Uint16Array
  /** `rangeMarks`. */
  readonly marks: Uint8Array
}

/** Disjoint ranges of places in ascending order, each used by one set of files. */
export interface SharingIntervals {
  readonly places: Float64Array
  readonly lengths: Float64Array
  /** How many of the files looked at use it. */
  readonly files: Uint32Array
  /** How many extents cover it: more than files where a file uses it twice. */
  readonly uses: Uint32Array
  /** Codes of `blockClass`. */
  readonly classes: Uint8Array
  /** Bits of `intervalFlags`. */
  readonly flags: Uint8Array
}

export const intervalFlags = {
  /** The filesystem says that somebody shares it. */
  shared: 1,
  /** It says so though no file was seen that it could mean: “and others”. */
  others: 2,
} as const

/** A set of blocks used by the same files. */
export interface SharingMapGroup {
  /** Ascending; at most `mostFilesOfGroup` of `fileCount`. */
  readonly files: Uint32Array
  readonly fileCount: number
  readonly bytes: number
}

export const mostFilesOfGroup = 1000

export interface SharingTotals {
  readonly files: number
  readonly logicalBytes: number
  /** Sum of all files' mappings; what they would take without sharing. */
  readonly mappedBytes: number
  /** Distinct bytes on disk = only here + shared + shared with others. */
  readonly onDiskBytes: number
  readonly onlyHereBytes: number
  readonly sharedBytes: number
  readonly sharedWithOthersBytes: number
  readonly savedBytes: number
  readonly holeBytes: number
  readonly inlineBytes: number
  /** Of onDiskBytes, those in compressed extents, before compression. */
  readonly encodedBytes: number
  /** Allocated, but never written: reads as zeros. */
  readonly unwrittenBytes: number
  readonly uncheckedBytes: number
  /** Files with holes, and with compressed extents. */
  readonly sparseFiles: number
  readonly compressedFiles: number
  /** Files of which is known where all of them is, and of those, files with more than one piece on disk. */
  readonly checkedFiles: number
  readonly fragmentedFiles: number
  /** Pieces on disk over all checked files: extents that continue each other count as one. */
  readonly fragments: number
}

export interface SharingMap {
  /** False for what is shown while the analysis is still running. */
  readonly complete: boolean
  readonly filesystems: readonly SharingFilesystem[]
  readonly spaces: readonly AddressSpace[]
  readonly folders: SharingFolders
  readonly files: SharingFiles
  readonly extents: SharingExtents
  /** The extents that have a place, ordered by it. */
  readonly extentsByPlace: Uint32Array
  readonly intervals: SharingIntervals
  /** The largest, in falling order. */
  readonly groups: readonly SharingMapGroup[]
  readonly groupsOmitted: number
  /** Why files couldn't be checked, in words. */
  readonly reasons: readonly Said[]
  readonly totals: SharingTotals
}

/** A file's path for display. */
export function pathOfFile(map: Pick<SharingMap, 'files' | 'folders'>, file: number): string {
  const folder = pathOfFolder(map.folders, map.files.folders[file] ?? 0)
  const name = map.files.names[file] ?? ''
  if (folder === '') return name
  return folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`
}

/** A folder's path for display; empty for folder 0. */
export function pathOfFolder(folders: Pick<SharingFolders, 'names' | 'parents'>, folder: number): string {
  const parts: string[] = []
  for (let at = folder; at !== 0; at = folders.parents[at] ?? 0) parts.push(folders.names[at] ?? '')
  return parts
    .reverse()
    .reduce((path, part) => (path === '' || path.endsWith('/') ? `${path}${part}` : `${path}/${part}`), '')
}
