/**
 * Pure: the disk map. The bytes that the files use lie row after row in the order of their addresses; what lies between
 * them isn't drawn but marked by a tick. Each pixel stands for the same number of bytes, a view for a part of them.
 */
import { classCount } from './block-class.ts'
import { addPixel, CellList, type Cells } from './cells.ts'
import { gapBytesColumn, gapCountColumn, intervalColumns, type PictureIndex } from './picture-index.ts'

export interface DiskMapView {
  /** Of a row. */
  readonly widthPixels: number
  readonly rows: number
  /** A whole number. */
  readonly bytesPerPixel: number
  /** The used byte at the top left. */
  readonly startByte: number
}

/** Where used bytes follow each other that don't on disk. Ticks closer than a few pixels are joined. */
export interface GapTicks {
  readonly count: number
  readonly rows: Uint32Array
  /** The gap lies at the left edge of this pixel, or within it. */
  readonly xs: Uint32Array
  readonly gaps: Uint32Array
  /** Addresses left out, together. 0 where another filesystem begins. */
  readonly bytes: Float64Array
}

export interface DiskMapPicture {
  readonly cells: Cells
  readonly ticks: GapTicks
}

const ticksApartPixels = 4

/** The view that shows everything. */
export function wholeDiskMap(index: PictureIndex, widthPixels: number, rows: number): DiskMapView {
  const bytesPerPixel = Math.max(1, Math.ceil(index.usedBytes / Math.max(1, widthPixels * rows)))
  return { widthPixels, rows, bytesPerPixel, startByte: 0 }
}

/** What a view shows. Takes time by pixels, not by extents. */
export function diskMapPicture(index: PictureIndex, view: DiskMapView): DiskMapPicture {
  const { widthPixels, rows, bytesPerPixel, startByte } = view
  const list = new CellList()
  const ticks = new TickList()
  let before = new Float64Array(intervalColumns)
  let after = new Float64Array(intervalColumns)
  const { lengths, classes } = index.map.intervals
  const pixels = Math.min(widthPixels * rows, Math.ceil((index.usedBytes - startByte) / bytesPerPixel))
  let interval = pixels > 0 ? index.sumsAtUsed(startByte, before) : 0
  for (let pixel = 0; pixel < pixels; ) {
    const row = Math.floor(pixel / widthPixels)
    const x = pixel % widthPixels
    const from = startByte + pixel * bytesPerPixel
    const intervalEnd = index.usedBefore(interval) + (lengths[interval] ?? 0)
    // Pixels that lie within one interval are all the same.
    const same = Math.min(Math.floor((intervalEnd - from) / bytesPerPixel), widthPixels - x, pixels - pixel)
    const covered = Math.max(1, same)
    const to = Math.min(index.usedBytes, from + covered * bytesPerPixel)
    const nextInterval = index.sumsAtUsed(to, after)
    if (same >= 1) list.add(row, x, same, classes[interval] ?? 0, 0)
    else addPixel(list, row, x, before, after, classCount)
    const gaps = (after[gapCountColumn] ?? 0) - (before[gapCountColumn] ?? 0)
    if (gaps > 0) {
      // A gap just before `to` is at the left edge of the next pixel.
      const isAtEdge = to === index.usedBefore(nextInterval) && gaps === 1
      const at = isAtEdge ? pixel + covered : pixel + covered - 1
      const bytes = (after[gapBytesColumn] ?? 0) - (before[gapBytesColumn] ?? 0)
      if (at < widthPixels * rows) ticks.add(Math.floor(at / widthPixels), at % widthPixels, gaps, bytes)
    }
    ;[before, after] = [after, before]
    interval = nextInterval
    pixel += covered
  }
  return { cells: list.cells(), ticks: ticks.ticks() }
}

export interface DiskMapHit {
  /** Index of the interval under the pointer: of those in the pixel, one that has most of it. */
  readonly interval: number
  /** The used bytes behind the pixel. */
  readonly fromByte: number
  readonly toByte: number
}

/** More pieces of one pixel than are looked at to find the largest. */
const mostPieces = 1024

