/**
 * Pure: which bytes of which filesystem are used by which files. One pass over all extents ordered by place; the place
 * where the set of users changes ends a stretch. Linear in the extents, however many files share a block.
 */
import { blockClass, classOfSharers } from '../../../shared/sharing/block-class.ts'
import {
  intervalFlags,
  mostFilesOfGroup,
  rangeMarks,
  type SharingIntervals,
  type SharingMapGroup,
} from '../../../shared/sharing/sharing-map.ts'
import { FolderSpan } from './folder-span.ts'
import { commonFolder } from './folder-tree.ts'
import { GroupSums } from './group-sums.ts'
import { IntervalTable } from './interval-table.ts'
import { Cover, orderPlaces, type PlacedExtents, type PlaceOrder, walkStretches } from './stretches.ts'

/** The files that the extents belong to, and where these are in the tree of folders. */
export interface SweptFiles {
  readonly count: number
  /** Folders of each file's names: the first, and those of further names. */
  readonly folders: Uint32Array
  readonly furtherFolders: ReadonlyMap<number, readonly number[]>
  readonly hasOtherNames: Uint8Array
  /** Of folders in depth-first order. */
  readonly folderParents: Uint32Array
}

/**
 * What the filesystem's SHARED flag is about. `blocks`: these blocks have more than one use (XFS), or the extent that they
 * are part of has (btrfs); `compressed`: what a file uses twice are parts of one extent.
 * `none`: there is no flag, and all uses are known (inside an archive).
 */
export type FlagMeaning = 'blocks' | 'compressed' | 'none'

export interface SweepOptions {
  readonly limitGroups: number
  readonly flagMeaningAt: (place: number) => FlagMeaning
}

export interface SweepResult {
  readonly intervals: SharingIntervals
  readonly extentsByPlace: Uint32Array
  readonly onDiskBytes: number
  readonly onlyHereBytes: number
  readonly sharedBytes: number
  readonly sharedWithOthersBytes: number
  /** Bytes that several files claim without the flag: their maps are of different moments. */
  readonly conflictingBytes: number
  /** The sets of files that share most, in falling order. */
  readonly groups: readonly SharingMapGroup[]
  readonly groupsOmitted: number
  readonly fileOnDiskBytes: Float64Array
  readonly fileOnlyHereBytes: Float64Array
  readonly fileOthersBytes: Float64Array
  readonly fileConflictingBytes: Float64Array
  readonly folderOnDiskBytes: Float64Array
  readonly folderOnlyHereBytes: Float64Array
  readonly folderCertainBytes: Float64Array
}

/** Adds it all up. */
export function sweep(extents: PlacedExtents, files: SweptFiles, options: SweepOptions): SweepResult {
  const order = orderPlaces(extents)
  const folders = files.folderParents.length
  const sums = {
    onDiskBytes: 0,
    onlyHereBytes: 0,
    sharedBytes: 0,
    sharedWithOthersBytes: 0,
    conflictingBytes: 0,
  }
  const fileOnlyHereBytes = new Float64Array(files.count)
  const fileOthersBytes = new Float64Array(files.count)
  const fileConflictingBytes = new Float64Array(files.count)
  const folderOnlyHereBytes = new Float64Array(folders)
  const folderCertainBytes = new Float64Array(folders)
  const intervals = new IntervalTable()
  const groups = new GroupSums()
  const cover = new Cover(files.count)
  const { active, marks } = cover
  const watcher = new FolderWatcher(files)
  walkStretches(extents, order, cover, watcher, (place, length) => {
    const { size, uses, flagged, hash, first } = active
    const isFlagged = flagged > 0
    const meaning = options.flagMeaningAt(place)
    const isConflict = size > 1 && !isFlagged && meaning !== 'none'
    const hasOthers = isFlagged && (meaning === 'compressed' ? size : uses) === 1
    const classCode = isConflict
      ? blockClass.unchecked
      : hasOthers
        ? blockClass.sharedWithOthers
        : size === 1
          ? classOfMarks(marks, uses)
          : classOfSharers(size)
    const flags = (isFlagged ? intervalFlags.shared : 0) | (hasOthers ? intervalFlags.others : 0)
    intervals.add(place, length, hash, size, uses, classCode, flags)
    if (isConflict) {
      sums.conflictingBytes += length
      for (const file of active.members()) fileConflictingBytes[file] = (fileConflictingBytes[file] ?? 0) + length
      return false
    }
    sums.onDiskBytes += length
    if (uses > 1) groups.add(hash, length)
    if (hasOthers) {
      sums.sharedWithOthersBytes += length
      fileOthersBytes[first] = (fileOthersBytes[first] ?? 0) + length
      return false
    }
    if (size === 1) {
      sums.onlyHereBytes += length
      fileOnlyHereBytes[first] = (fileOnlyHereBytes[first] ?? 0) + length
    } else sums.sharedBytes += length
    if (watcher.withOtherNames > 0) return false
    const folder = commonFolder(files.folderParents, watcher.span.first(), watcher.span.last())
    folderOnlyHereBytes[folder] = (folderOnlyHereBytes[folder] ?? 0) + length
    if (!isFlagged) folderCertainBytes[folder] = (folderCertainBytes[folder] ?? 0) + length
    return false
  })
  addToParents(files.folderParents, folderOnlyHereBytes)
  addToParents(files.folderParents, folderCertainBytes)
  const covered = coveredBytes(extents, order, files)
  for (let file = 0; file < files.count; file++) {
    covered.files[file] = (covered.files[file] ?? 0) - (fileConflictingBytes[file] ?? 0)
  }
  const groupBytes = groups.bytes()
  const named = nameGroups(extents, order, files.count, groupBytes, options.limitGroups)
  return {
    ...sums,
    intervals: intervals.columns(),
    extentsByPlace: order.byStart,
    groups: named,
    groupsOmitted: groupBytes.size - named.length,
    fileOnDiskBytes: covered.files,
    fileOnlyHereBytes,
    fileOthersBytes,
    fileConflictingBytes,
    folderOnDiskBytes: covered.folders,
    folderOnlyHereBytes,
    folderCertainBytes,
  }
}

