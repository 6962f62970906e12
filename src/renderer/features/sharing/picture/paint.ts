/**
 * Draws cells on a canvas in the colours of their classes, with the lines, dots and hatches that tell them apart without
 * colour. All lengths here are pixels of the screen, not of style sheets.
 */
import { blockClass, blockClasses, type ClassStyle } from '../../../../shared/sharing/block-class.ts'
import { type Cells, hidesClasses } from '../../../../shared/sharing/cells.ts'
import type { Colours } from './colours.ts'
import type { LitMark } from './lit.ts'

/** Rows `pitch` apart, in each a bar `bar` high that begins `top` below the row's begin. */
export interface RowGeometry {
  readonly pitch: number
  readonly top: number
  readonly bar: number
}

export interface Paint {
  readonly colours: Colours
  readonly geometry: RowGeometry
  /** Pixels of the screen in one of the style sheets'. */
  readonly ratio: number
  /** Classes that are shown faintly. */
  readonly faint: ReadonlySet<number>
  /** What is lit; everything else steps back. Undefined when nothing is chosen. */
  readonly lit: readonly LitMark[] | undefined
  /** Rows that aren't at the scale of the others: their bars are thinner, and end in teeth. */
  readonly enlarged?: ReadonlySet<number>
}

const faintAlpha = 0.12
/** How much of a bar's height is missing above and below where a piece begins. */
const notchShare = 0.3
/** Closer than this, notches would leave nothing of a bar. */
const notchesApartPixels = 4
/** How much thinner the bar of an enlarged file is, above and below. */
const enlargedInset = 1 / 6
/** How much of what isn't lit shows through. */
const dimAlpha = 0.55

/** The pixels of a class, as high as a row, repeated to the right: red, green, blue and alpha in one number each. */
interface Tile {
  readonly width: number
  readonly pixels: Uint32Array
}

/** Made once for a theme and a geometry: drawing asks for them at every frame. */
const tilesOfColours = new WeakMap<Colours, Map<string, readonly Tile[]>>()

function tilesOf(paint: Pick<Paint, 'colours' | 'geometry' | 'ratio'>): readonly Tile[] {
  const { colours, geometry, ratio } = paint
  const known = tilesOfColours.get(colours) ?? new Map<string, readonly Tile[]>()
  tilesOfColours.set(colours, known)
  const key = [ratio, geometry.pitch, geometry.top, geometry.bar].join(' ')
  const tiles = known.get(key) ?? blockClasses.map((style, code) => tileOf(style, colours.classes[code] ?? '', paint))
  known.set(key, tiles)
  return tiles
}

function tileOf(
  { cue }: ClassStyle,
  colour: string,
  { colours, geometry, ratio }: Pick<Paint, 'colours' | 'geometry' | 'ratio'>,
): Tile {
  const size = Math.max(4, Math.round(6 * ratio))
  const { pitch, top, bar } = geometry
  const pen = new OffscreenCanvas(size, pitch).getContext('2d', { willReadFrequently: true })
  if (pen === null) return { width: 1, pixels: new Uint32Array(pitch) }
  const line = Math.max(1, Math.round(ratio))
  if (cue === 'outline') {
    pen.fillStyle = colours.outline
    pen.fillRect(0, top, size, line)
    pen.fillRect(0, top + bar - line, size, line)
  } else {
    pen.fillStyle = colour
    pen.fillRect(0, 0, size, pitch)
    pen.beginPath()
    pen.rect(0, top, size, bar)
    pen.clip()
    // What can't be checked has hardly a colour: its lines are what is seen.
    pen.strokeStyle = cue === 'diagonal' ? colours.outline : colours.cue
    pen.fillStyle = colours.cue
    pen.lineWidth = Math.max(1, ratio)
    drawCue(pen, cue, size, geometry, ratio)
  }
  return { width: size, pixels: new Uint32Array(pen.getImageData(0, 0, size, pitch).data.buffer) }
}

const lineCount: { readonly [Cue in ClassStyle['cue']]?: number } = { 'one-line': 1, 'two-lines': 2, 'three-lines': 3 }

