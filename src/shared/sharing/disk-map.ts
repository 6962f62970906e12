/**
 * Pure: the disk map. The bytes that the files use lie row after row in the order of their addresses; what lies between
 * them isn't drawn but marked by a tick. Each pixel stands for the same number of bytes, a view for a part of them.
 */
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

/** What a view needs to know about the map: how long it is. */
export type MapLength = Pick<PictureIndex, 'usedBytes'>

/** The view that shows everything. */
export function wholeDiskMap(index: MapLength, widthPixels: number, rows: number): DiskMapView {
  const bytesPerPixel = Math.max(1, Math.ceil(index.usedBytes / Math.max(1, widthPixels * rows)))
  return { widthPixels, rows, bytesPerPixel, startByte: 0 }
}

/** Pieces of a pixel that are added up one by one; where there are more, sums made before are quicker. */
const mostPieces = 64

/** What a view shows. Takes time by pixels, not by extents. */
export function diskMapPicture(index: PictureIndex, view: DiskMapView): DiskMapPicture {
  const { widthPixels, rows, bytesPerPixel, startByte } = view
  const list = new CellList()
  const ticks = new TickList()
  const pixel = new PixelSums(index, startByte)
  const pixels = Math.min(widthPixels * rows, Math.ceil((index.usedBytes - startByte) / bytesPerPixel))
  for (let at = 0; at < pixels; ) {
    const row = Math.floor(at / widthPixels)
    const x = at % widthPixels
    // Pixels that lie within one interval are all the same.
    const same = Math.min(Math.floor(pixel.bytesLeft / bytesPerPixel), widthPixels - x, pixels - at)
    const covered = Math.max(1, same)
    if (same >= 1) list.add(row, x, same, pixel.classCode, 0)
    pixel.advance(Math.min(index.usedBytes, startByte + (at + covered) * bytesPerPixel))
    if (same < 1) addPixel(list, row, x, pixel.bytes)
    at += covered
    if (pixel.gaps === 0) continue
    // A gap where the pixel ends is at the left edge of the next one.
    const tick = pixel.isAtGap && pixel.gaps === 1 ? at : at - 1
    if (tick < widthPixels * rows) {
      ticks.add(Math.floor(tick / widthPixels), tick % widthPixels, pixel.gaps, pixel.gapBytes)
    }
  }
  return { cells: list.cells(), ticks: ticks.ticks() }
}

/** Goes through the used bytes from one end of a pixel to the other. */
class PixelSums {
  /** Of the last step: bytes by class, and the gaps after its first byte up to the place it ended at. */
  readonly bytes = new Float64Array(intervalColumns)
  gaps = 0
  gapBytes = 0
  /** Whether there is a gap where it ended. */
  isAtGap = false
  readonly #index: PictureIndex
  readonly #before = new Float64Array(intervalColumns)
  #at: number
  #interval: number

  constructor(index: PictureIndex, at: number) {
    this.#index = index
    this.#at = at
    this.#interval = index.intervalAtUsed(at)
  }

  /** Bytes up to the end of the interval, and its class. */
  get bytesLeft(): number {
    return (this.#index.used[this.#interval + 1] ?? 0) - this.#at
  }

  get classCode(): number {
    return this.#index.map.intervals.classes[this.#interval] ?? 0
  }

  advance(to: number): void {
    const { bytes } = this
    const index = this.#index
    const { used } = index
    const { classes } = index.map.intervals
    bytes.fill(0)
    this.gaps = 0
    this.gapBytes = 0
    this.isAtGap = false
    let at = this.#at
    let interval = this.#interval
    const lastWalked = interval + mostPieces
    while (at < to) {
      if (interval === lastWalked) {
        this.#at = at
        this.#interval = interval
        this.#jump(to)
        return
      }
      const intervalEnd = used[interval + 1] ?? 0
      const end = Math.min(to, intervalEnd)
      const classCode = classes[interval] ?? 0
      bytes[classCode] = (bytes[classCode] ?? 0) + end - at
      at = end
      if (end < intervalEnd || end === index.usedBytes) continue
      interval++
      const gap = index.gapBefore(interval)
      this.isAtGap = gap >= 0 && at === to
      if (gap < 0) continue
      this.gaps++
      this.gapBytes += gap
    }
    this.#at = at
    this.#interval = interval
  }

  #jump(to: number): void {
    const { bytes } = this
    const before = this.#before
    this.#index.sumsAtUsed(this.#at, before)
    for (let column = 0; column < before.length; column++) before[column] = (before[column] ?? 0) - (bytes[column] ?? 0)
    this.#interval = this.#index.sumsAtUsed(to, bytes)
    for (let column = 0; column < before.length; column++) bytes[column] = (bytes[column] ?? 0) - (before[column] ?? 0)
    this.gaps += bytes[gapCountColumn] ?? 0
    this.gapBytes += bytes[gapBytesColumn] ?? 0
    this.isAtGap = to === this.#index.used[this.#interval] && this.#index.gapBefore(this.#interval) >= 0
    this.#at = to
  }
}

export interface DiskMapHit {
  /** Index of the interval under the pointer: of those in the pixel, one that has most of it. */
  readonly interval: number
  /** The used bytes behind the pixel. */
  readonly fromByte: number
  readonly toByte: number
}

/** More pieces of one pixel than are looked at to find the largest. */
const mostHitPieces = 1024

/** What is drawn at a pixel; undefined beyond the end. */
export function diskMapHit(index: PictureIndex, view: DiskMapView, x: number, row: number): DiskMapHit | undefined {
  if (x < 0 || row < 0 || x >= view.widthPixels || row >= view.rows) return undefined
  const fromByte = view.startByte + (row * view.widthPixels + x) * view.bytesPerPixel
  if (fromByte < 0 || fromByte >= index.usedBytes) return undefined
  const toByte = Math.min(index.usedBytes, fromByte + view.bytesPerPixel)
  let best = index.intervalAtUsed(fromByte)
  let most = 0
  const { lengths } = index.map.intervals
  for (let at = best; at < lengths.length && at - best < mostHitPieces; at++) {
    const start = index.used[at] ?? 0
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
  index: MapLength,
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
export function pannedDiskMap(index: MapLength, view: DiskMapView, startByte: number): DiskMapView {
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