/** What is drawn at a pixel; undefined beyond the end. */
export function diskMapHit(index: PictureIndex, view: DiskMapView, x: number, row: number): DiskMapHit | undefined {
  if (x < 0 || row < 0 || x >= view.widthPixels || row >= view.rows) return undefined
  const fromByte = view.startByte + (row * view.widthPixels + x) * view.bytesPerPixel
  if (fromByte < 0 || fromByte >= index.usedBytes) return undefined
  const toByte = Math.min(index.usedBytes, fromByte + view.bytesPerPixel)
  let best = index.intervalAtUsed(fromByte)
  let most = 0
  const { lengths } = index.map.intervals
  for (let at = best; at < lengths.length && at - best < mostPieces; at++) {
    const start = index.usedBefore(at)
    if (start >= toByte) break
    const piece = Math.min(toByte, start + (lengths[at] ?? 0)) - Math.max(fromByte, start)
    if (piece > most) {
      most = piece
      best = at
    }
  }
  return { interval: best, fromByte, toByte }
}

/** A part of a row. */
export interface Strip {
  readonly row: number
  readonly x: number
  readonly width: number
}

/** Where a range of used bytes lies in a view, row by row: for lighting it up. */
export function stripsOf(view: DiskMapView, fromByte: number, toByte: number): Strip[] {
  const { widthPixels, rows, bytesPerPixel, startByte } = view
  const first = Math.max(0, Math.floor((fromByte - startByte) / bytesPerPixel))
  const end = Math.min(widthPixels * rows, Math.ceil((toByte - startByte) / bytesPerPixel))
  const strips: Strip[] = []
  for (let pixel = first; pixel < end; ) {
    const x = pixel % widthPixels
    const width = Math.min(widthPixels - x, end - pixel)
    strips.push({ row: Math.floor(pixel / widthPixels), x, width })
    pixel += width
  }
  return strips
}

/** The view after zooming by `factor` (below 1 zooms in) with the byte at a pixel staying where it is. */
export function zoomedDiskMap(
  index: PictureIndex,
  view: DiskMapView,
  factor: number,
  x: number,
  row: number,
): DiskMapView {
  const whole = wholeDiskMap(index, view.widthPixels, view.rows)
  const wanted = factor < 1 ? Math.floor(view.bytesPerPixel * factor) : Math.ceil(view.bytesPerPixel * factor)
  const bytesPerPixel = Math.min(whole.bytesPerPixel, Math.max(1, wanted))
  const pixel = row * view.widthPixels + x
  const startByte = view.startByte + pixel * (view.bytesPerPixel - bytesPerPixel)
  return pannedDiskMap(index, { ...view, bytesPerPixel }, startByte)
}

/** The view that begins at a byte, as far as there is something to show. */
export function pannedDiskMap(index: PictureIndex, view: DiskMapView, startByte: number): DiskMapView {
  const shown = view.widthPixels * view.rows * view.bytesPerPixel
  const furthest = Math.max(0, index.usedBytes - shown)
  return { ...view, startByte: Math.max(0, Math.min(Math.ceil(furthest), Math.floor(startByte))) }
}

class TickList {
  readonly #rows: number[] = []
  readonly #xs: number[] = []
  readonly #gaps: number[] = []
  readonly #bytes: number[] = []

  add(row: number, x: number, gaps: number, bytes: number): void {
    const last = this.#rows.length - 1
    if (last >= 0 && this.#rows[last] === row && x - (this.#xs[last] ?? 0) < ticksApartPixels) {
      this.#gaps[last] = (this.#gaps[last] ?? 0) + gaps
      this.#bytes[last] = (this.#bytes[last] ?? 0) + bytes
      return
    }
    this.#rows.push(row)
    this.#xs.push(x)
    this.#gaps.push(gaps)
    this.#bytes.push(bytes)
  }

  ticks(): GapTicks {
    return {
      count: this.#rows.length,
      rows: Uint32Array.from(this.#rows),
      xs: Uint32Array.from(this.#xs),
      gaps: Uint32Array.from(this.#gaps),
      bytes: Float64Array.from(this.#bytes),
    }
  }
}
