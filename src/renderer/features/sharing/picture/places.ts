/** Where in the picture one is: moving, zooming, and from piece to piece with the keys. Pure. */
import type { Cells } from '../../../../shared/sharing/cells.ts'
import {
  type DiskMapView,
  type MapLength,
  pannedDiskMap,
  wholeDiskMap,
  zoomedDiskMap,
} from '../../../../shared/sharing/disk-map.ts'
import { type LanesView, laneView } from '../../../../shared/sharing/lanes.ts'
import type { FileRange } from '../../../../shared/sharing/sharers.ts'

/** What is seen, apart from how large the canvas is; undefined is everything. */
export type Place = { readonly bytesPerPixel: number; readonly startByte: number } | undefined

/** A pixel of a picture. */
export interface Pixel {
  readonly x: number
  readonly row: number
}

export const ZOOM_STEP = 2

export function mapView(map: MapLength, widthPixels: number, rows: number, place: Place): DiskMapView {
  const whole = wholeDiskMap(map, widthPixels, rows)
  if (place === undefined || place.bytesPerPixel >= whole.bytesPerPixel) return whole
  return pannedDiskMap(map, { ...whole, bytesPerPixel: place.bytesPerPixel }, place.startByte)
}

/** Whether a view shows all of the map. */
export function isWhole(
  { usedBytes }: MapLength,
  { widthPixels, rows, bytesPerPixel, startByte }: DiskMapView,
): boolean {
  return startByte === 0 && widthPixels * rows * bytesPerPixel >= usedBytes
}

/** `factor` below 1 zooms in; the byte at the pixel stays. */
export function zoomMap(map: MapLength, view: DiskMapView, factor: number, { x, row }: Pixel): Place {
  return zoomedDiskMap(map, view, factor, x, row)
}

/** Moves what is seen by rows and pixels. */
export function panMap(map: MapLength, view: DiskMapView, pixels: number, rows: number): Place {
  return pannedDiskMap(map, view, view.startByte + (pixels + rows * view.widthPixels) * view.bytesPerPixel)
}

export function lanesView(longestBytes: number, widthPixels: number, leastPixels: number, place: Place): LanesView {
  const whole = Math.max(1, Math.ceil(longestBytes / Math.max(1, widthPixels)))
  if (place === undefined || place.bytesPerPixel >= whole)
    return { widthPixels, bytesPerPixel: whole, startByte: 0, leastPixels }
  const furthest = Math.max(0, longestBytes - widthPixels * place.bytesPerPixel)
  const startByte = Math.max(0, Math.min(Math.ceil(furthest), Math.floor(place.startByte)))
  return { widthPixels, bytesPerPixel: place.bytesPerPixel, startByte, leastPixels }
}

/** Where a range of a file lies in its lane, if any of it is seen. */
export function spotInLane(
  view: LanesView,
  laneBytes: number,
  { offset, lengthBytes }: FileRange,
): { readonly x: number; readonly width: number } | undefined {
  const { bytesPerPixel, startByte, widthPixels } = laneView(view, laneBytes)
  const x = Math.max(0, Math.floor((offset - startByte) / bytesPerPixel))
  const end = Math.min(widthPixels, Math.ceil((offset + lengthBytes - startByte) / bytesPerPixel))
  return end > x ? { x, width: end - x } : undefined
}

export function zoomLanes(view: LanesView, factor: number, x: number): Place {
  const wanted = view.bytesPerPixel * factor
  const bytesPerPixel = Math.max(1, factor < 1 ? Math.floor(wanted) : Math.ceil(wanted))
  return { bytesPerPixel, startByte: Math.max(0, view.startByte + x * (view.bytesPerPixel - bytesPerPixel)) }
}

export function panLanes(view: LanesView, pixels: number): Place {
  return { bytesPerPixel: view.bytesPerPixel, startByte: Math.max(0, view.startByte + pixels * view.bytesPerPixel) }
}

/** The piece at a pixel, or the nearest one before it; -1 where there is none. */
function cellAt({ count, rows, xs }: Cells, { x, row }: Pixel): number {
  let found = -1
  for (let at = 0; at < count; at++) {
    const cellRow = rows[at] ?? 0
    if (cellRow > row || (cellRow === row && (xs[at] ?? 0) > x)) break
    found = at
  }
  return found
}

/** The pixel in the middle of the next piece in a direction; undefined beyond the picture. */
export function stepCell(
  cells: Cells,
  from: Pixel | undefined,
  by: 'left' | 'right' | 'up' | 'down',
): Pixel | undefined {
  if (cells.count === 0) return undefined
  const middleOf = (at: number): Pixel => ({
    row: cells.rows[at] ?? 0,
    x: (cells.xs[at] ?? 0) + Math.floor((cells.widths[at] ?? 0) / 2),
  })
  if (from === undefined) return middleOf(0)
  const here = Math.max(0, cellAt(cells, from))
  if (by === 'left') return here === 0 ? undefined : middleOf(here - 1)
  if (by === 'right') return here + 1 >= cells.count ? undefined : middleOf(here + 1)
  const row = from.row + (by === 'up' ? -1 : 1)
  const target = cellAt(cells, { row, x: from.x })
  if (row < 0 || target < 0 || target === here) return undefined
  // A row that ends before, or that begins after, this pixel.
  const isInRow = cells.rows[target] === row
  return isInRow
    ? { row, x: Math.min(from.x, (cells.xs[target] ?? 0) + (cells.widths[target] ?? 1) - 1) }
    : middleOf(target)
}
