/** The sharing picture byte by byte (or block by block), as one would explain it: what the real one is compared with. */
import { blockClass, classCount } from '../../src/shared/sharing/block-class.ts'
import type { Cells } from '../../src/shared/sharing/cells.ts'

export interface NaivePixel {
  readonly classCode: number
  readonly mixed: boolean
}

/** Units in order, each with its class, `unitsPerPixel` to a pixel. */
export function naivePixels(units: readonly number[], unitsPerPixel: number): NaivePixel[] {
  const pixels: NaivePixel[] = []
  for (let at = 0; at < units.length; at += unitsPerPixel) {
    const counts = new Array<number>(classCount).fill(0)
    for (const classCode of units.slice(at, at + unitsPerPixel)) counts[classCode] = (counts[classCode] ?? 0) + 1
    const mixed = counts.filter((count) => count > 0).length > 1
    if (mixed) counts[blockClass.hole] = 0
    pixels.push({ classCode: counts.indexOf(Math.max(...counts)), mixed })
  }
  return pixels
}

/** The pixels that cells cover; `undefined` where nothing is drawn. */
export function pixelsOfCells(cells: Cells, widthPixels: number, rows: number): (NaivePixel | undefined)[] {
  const pixels = new Array<NaivePixel | undefined>(widthPixels * rows).fill(undefined)
  for (let index = 0; index < cells.count; index++) {
    const start = (cells.rows[index] ?? 0) * widthPixels + (cells.xs[index] ?? 0)
    for (let at = start; at < start + (cells.widths[index] ?? 0); at++) {
      if (pixels[at] !== undefined) throw new Error(`pixel ${at} is drawn twice`)
      pixels[at] = { classCode: cells.classes[index] ?? 0, mixed: (cells.mixed[index] ?? 0) !== 0 }
    }
  }
  return pixels
}
