/** What is lit up in rows of a picture: marks wide enough to be seen, with the classes of what they stand for. Pure. */
import { blockClass } from '../../../../shared/sharing/block-class.ts'
import type { Pixel } from './places.ts'

/** A part of a row. */
export interface Spot {
  readonly row: number
  readonly x: number
  readonly width: number
}

export interface LitSpot extends Spot {
  /** Of what was chosen in it, by class. */
  readonly bytesByClass: readonly number[]
}

export interface LitMark extends Spot {
  /**
   * A class for each of its pixels where it is wider than what it stands for: what is drawn beneath is mostly of others.
   * Undefined where what is drawn is what was chosen.
   */
  readonly columns: readonly number[] | undefined
}

/** The least width of a mark in pixels of style sheets: several classes must be seen in it. */
export const LEAST_MARK_PIXELS = 10

/** Marks for spots, none narrower than `leastPixels` and all within a row; those that would touch are one. */
export function litMarks(spots: readonly LitSpot[], leastPixels: number, rowPixels: number): LitMark[] {
  const marks: LitMark[] = []
  let group: LitSpot | undefined
  for (const spot of [...spots].sort((a, b) => a.row - b.row || a.x - b.x)) {
    const last = marks.at(-1)
    const { x } = markOf(spot, leastPixels, rowPixels)
    group = group && last?.row === spot.row && x <= last.x + last.width ? joined(group, spot) : spot
    if (group !== spot) marks.pop()
    marks.push(markOf(group, leastPixels, rowPixels))
  }
  return marks
}

function joined(a: LitSpot, b: LitSpot): LitSpot {
  const end = Math.max(a.x + a.width, b.x + b.width)
  const codes = Math.max(a.bytesByClass.length, b.bytesByClass.length)
  return {
    row: a.row,
    x: a.x,
    width: end - a.x,
    bytesByClass: Array.from({ length: codes }, (_, code) => (a.bytesByClass[code] ?? 0) + (b.bytesByClass[code] ?? 0)),
  }
}

function markOf({ row, x, width, bytesByClass }: LitSpot, leastPixels: number, rowPixels: number): LitMark {
  if (width >= leastPixels) return { row, x, width, columns: undefined }
  const centred = x - Math.floor((leastPixels - width) / 2)
  const from = Math.max(0, Math.min(centred, rowPixels - leastPixels))
  const wide = Math.min(leastPixels, rowPixels - from)
  return { row, x: from, width: wide, columns: classColumns(bytesByClass, wide) }
}

/** Pixels divided among classes by their bytes: to each that occurs one at least, to holes only where nothing else is. */
export function classColumns(bytesByClass: readonly number[], pixels: number): number[] | undefined {
  const present = bytesByClass
    .map((bytes, code) => ({ bytes, code }))
    .filter(({ bytes, code }) => bytes > 0 && code !== blockClass.hole)
  const most = present.toSorted((a, b) => b.bytes - a.bytes).slice(0, pixels)
  if (most.length === 0)
    return bytesByClass.some((bytes) => bytes > 0) ? Array(pixels).fill(blockClass.hole) : undefined
  const total = most.reduce((sum, { bytes }) => sum + bytes, 0)
  const spare = pixels - most.length
  const widths = new Map(most.map(({ bytes, code }) => [code, 1 + Math.floor((spare * bytes) / total)]))
  const given = [...widths.values()].reduce((sum, width) => sum + width, 0)
  const first = most[0]
  if (first !== undefined) widths.set(first.code, (widths.get(first.code) ?? 0) + pixels - given)
  return [...widths].sort(([a], [b]) => a - b).flatMap(([code, width]) => Array<number>(width).fill(code))
}

/** The mark that has a pixel. */
export function markAt(marks: readonly LitMark[], { row, x }: Pixel): LitMark | undefined {
  return marks.find((mark) => mark.row === row && x >= mark.x && x < mark.x + mark.width)
}