/** Blocks of one file, all of whose uses are marked alike, have the mark's class. */
function classOfMarks(marks: Uint32Array, uses: number): number {
  if (marks[rangeMarks.packed] === uses) return blockClass.packed
  return marks[rangeMarks.copied] === uses ? blockClass.copied : blockClass.onlyHere
}

/** Follows in which folders the files in use have their names. */
class FolderWatcher {
  readonly span: FolderSpan
  /** Files in use that have names nobody looked at. */
  withOtherNames = 0
  readonly #files: SweptFiles

  constructor(files: SweptFiles) {
    this.#files = files
    this.span = new FolderSpan(files.folderParents.length)
  }

  entered(file: number): void {
    this.span.add(this.#files.folders[file] ?? 0)
    this.withOtherNames += this.#files.hasOtherNames[file] ?? 0
    for (const folder of this.#files.furtherFolders.get(file) ?? []) this.span.add(folder)
  }

  left(file: number): void {
    this.span.remove(this.#files.folders[file] ?? 0)
    this.withOtherNames -= this.#files.hasOtherNames[file] ?? 0
    for (const folder of this.#files.furtherFolders.get(file) ?? []) this.span.remove(folder)
  }
}

/** Folders come after those that hold them. */
export function addToParents(parents: Uint32Array, values: Float64Array | Uint32Array): void {
  for (let folder = parents.length - 1; folder > 0; folder--) {
    const parent = parents[folder] ?? 0
    values[parent] = (values[parent] ?? 0) + (values[folder] ?? 0)
  }
}

/** Distinct bytes of each file and of each folder. What adds nothing to a folder adds nothing to those above it. */
function coveredBytes(extents: PlacedExtents, order: PlaceOrder, files: SweptFiles) {
  const { folderParents } = files
  const fileBytes = new Float64Array(files.count)
  const fileEnds = new Float64Array(files.count)
  const folderBytes = new Float64Array(folderParents.length)
  const folderEnds = new Float64Array(folderParents.length)
  for (const index of order.byStart) {
    const file = extents.files[index] ?? 0
    const place = extents.places[index] ?? 0
    const end = order.ends[index] ?? 0
    if (!cover(fileBytes, fileEnds, file, place, end)) continue
    for (let folder = files.folders[file] ?? 0; cover(folderBytes, folderEnds, folder, place, end); ) {
      if (folder === 0) break
      folder = folderParents[folder] ?? 0
    }
    for (const further of files.furtherFolders.get(file) ?? []) {
      for (let folder = further; cover(folderBytes, folderEnds, folder, place, end); ) {
        if (folder === 0) break
        folder = folderParents[folder] ?? 0
      }
    }
  }
  return { files: fileBytes, folders: folderBytes }
}

/** Adds the part of a range that lies beyond what is covered already; false when there is none. */
function cover(bytes: Float64Array, ends: Float64Array, index: number, start: number, end: number): boolean {
  const before = ends[index] ?? 0
  if (end <= before) return false
  bytes[index] = (bytes[index] ?? 0) + end - Math.max(start, before)
  ends[index] = end
  return true
}

/** A second pass finds the files of the largest groups, so that the first needn't keep those of all. */
function nameGroups(
  extents: PlacedExtents,
  order: PlaceOrder,
  files: number,
  groupBytes: ReadonlyMap<number, number>,
  limit: number,
): SharingMapGroup[] {
  const largest = [...groupBytes].sort((a, b) => b[1] - a[1]).slice(0, limit)
  if (largest.length === 0) return []
  const wanted = new Map(largest)
  const found = new Map<number, SharingMapGroup>()
  const cover = new Cover(files)
  const { active } = cover
  walkStretches(extents, order, cover, undefined, () => {
    if (active.uses === 1) return false
    const { hash } = active
    const bytes = wanted.get(hash)
    if (bytes === undefined || found.has(hash)) return false
    found.set(hash, {
      files: active.members().slice().sort().slice(0, mostFilesOfGroup),
      fileCount: active.size,
      bytes,
    })
    return found.size === wanted.size
  })
  return largest.flatMap(([hash]) => found.get(hash) ?? [])
}
