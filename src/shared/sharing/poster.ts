/** Pure: a still picture of a sharing map for reports: where the disk map and the lanes stand, and which files have one. */

import { blockClasses, classCount } from './block-class.ts'
import type { Cells } from './cells.ts'
import { diskMapPicture, type GapTicks, wholeDiskMap } from './disk-map.ts'
import { lanesPicture, wholeLanes } from './lanes.ts'
import type { PictureIndex } from './picture-index.ts'

/** In pixels. */
export const poster = {
  width: 960,
  margin: 24,
  mapRows: 24,
  /** Of the map and of the lanes alike: from one to the next, and what of it is drawn. */
  rowPitch: 16,
  rowHeight: 12,
  /** Left of the lanes, for names. */
  nameWidth: 240,
  legendHeight: 24,
} as const

const mostLanes = 60

export interface Poster {
  readonly widthPixels: number
  readonly heightPixels: number
  readonly map: {
    readonly top: number
    readonly cells: Cells
    readonly ticks: GapTicks
    readonly bytesPerPixel: number
  }
  /** The files with the most bytes on disk, by role. */
  readonly lanes: {
    readonly top: number
    readonly left: number
    readonly cells: Cells
    readonly files: readonly number[]
  }
  readonly lanesOmitted: number
  /** Bytes of each class: on disk, and for the last three what files have of them. */
  readonly classBytes: Float64Array
}

/** Lays a whole map out; takes at most `mostLanes` files into the lanes. */
export function makePoster(index: PictureIndex): Poster {
  const { map } = index
  const { width, margin, mapRows, rowPitch, nameWidth, legendHeight } = poster
  const inner = width - 2 * margin
  const byUse = Array.from(map.files.names.keys()).sort(
    (a, b) =>
      (map.files.onDiskBytes[b] ?? 0) - (map.files.onDiskBytes[a] ?? 0) ||
      (map.files.sizeBytes[b] ?? 0) - (map.files.sizeBytes[a] ?? 0) ||
      a - b,
  )
  const files = byUse.slice(0, mostLanes).sort((a, b) => (map.files.roles[a] ?? 0) - (map.files.roles[b] ?? 0) || a - b)
  const view = wholeDiskMap(index, inner, mapRows)
  const { cells, ticks } = diskMapPicture(index, view)
  const usedRows = Math.ceil(index.usedBytes / view.bytesPerPixel / inner)
  const mapTop = margin + 3 * legendHeight
  const lanesTop = mapTop + usedRows * rowPitch + 2 * legendHeight
  const lanes = lanesPicture(index, files, wholeLanes(index, files, inner - nameWidth))
  return {
    widthPixels: width,
    heightPixels: lanesTop + files.length * rowPitch + margin,
    map: { top: mapTop, cells, ticks, bytesPerPixel: view.bytesPerPixel },
    lanes: { top: lanesTop, left: margin + nameWidth, cells: lanes, files },
    lanesOmitted: map.files.names.length - files.length,
    classBytes: classBytes(index),
  }
}

function classBytes(index: PictureIndex): Float64Array {
  const { intervals, totals } = index.map
  const bytes = new Float64Array(classCount)
  intervals.classes.forEach((classCode, at) => {
    bytes[classCode] = (bytes[classCode] ?? 0) + (intervals.lengths[at] ?? 0)
  })
  blockClasses.forEach(({ name }, code) => {
    if (name === 'inline') bytes[code] = totals.inlineBytes
    if (name === 'unchecked') bytes[code] = totals.uncheckedBytes
    if (name === 'hole') bytes[code] = totals.holeBytes
  })
  return bytes
}