function drawCue(
  pen: OffscreenCanvasRenderingContext2D,
  cue: ClassStyle['cue'],
  size: number,
  { top, bar }: RowGeometry,
  ratio: number,
): void {
  const lines = lineCount[cue] ?? 0
  const thick = Math.max(1, Math.round(ratio))
  for (let line = 1; line <= lines; line++) {
    pen.fillRect(0, Math.round(top + (bar * line) / (lines + 1) - thick / 2), size, thick)
  }
  if (cue === 'dashes') {
    const high = 2 * thick
    pen.fillRect(0, Math.round(top + (bar - high) / 2), Math.round(size / 2), high)
  }
  if (cue === 'dots') {
    const dot = Math.max(1, Math.round(1.5 * ratio))
    for (let y = top + dot; y < top + bar; y += 3 * dot) pen.fillRect(size / 2 - dot / 2, y, dot, dot)
  }
  pen.beginPath()
  // Lines that leave a tile on one side come in on the other.
  for (let y = top - 2 * size; y < top + bar + 2 * size; y += size) {
    if (cue === 'diagonal' || cue === 'cross-hatch') {
      pen.moveTo(0, y + size)
      pen.lineTo(size, y)
    }
    if (cue === 'cross-hatch') {
      pen.moveTo(0, y)
      pen.lineTo(size, y + size)
    }
  }
  if (cue === 'ring') {
    pen.arc(size / 2, top + bar / 2, size / 3, 0, 2 * Math.PI)
  }
  pen.stroke()
}

/**
 * How far a canvas reaches beyond its picture on the left and on the right, in pixels of style sheets: room for the frame
 * of what lies at an edge. As in picture.module.css: .canvas.
 */
const MARGIN_PIXELS = 4

/** The same in pixels of a screen that has `ratio` of them in one. */
export function canvasMargin(ratio: number): number {
  return Math.round(MARGIN_PIXELS * ratio)
}

/** Draws one frame over whatever was there. Pixel by pixel: a rectangle for each of ten thousand cells takes longer than a frame. */
export function paintCells(context: CanvasRenderingContext2D, cells: Cells, paint: Paint): void {
  const margin = canvasMargin(paint.ratio)
  const width = context.canvas.width - 2 * margin
  const { height } = context.canvas
  if (width <= 0 || height === 0) return
  const image = context.createImageData(width, height)
  const pixels = new Uint32Array(image.data.buffer)
  drawAll(pixels, width, height, cells, paint)
  fillMarks(pixels, width, height, paint)
  context.clearRect(0, 0, context.canvas.width, height)
  context.putImageData(image, margin, 0)
  if (paint.lit !== undefined) outlineLit(context, paint, paint.lit, margin)
}

const alphaShift = 24
const withoutAlpha = 0x00ffffff

