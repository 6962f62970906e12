/** The files of a map that a query asks for, in its order: numbers only, made once for each query and version. */
import { type ByteString, displayName } from '../../shared/byte-string.ts'
import type { SharingFileQuery, SharingFileRow, SharingSort } from '../../shared/ipc/sharing.ts'
import type { PictureIndex } from '../../shared/sharing/picture-index.ts'
import { piecesOfFile } from '../../shared/sharing/pieces.ts'
import { filesSharingWith } from '../../shared/sharing/sharers.ts'
import { fileRoles, pathOfFile, pathOfFolder, rangeMarks, type SharingMap } from '../../shared/sharing/sharing-map.ts'
import { extentRowCount } from './extent-rows.ts'

/** The folders of a map are in depth-first order, so that a folder and all below it are a range. */
function endOfFolder({ folders }: Pick<SharingMap, 'folders'>, folder: number): number {
  if (folder === 0) return folders.names.length
  let end = folder + 1
  while (end < folders.names.length && (folders.parents[end] ?? 0) >= folder) end++
  return end
}

/** Bytes of files in a folder and below it whose place isn't told. */
export function uncheckedBelow(map: SharingMap, folder: number): number {
  const end = endOfFolder(map, folder)
  return map.files.uncheckedBytes.reduce((sum, bytes, file) => {
    const inFolder = map.files.folders[file] ?? 0
    return inFolder >= folder && inFolder < end ? sum + bytes : sum
  }, 0)
}

/** Bytes of a file that were written again though they could have been shared. */
function copiedBytesOf({ extents, files }: Pick<SharingMap, 'extents' | 'files'>, file: number): number {
  let bytes = 0
  const end = files.firstExtents[file + 1] ?? 0
  for (let extent = files.firstExtents[file] ?? 0; extent < end; extent++) {
    if (extents.marks[extent] === rangeMarks.copied) bytes += extents.lengths[extent] ?? 0
  }
  return bytes
}

/** The numbers of the files that a query asks for, in its order; `isSelected` is what it means by selected. */
export function listFiles(
  index: PictureIndex,
  query: SharingFileQuery,
  isSelected: (file: number) => boolean,
): Uint32Array {
  const { map } = index
  const { files } = map
  const { role, folder, show, sharesWithFile } = query
  const roleCode = role === undefined ? -1 : fileRoles.indexOf(role)
  const endFolder = query.directlyInFolder ? folder + 1 : endOfFolder(map, folder)
  const sharing = sharesWithFile === undefined ? undefined : filesSharingWith(index, (file) => file === sharesWithFile)
  const text = query.text.toLowerCase()
  const found: number[] = []
  for (let file = 0; file < files.names.length; file++) {
    if (roleCode >= 0 && files.roles[file] !== roleCode) continue
    const inFolder = files.folders[file] ?? 0
    if (inFolder < folder || inFolder >= endFolder) continue
    if (sharing !== undefined && sharing[file] === 0) continue
    if (query.selectedOnly && !isSelected(file)) continue
    if (!isShown(map, file, show)) continue
    if (text !== '' && !pathOfFile(map, file).toLowerCase().includes(text)) continue
    found.push(file)
  }
  return inOrder(map, found, query.sort, query.descending)
}

/** Not by locale: it must be quick for a hundred thousand names. */
function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function isShown(map: SharingMap, file: number, show: SharingFileQuery['show']): boolean {
  const { files } = map
  const shares = (files.sharedBytes[file] ?? 0) + (files.sharedWithOthersBytes[file] ?? 0) > 0
  switch (show) {
    case 'all':
      return true
    case 'sharing':
      return shares
    case 'not-sharing':
      return !shares
    case 'copied':
      return copiedBytesOf(map, file) > 0
    case 'unchecked':
      return (files.uncheckedBytes[file] ?? 0) > 0 || (files.reasons[file] ?? -1) >= 0
  }
}

function inOrder(map: SharingMap, found: number[], sort: SharingSort, descending: boolean): Uint32Array {
  const { files } = map
  const columns = {
    size: files.sizeBytes,
    'on-disk': files.onDiskBytes,
    'only-here': files.onlyHereBytes,
    shared: files.sharedBytes.map((bytes, file) => bytes + (files.sharedWithOthersBytes[file] ?? 0)),
  } as const
  if (sort === 'path') {
    // Folders are in depth-first order; a folder's own files come before those of the folders in it.
    const { folders, names } = files
    found.sort((a, b) => (folders[a] ?? 0) - (folders[b] ?? 0) || compareNames(names[a] ?? '', names[b] ?? ''))
  } else {
    const column = columns[sort]
    const sign = descending ? -1 : 1
    found.sort((a, b) => sign * ((column[a] ?? 0) - (column[b] ?? 0)) || a - b)
    return Uint32Array.from(found)
  }
  return Uint32Array.from(descending ? found.reverse() : found)
}

export function fileRow(index: PictureIndex, file: number): SharingFileRow {
  const { map } = index
  const { files } = map
  return {
    file,
    path: pathOfFile(map, file),
    role: fileRoles[files.roles[file] ?? 0] ?? 'other',
    filesystem: files.filesystems[file] ?? 0,
    sizeBytes: files.sizeBytes[file] ?? 0,
    onDiskBytes: files.onDiskBytes[file] ?? 0,
    onlyHereBytes: files.onlyHereBytes[file] ?? 0,
    sharedBytes: files.sharedBytes[file] ?? 0,
    sharedWithOthersBytes: files.sharedWithOthersBytes[file] ?? 0,
    holeBytes: files.holeBytes[file] ?? 0,
    inlineBytes: files.inlineBytes[file] ?? 0,
    uncheckedBytes: files.uncheckedBytes[file] ?? 0,
    reason: map.reasons[files.reasons[file] ?? -1],
    pieces: piecesOfFile(map, file),
    pieceRows: extentRowCount(map, file),
    laneBytes: index.laneEnd(file),
    copiedBytes: copiedBytesOf(map, file),
  }
}

/** Whether a file is one of these, or lies below one of them. Compared as displayed: a map has no other names. */
export function filesBelow(map: SharingMap, paths: readonly ByteString[]): (file: number) => boolean {
  const wanted = new Set(paths.map(displayName))
  if (wanted.has('')) return () => true
  const { folders, files } = map
  const isWanted = new Uint8Array(folders.names.length)
  for (let folder = 1; folder < isWanted.length; folder++) {
    const isBelow = isWanted[folders.parents[folder] ?? 0] === 1
    isWanted[folder] = isBelow || wanted.has(pathOfFolder(folders, folder)) ? 1 : 0
  }
  return (file) => isWanted[files.folders[file] ?? 0] === 1 || wanted.has(pathOfFile(map, file))
}
