/** Pure: the sharing picture as pixels, for PNG where there is no display. */
import type { ReportWords } from '../texts/report-words.ts'
import { blockClasses, type ClassStyle } from './block-class.ts'
import { type Cells, hidesClasses } from './cells.ts'
import { drawLetters } from './letters.ts'
import type { PictureIndex } from './picture-index.ts'
import { makePoster, poster } from './poster.ts'

export interface Raster {
  readonly widthPixels: number
  readonly heightPixels: number
  /** Red, green, blue; row by row. */
  readonly rgb: Uint8Array<ArrayBuffer>
}

const paper: Rgb = [255, 255, 255]
const ink: Rgb = [28, 25, 23]
/** Around holes, and over what has hardly a colour. */
const outline: Rgb = [100, 116, 139]
type Rgb = readonly [red: number, green: number, blue: number]

/** Draws a poster of the map in light colours. */
export function rasterPoster(index: PictureIndex, title: string, words: ReportWords): Raster {
  const { widthPixels, heightPixels, map, lanes, labels, marks } = makePoster(index, title, words)
  const rgb = new Uint8Array(widthPixels * heightPixels * 3).fill(255)
  const canvas = { widthPixels, heightPixels, rgb }
  drawCells(canvas, map.cells, poster.margin, map.top)
  for (let tick = 0; tick < map.ticks.count; tick++) {
    const top = map.top + (map.ticks.rows[tick] ?? 0) * poster.rowPitch
    for (let y = top; y < top + poster.rowHeight; y++) {
      setPixel(canvas, poster.margin + (map.ticks.xs[tick] ?? 0), y, paper)
    }
  }
  drawCells(canvas, lanes.cells, lanes.left, lanes.top)
  for (const { x, y, classCode } of marks) drawCell(canvas, x, y, 12, classCode, false)
  for (const { x, y, text } of labels) {
    drawLetters(text, x, y, widthPixels, (at, row, share) => setPixel(canvas, at, row, mixed(ink, paper, share)))
  }
  return canvas
}

function mixed(over: Rgb, under: Rgb, share: number): Rgb {
  const channel = (a: number, b: number): number => Math.round(a * share + b * (1 - share))
  return [channel(over[0], under[0]), channel(over[1], under[1]), channel(over[2], under[2])]
}

function drawCells(canvas: Raster, cells: Cells, left: number, top: number): void {
  for (let at = 0; at < cells.count; at++) {
    const x = left + (cells.xs[at] ?? 0)
    const y = top + (cells.rows[at] ?? 0) * poster.rowPitch
    drawCell(canvas, x, y, cells.widths[at] ?? 0, cells.classes[at] ?? 0, hidesClasses(cells, at))
  }
}

/** `isMixed`: there are other classes in it. */
function drawCell(canvas: Raster, x: number, y: number, width: number, classCode: number, isMixed: boolean): void {
  const style = blockClasses[classCode]
  if (style === undefined) return
  const height = poster.rowHeight
  const fill = style.light === undefined ? paper : rgbOf(style.light)
  const cue = style.cue === 'outline' || style.cue === 'diagonal' ? outline : paper
  for (let dy = 0; dy < height; dy++) {
    for (let dx = 0; dx < width; dx++) {
      const isEdge = dy === 0 || dy === height - 1 || (dx === 0 && width > 2) || (dx === width - 1 && width > 2)
      const isMark = isMixed && dy < 2
      setPixel(canvas, x + dx, y + dy, isMark ? ink : hasCue(style.cue, x + dx, dy, isEdge) ? cue : fill)
    }
  }
}

/** Whether the second cue of a class covers a pixel; `row` counts within the cell. */
function hasCue(cue: ClassStyle['cue'], x: number, row: number, isEdge: boolean): boolean {
  switch (cue) {
    case 'one-line':
      return row === 6
    case 'two-lines':
      return row === 4 || row === 8
    case 'three-lines':
      return row === 3 || row === 6 || row === 9
    case 'dashes':
      return (row === 5 || row === 6) && (x & 7) < 4
    case 'dots':
      return (x & 3) === 1 && row % 3 === 1
    case 'cross-hatch':
      return ((x + row) & 7) === 0 || ((x - row) & 7) === 0
    case 'ring': {
      const distance = ((x & 7) - 4) ** 2 + (row - 6) ** 2
      return distance >= 4 && distance <= 8
    }
    case 'diagonal':
      return ((x + row) & 7) === 0
    case 'outline':
      return isEdge
    case 'plain':
      return false
  }
}

function setPixel({ rgb, widthPixels, heightPixels }: Raster, x: number, y: number, [red, green, blue]: Rgb): void {
  if (x < 0 || y < 0 || x >= widthPixels || y >= heightPixels) return
  const at = (y * widthPixels + x) * 3
  rgb[at] = red
  rgb[at + 1] = green
  rgb[at + 2] = blue
}

function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16)
  return [value >> 16, (value >> 8) & 0xff, value & 0xff]
}
