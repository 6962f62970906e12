/** Pure: makes the map of who uses which blocks from what was gathered about files. */
import type { Said } from '../../../shared/said.ts'
import { blockClass } from '../../../shared/sharing/block-class.ts'
import { continuesPiece } from '../../../shared/sharing/pieces.ts'
import { startOfSpace } from '../../../shared/sharing/places.ts'
import type { SharingFilesystem, SharingMap, SharingTotals } from '../../../shared/sharing/sharing-map.ts'
import { extentFlags } from '../ports.ts'
import type { ExtentTable } from './extent-table.ts'
import type { FolderTree } from './folder-tree.ts'
import { layOut, type PlaceLine } from './place-line.ts'
import { addToParents, type FlagMeaning, type SweepResult, type SweptFiles, sweep } from './sweep.ts'

/** Columns by file, unless said otherwise. Folders are numbers of the tree. */
export interface Gathered {
  readonly extents: ExtentTable
  readonly tree: FolderTree
  readonly names: readonly string[]
  readonly folders: readonly number[]
  readonly furtherFolders: ReadonlyMap<number, readonly number[]>
  readonly missingNames: ReadonlyMap<number, number>
  readonly roles: readonly number[]
  readonly filesystemOf: readonly number[]
  readonly sizes: readonly number[]
  readonly firstExtents: readonly number[]
  readonly holes: readonly number[]
  readonly inline: readonly number[]
  readonly unchecked: readonly number[]
  readonly reasonOf: readonly number[]
  readonly reasons: readonly Said[]
  /** By number. */
  readonly filesystems: readonly SharingFilesystem[]
}

/** Nothing of the result is shared with `gathered`, which may go on growing. */
export function mapOf(gathered: Gathered, limitGroups: number, complete: boolean): SharingMap {
  const { extents, names, sizes } = gathered
  const count = names.length
  const { names: folderNames, parents, positions } = gathered.tree.arranged()
  const position = (number: number): number => positions[number] ?? 0
  const filesystems = Uint16Array.from(gathered.filesystemOf)
  const line = layOut(extents, filesystems, gathered.filesystems.length)
  const hasOtherNames = new Uint8Array(count)
  for (const [file, missing] of gathered.missingNames) if (missing > 0) hasOtherNames[file] = 1
  const swept: SweptFiles = {
    count,
    folders: Uint32Array.from(gathered.folders, position),
    furtherFolders: new Map(
      Array.from(gathered.furtherFolders, ([file, folders]) => [file, folders.map(position)] as const),
    ),
    hasOtherNames,
    folderParents: parents,
  }
  const { files, flags, marks } = extents
  const result = sweep({ files, flags, marks, places: line.places, spans: line.spans }, swept, {
    limitGroups,
    flagMeaningAt: flagMeanings(gathered.filesystems, line),
  })
  const reasons = [...gathered.reasons]
  const unchecked = Float64Array.from(gathered.unchecked)
  const reasonOf = Int32Array.from(gathered.reasonOf)
  addConflicts(result, unchecked, reasonOf, reasons)
  const folderFiles = new Uint32Array(parents.length)
  const folderSizes = new Float64Array(parents.length)
  for (let file = 0; file < count; file++) {
    const folder = swept.folders[file] ?? 0
    folderFiles[folder] = (folderFiles[folder] ?? 0) + 1
    folderSizes[folder] = (folderSizes[folder] ?? 0) + (sizes[file] ?? 0)
  }
  addToParents(parents, folderFiles)
  addToParents(parents, folderSizes)
  const onDisk = result.fileOnDiskBytes
  return {
    complete,
    filesystems: gathered.filesystems,
    spaces: line.spaces,
    folders: {
      names: folderNames,
      parents,
      files: folderFiles,
      sizeBytes: folderSizes,
      onDiskBytes: result.folderOnDiskBytes,
      onlyHereBytes: result.folderOnlyHereBytes,
      certainBytes: result.folderCertainBytes,
    },
    files: {
      names: [...names],
      folders: swept.folders,
      roles: Uint8Array.from(gathered.roles),
      filesystems,
      sizeBytes: Float64Array.from(sizes),
      firstExtents: Uint32Array.from([...gathered.firstExtents, extents.length]),
      onDiskBytes: onDisk,
      onlyHereBytes: result.fileOnlyHereBytes,
      sharedBytes: onDisk.map(
        (bytes, file) => bytes - (result.fileOnlyHereBytes[file] ?? 0) - (result.fileOthersBytes[file] ?? 0),
      ),
      sharedWithOthersBytes: result.fileOthersBytes,
      holeBytes: Float64Array.from(gathered.holes),
      inlineBytes: Float64Array.from(gathered.inline),
      uncheckedBytes: unchecked,
      reasons: reasonOf,
      hasOtherNames,
    },
    extents: {
      files: files.slice(),
      offsets: extents.offsets.slice(),
      lengths: extents.lengths.slice(),
      places: line.places,
      flags: flags.slice(),
      marks: marks.slice(),
    },
    extentsByPlace: result.extentsByPlace,
    intervals: result.intervals,
    groups: result.groups,
    groupsOmitted: result.groupsOmitted,
    reasons,
    totals: totalsOf(gathered, line, result, unchecked, reasonOf),
  }
}

