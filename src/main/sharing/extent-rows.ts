/** A file's extents as rows of a table, with the holes between them, so that each row begins where the one before it ends. */
import type { SharingExtentRow } from '../../shared/ipc/sharing.ts'
import { blockClass } from '../../shared/sharing/block-class.ts'
import { type PictureIndex, severalClasses } from '../../shared/sharing/picture-index.ts'
import { continuesPiece } from '../../shared/sharing/pieces.ts'
import { addressAt, endOfExtent } from '../../shared/sharing/places.ts'
import type { SharingMap } from '../../shared/sharing/sharing-map.ts'

/** More intervals under one extent than are looked at to tell how many use its parts. */
const mostIntervals = 4096

/** How many rows a file has. */
export function extentRowCount({ extents, files }: Pick<SharingMap, 'extents' | 'files'>, file: number): number {
  const first = files.firstExtents[file] ?? 0
  const end = files.firstExtents[file + 1] ?? first
  let rows = 0
  let at = 0
  for (let extent = first; extent < end; extent++) {
    const offset = extents.offsets[extent] ?? 0
    rows += offset > at ? 2 : 1
    at = offset + (extents.lengths[extent] ?? 0)
  }
  return rows + (at < (files.sizeBytes[file] ?? 0) ? 1 : 0)
}

/** `count` rows of a file, beginning with row `from`. */
export function extentRows(index: PictureIndex, file: number, from: number, count: number): SharingExtentRow[] {
  const { extents, files } = index.map
  const first = files.firstExtents[file] ?? 0
  const end = files.firstExtents[file + 1] ?? first
  const rows: SharingExtentRow[] = []
  let row = 0
  let at = 0
  let piece = 0
  const addHole = (to: number): void => {
    if (to > at && row++ >= from) rows.push(holeRow(at, to))
  }
  for (let extent = first; extent < end && row < from + count; extent++) {
    addHole(extents.offsets[extent] ?? 0)
    const hasPlace = (extents.places[extent] ?? -1) >= 0
    if (hasPlace && (extent === first || !continuesPiece(extents, extent))) piece++
    if (row++ >= from) rows.push(extentRow(index, extent, hasPlace ? piece : undefined))
    at = (extents.offsets[extent] ?? 0) + (extents.lengths[extent] ?? 0)
  }
  if (row < from + count) addHole(files.sizeBytes[file] ?? 0)
  return rows.slice(0, count)
}

function holeRow(from: number, to: number): SharingExtentRow {
  return {
    piece: undefined,
    offsetBytes: from,
    lengthBytes: to - from,
    addressBytes: undefined,
    classCode: blockClass.hole,
    fewestFiles: 0,
    mostFiles: 0,
    flags: 0,
  }
}

function extentRow(index: PictureIndex, extent: number, piece: number | undefined): SharingExtentRow {
  const { extents, spaces } = index.map
  const place = extents.places[extent] ?? -1
  const classCode = index.extentClasses[extent] ?? blockClass.unchecked
  return {
    piece,
    offsetBytes: extents.offsets[extent] ?? 0,
    lengthBytes: extents.lengths[extent] ?? 0,
    addressBytes: place < 0 ? undefined : addressAt(spaces, place),
    classCode: classCode === severalClasses ? undefined : classCode,
    ...filesOf(index, place, place < 0 ? place : endOfExtent(index.map, extent)),
    flags: extents.flags[extent] ?? 0,
  }
}

function filesOf(index: PictureIndex, start: number, end: number): Pick<SharingExtentRow, 'fewestFiles' | 'mostFiles'> {
  if (start < 0) return { fewestFiles: 1, mostFiles: 1 }
  const { places, files } = index.map.intervals
  const first = index.intervalAt(start)
  let fewest = files[first] ?? 1
  let most = fewest
  for (let at = first + 1; at < first + mostIntervals && (places[at] ?? end) < end; at++) {
    fewest = Math.min(fewest, files[at] ?? fewest)
    most = Math.max(most, files[at] ?? most)
  }
  return { fewestFiles: fewest, mostFiles: most }
}