function drawAll(pixels: Uint32Array, width: number, height: number, cells: Cells, paint: Paint): void {
  const { count, rows, xs, widths, classes, starts } = cells
  const { pitch, top, bar } = paint.geometry
  const tiles = tilesOf(paint)
  const isLit = paint.lit === undefined ? undefined : litPixels(paint.lit, width, Math.ceil(height / pitch))
  const line = Math.max(1, Math.round(paint.ratio))
  const dimmed = isLit === undefined ? 1 : dimAlpha
  const notchApart = notchesApartPixels * line
  let notchAt = 0
  const ends = paint.enlarged === undefined ? new Map<number, number>() : rowEnds(cells)
  for (let at = 0; at < count; at++) {
    const code = classes[at] ?? 0
    const tile = tiles[code]
    if (tile === undefined) continue
    const row = rows[at] ?? 0
    const x = xs[at] ?? 0
    const end = Math.min(width, x + (widths[at] ?? 0))
    const isEnlarged = paint.enlarged?.has(row) === true
    const inset = isEnlarged ? Math.round(bar * enlargedInset) : 0
    // Where a pixel has classes that aren't seen, the bar is shorter: what is drawn isn't all of it.
    const cut = code !== blockClass.hole && hidesClasses(cells, at) ? 3 * line : 0
    const barTop = top + inset
    const barEnd = Math.min(height - row * pitch, top + bar - Math.max(inset, cut))
    const isFirst = at === 0 || rows[at - 1] !== row
    if (isFirst) notchAt = -notchApart
    const hasNotch = starts[at] === 1 && x - notchAt >= notchApart
    if (hasNotch) notchAt = x
    const notchEnd = hasNotch ? x + line : x
    const notch = Math.round(bar * notchShare)
    const laneEnd = isEnlarged ? (ends.get(row) ?? end) : Number.POSITIVE_INFINITY
    const faint = paint.faint.has(code) ? faintAlpha : 1
    const edge = code === blockClass.hole && end - x >= 3 * line ? line : 0
    const edgeColour = tile.pixels[top * tile.width] ?? 0
    for (let y = barTop; y < barEnd; y++) {
      const isInNotch = y < top + notch || y >= top + bar - notch
      const toothEnd = laneEnd - toothDepth(y - barTop, line)
      const from = (row * pitch + y) * width
      const tileFrom = y * tile.width
      for (let column = isInNotch ? notchEnd : x; column < Math.min(end, toothEnd); column++) {
        const isEdge = column < x + edge || column >= end - edge
        const colour = isEdge && edge > 0 ? edgeColour : (tile.pixels[tileFrom + (column % tile.width)] ?? 0)
        const share = faint * (isLit === undefined || isLit[row * width + column] === 1 ? 1 : dimmed)
        pixels[from + column] =
          share === 1
            ? colour
            : ((colour & withoutAlpha) | (Math.round((colour >>> alphaShift) * share) << alphaShift)) >>> 0
      }
    }
  }
}

/** Draws the classes of what was chosen into marks that are wider than it. */
function fillMarks(pixels: Uint32Array, width: number, height: number, paint: Paint): void {
  const { pitch, top, bar } = paint.geometry
  const tiles = tilesOf(paint)
  for (const { row, x, columns = [] } of paint.lit ?? [])
    for (const [column, code] of columns.entries())
      for (let y = top; y < Math.min(top + bar, height - row * pitch); y++) {
        const tile = tiles[code]
        const colour = tile?.pixels[y * tile.width + (column % tile.width)] ?? 0
        pixels[(row * pitch + y) * width + x + column] = colour
      }
}

function rowEnds({ count, rows, xs, widths }: Cells): Map<number, number> {
  const ends = new Map<number, number>()
  for (let at = 0; at < count; at++) ends.set(rows[at] ?? 0, (xs[at] ?? 0) + (widths[at] ?? 0))
  return ends
}

/** How much of a bar's end is missing at a height: three teeth, as of something torn off. */
function toothDepth(y: number, line: number): number {
  const period = 4 * line
  const within = y % period
  return 2 * Math.min(within, period - within)
}

function litPixels(lit: readonly LitMark[], width: number, rows: number): Uint8Array {
  const pixels = new Uint8Array(width * rows)
  for (const spot of lit) {
    if (spot.row < rows)
      pixels.fill(1, spot.row * width + spot.x, spot.row * width + Math.min(width, spot.x + spot.width))
  }
  return pixels
}

function outlineLit(
  context: CanvasRenderingContext2D,
  { geometry: { pitch, top, bar }, ratio, colours }: Paint,
  lit: readonly LitMark[],
  margin: number,
): void {
  const line = Math.max(1, Math.round(1.5 * ratio))
  const gap = Math.max(1, Math.round(ratio))
  // On both sides of the frame a line of the surface, so that no colour beside it is taken for the frame.
  for (const [colour, thick] of [
    [colours.surface, line + 2 * gap],
    [colours.text, line],
  ] as const) {
    context.strokeStyle = colour
    context.lineWidth = thick
    for (const { row, x, width } of lit) {
      context.strokeRect(margin + x - line / 2, row * pitch + top - line / 2, width + line, bar + line)
    }
  }
}