function flagMeanings(filesystems: readonly SharingFilesystem[], line: PlaceLine): (place: number) => FlagMeaning {
  const meanings = line.spaces.map(({ kind, filesystem }): FlagMeaning => {
    if (kind === 'compressed') return 'compressed'
    return filesystems[filesystem]?.type === 'archive' ? 'none' : 'blocks'
  })
  let current = 0
  return (place) => {
    while (startOfSpace(line.spaces[current + 1]) <= place) current++
    return meanings[current] ?? 'blocks'
  }
}

/** Blocks that two files have without the filesystem calling them shared: one map was read before they changed hands. */
function addConflicts(result: SweepResult, unchecked: Float64Array, reasonOf: Int32Array, reasons: Said[]): void {
  if (result.conflictingBytes === 0) return
  const reason = reasons.push('its blocks changed hands while it was looked at') - 1
  for (let file = 0; file < unchecked.length; file++) {
    const bytes = result.fileConflictingBytes[file] ?? 0
    if (bytes === 0) continue
    unchecked[file] = (unchecked[file] ?? 0) + bytes
    if ((reasonOf[file] ?? -1) < 0) reasonOf[file] = reason
  }
}

function totalsOf(
  gathered: Gathered,
  line: PlaceLine,
  result: SweepResult,
  unchecked: Float64Array,
  reasonOf: Int32Array,
): SharingTotals {
  const { extents } = gathered
  const { files, offsets, lengths, flags } = extents
  const placed = { offsets, lengths, places: line.places }
  let mappedBytes = 0
  let unwrittenBytes = 0
  let fragments = 0
  let fragmentedFiles = 0
  let compressedFiles = 0
  for (let index = 0, piecesOfFile = 0, isCompressed = false; index < files.length; index++) {
    const place = line.places[index] ?? -1
    const length = lengths[index] ?? 0
    const isFirst = index === 0 || files[index] !== files[index - 1]
    if (isFirst) {
      piecesOfFile = 0
      isCompressed = false
    }
    if (place < 0) continue
    mappedBytes += length
    if (((flags[index] ?? 0) & extentFlags.unwritten) !== 0) unwrittenBytes += length
    if (((flags[index] ?? 0) & extentFlags.encoded) !== 0 && !isCompressed) {
      isCompressed = true
      compressedFiles++
    }
    const isChecked = (reasonOf[files[index] ?? 0] ?? -1) < 0
    if (!isChecked || (!isFirst && continuesPiece(placed, index))) continue
    fragments++
    piecesOfFile++
    if (piecesOfFile === 2) fragmentedFiles++
  }
  const sum = (values: ArrayLike<number>): number => {
    let total = 0
    for (let index = 0; index < values.length; index++) total += values[index] ?? 0
    return total
  }
  const { intervals } = result
  const compressedStart = startOfSpace(line.spaces.find(({ kind }) => kind === 'compressed'))
  let encodedBytes = 0
  for (let index = intervals.places.length - 1; index >= 0; index--) {
    if ((intervals.places[index] ?? 0) < compressedStart) break
    if (intervals.classes[index] !== blockClass.unchecked) encodedBytes += intervals.lengths[index] ?? 0
  }
  return {
    files: gathered.names.length,
    logicalBytes: sum(gathered.sizes),
    mappedBytes,
    onDiskBytes: result.onDiskBytes,
    onlyHereBytes: result.onlyHereBytes,
    sharedBytes: result.sharedBytes,
    sharedWithOthersBytes: result.sharedWithOthersBytes,
    savedBytes: mappedBytes - result.onDiskBytes - line.unequalEncodedBytes - sum(result.fileConflictingBytes),
    holeBytes: sum(gathered.holes),
    inlineBytes: sum(gathered.inline),
    encodedBytes,
    unwrittenBytes,
    uncheckedBytes: sum(unchecked),
    sparseFiles: gathered.holes.reduce((total, bytes) => total + (bytes > 0 ? 1 : 0), 0),
    compressedFiles,
    checkedFiles: reasonOf.reduce((total, reason) => total + (reason < 0 ? 1 : 0), 0),
    fragmentedFiles,
    fragments,
  }
}
