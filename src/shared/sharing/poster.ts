/** Pure: a still picture of a sharing map for reports: where the disk map and the lanes stand, and which files have one. */

import type { ReportWords } from '../texts/report-words.ts'
import { blockClasses, classCount, classTextKey } from './block-class.ts'
import type { Cells } from './cells.ts'
import { diskMapPicture, type GapTicks, wholeDiskMap } from './disk-map.ts'
import { lanesPicture, wholeLanes } from './lanes.ts'
import type { PictureIndex } from './picture-index.ts'
import { pathOfFile } from './sharing-map.ts'

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
  readonly labels: readonly Label[]
  /** A mark of each class that occurs; its words are among the labels. */
  readonly marks: readonly { readonly x: number; readonly y: number; readonly classCode: number }[]
}

/** A line of words that begins at x and stands on y. */
interface Label {
  readonly x: number
  readonly y: number
  readonly text: string
}

/** Lays a whole map out, with `title` above it; takes at most `mostLanes` files into the lanes. */
export function makePoster(index: PictureIndex, title: string, words: ReportWords): Poster {
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
  const isWhole = files.length === map.files.names.length
  const legend = layOutLegend(classBytes(index), words)
  return {
    widthPixels: width,
    heightPixels: lanesTop + files.length * rowPitch + margin,
    map: { top: mapTop, cells, ticks, bytesPerPixel: view.bytesPerPixel },
    lanes: { top: lanesTop, left: margin + nameWidth, cells: lanes, files },
    labels: [
      { x: margin, y: margin + 12, text: title },
      ...legend.labels,
      { x: margin, y: mapTop - 6, text: words.text('report.mapScale', { size: words.size(view.bytesPerPixel) }) },
      {
        x: margin,
        y: lanesTop - 6,
        text: isWhole ? words.text('report.files') : words.text('report.largest', { count: files.length }),
      },
      ...files.map((file, row) => ({
        x: margin,
        y: lanesTop + row * rowPitch + 10,
        text: shortened(pathOfFile(map, file)),
      })),
    ],
    marks: legend.marks,
  }
}

function layOutLegend(classBytes: Float64Array, { text, size }: ReportWords): Pick<Poster, 'labels' | 'marks'> {
  const { margin, width, legendHeight } = poster
  const labels: Label[] = []
  const marks: Poster['marks'][number][] = []
  let x: number = margin
  let y: number = margin + legendHeight + 8
  blockClasses.forEach((_, classCode) => {
    const bytes = classBytes[classCode] ?? 0
    if (bytes === 0) return
    const words = `${text(classTextKey(classCode))} ${size(bytes)}`
    const widthPixels = 30 + words.length * 7
    if (x + widthPixels > width - margin) {
      x = margin
      y += 18
    }
    marks.push({ x, y: y - 10, classCode })
    labels.push({ x: x + 17, y, text: words })
    x += widthPixels
  })
  return { labels, marks }
}

/** The end of a long path says more than its beginning. */
function shortened(path: string): string {
  const most = 34
  return path.length <= most ? path : `…${path.slice(1 - most)}`
}

/** Bytes of each class: on disk, and for the last three what files have of them. */
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
