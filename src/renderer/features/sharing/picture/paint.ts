/**
 * Draws cells on a canvas in the colours of their classes, with the lines, dots and hatches that tell them apart without
 * colour. All lengths here are pixels of the screen, not of style sheets.
 */
import { blockClass, blockClasses, type ClassStyle } from '../../../../shared/sharing/block-class.ts'
import type { Cells } from '../../../../shared/sharing/cells.ts'
import type { Colours } from './colours.ts'

/** Rows `pitch` apart, in each a bar `bar` high that begins `top` below the row's begin. */
export interface RowGeometry {
  readonly pitch: number
  readonly top: number
  readonly bar: number
}

/** A part of a row. */
export interface Spot {
  readonly row: number
  readonly x: number
  readonly width: number
}

export interface Paint {
  readonly colours: Colours
  readonly geometry: RowGeometry
  /** Pixels of the screen in one of the style sheets'. */
  readonly ratio: number
  /** Classes that are shown faintly. */
  readonly faint: ReadonlySet<number>
  /** What is lit; everything else steps back. Undefined when nothing is chosen. */
  readonly lit: readonly Spot[] | undefined
}

const faintAlpha = 0.12
/** How much of what isn't lit shows through. */
const dimAlpha = 0.3
/** The least width of what is lit. */
const leastLitPixels = 3

/** The fill of a class: one tile that holds colour and cue, as high as a row. */
function fillOf(
  context: CanvasRenderingContext2D,
  { cue }: ClassStyle,
  colour: string,
  { colours, geometry, ratio }: Paint,
): string | CanvasPattern {
  if (cue === 'plain' || cue === 'outline') return colour
  const size = Math.max(4, Math.round(6 * ratio))
  const tile = new OffscreenCanvas(size, geometry.pitch)
  const pen = tile.getContext('2d')
  if (pen === null) return colour
  pen.fillStyle = colour
  pen.fillRect(0, 0, size, geometry.pitch)
  pen.beginPath()
  pen.rect(0, geometry.top, size, geometry.bar)
  pen.clip()
  pen.strokeStyle = colours.cue
  pen.fillStyle = colours.cue
  pen.lineWidth = Math.max(1, ratio)
  drawCue(pen, cue, size, geometry, ratio)
  return context.createPattern(tile, 'repeat') ?? colour
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

/** Draws one frame over whatever was there. */
export function paintCells(context: CanvasRenderingContext2D, cells: Cells, paint: Paint): void {
  const { width, height } = context.canvas
  context.clearRect(0, 0, width, height)
  const fills = blockClasses.map((style, code) => fillOf(context, style, paint.colours.classes[code] ?? '', paint))
  drawAll(context, cells, fills, paint)
  if (paint.lit === undefined) return
  context.save()
  context.globalAlpha = 1 - dimAlpha
  context.fillStyle = paint.colours.surface
  context.fillRect(0, 0, width, height)
  context.restore()
  drawLit(context, cells, fills, paint, paint.lit)
}

function drawAll(
  context: CanvasRenderingContext2D,
  { count, rows, xs, widths, classes, mixed }: Cells,
  fills: readonly (string | CanvasPattern)[],
  { colours, geometry: { pitch, top, bar }, ratio, faint }: Paint,
): void {
  const line = Math.max(1, Math.round(ratio))
  // Changing the fill costs more than going through the cells once for each.
  for (const [code, fill] of fills.entries()) {
    context.globalAlpha = faint.has(code) ? faintAlpha : 1
    context.fillStyle = code === blockClass.hole ? colours.outline : fill
    for (let at = 0; at < count; at++) {
      if (classes[at] !== code) continue
      const x = xs[at] ?? 0
      const width = widths[at] ?? 0
      const y = (rows[at] ?? 0) * pitch + top
      if (code === blockClass.hole) {
        context.fillRect(x, y, width, line)
        context.fillRect(x, y + bar - line, width, line)
        if (width < 3 * line) continue
        context.fillRect(x, y, line, bar)
        context.fillRect(x + width - line, y, line, bar)
      } else {
        // Where several classes are in one pixel, the bar is shorter: what is drawn isn't all of it.
        context.fillRect(x, y, width, mixed[at] === 1 ? bar - 3 * line : bar)
      }
    }
  }
  context.globalAlpha = 1
}

function drawLit(
  context: CanvasRenderingContext2D,
  cells: Cells,
  fills: readonly (string | CanvasPattern)[],
  paint: Paint,
  lit: readonly Spot[],
): void {
  const { pitch, top, bar } = paint.geometry
  const line = Math.max(1, Math.round(1.5 * paint.ratio))
  const least = leastLitPixels * paint.ratio
  const boxes = lit.map(({ row, x, width }) => ({
    x: width < least ? x - (least - width) / 2 : x,
    y: row * pitch + top,
    width: Math.max(least, width),
  }))
  context.save()
  context.beginPath()
  for (const box of boxes) context.rect(box.x, box.y, box.width, bar)
  context.clip()
  context.clearRect(0, 0, context.canvas.width, context.canvas.height)
  drawAll(context, cells, fills, paint)
  context.restore()
  context.strokeStyle = paint.colours.text
  context.lineWidth = line
  for (const box of boxes) context.strokeRect(box.x - line / 2, box.y - line / 2, box.width + line, bar + line)
}
