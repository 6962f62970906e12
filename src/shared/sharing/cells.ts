/** Coloured rectangles one row high, as columns: what a picture is drawn from. */
import { blockClass, classCount } from './block-class.ts'

export interface Cells {
  readonly count: number
  /** Lane or row of the map, from 0. */
  readonly rows: Uint32Array
  /** In pixels. */
  readonly xs: Uint32Array
  readonly widths: Uint32Array
  /** Codes of `blockClass`: of each pixel the class that has most of its bytes; holes only where it has nothing else. */
  readonly classes: Uint8Array
  /** The other classes that are in it, too: a bit for each code. */
  readonly mixed: Uint16Array
  /** 1 where a piece of a file begins in its first pixel that lies elsewhere on disk than what is before it. */
  readonly starts: Uint8Array
  /** Whether somewhere a pixel is drawn as data though most of it is a hole. */
  readonly widened: boolean
}

/**
 * Whether a cell's pixels have classes that aren't drawn: in it, or right beside it. A pixel in which one class ends and
 * the next begins hides neither.
 */
export function hidesClasses({ count, rows, xs, widths, classes, mixed }: Cells, at: number): boolean {
  let hidden = mixed[at] ?? 0
  if (hidden === 0 || widths[at] !== 1) return hidden !== 0
  const x = xs[at] ?? 0
  const isBeside = (other: number, otherX: number): boolean =>
    other >= 0 && other < count && rows[other] === rows[at] && mixed[other] === 0 && otherX === x
  if (isBeside(at - 1, (xs[at - 1] ?? 0) + (widths[at - 1] ?? 0))) hidden &= ~(1 << (classes[at - 1] ?? 0))
  if (isBeside(at + 1, (xs[at + 1] ?? 0) - 1)) hidden &= ~(1 << (classes[at + 1] ?? 0))
  return hidden !== 0
}

export class CellList {
  #capacity = 256
  #count = 0
  #rows = new Uint32Array(this.#capacity)
  #xs = new Uint32Array(this.#capacity)
  #widths = new Uint32Array(this.#capacity)
  #classes = new Uint8Array(this.#capacity)
  #mixed = new Uint16Array(this.#capacity)
  #starts = new Uint8Array(this.#capacity)
  #widened = false

  /** Cells come from left to right and row by row; what continues the last one is joined to it. */
  add(row: number, x: number, width: number, classCode: number, mixed = 0, start: 0 | 1 = 0): void {
    const last = this.#count - 1
    if (
      start === 0 &&
      last >= 0 &&
      this.#rows[last] === row &&
      (this.#xs[last] ?? 0) + (this.#widths[last] ?? 0) === x &&
      this.#classes[last] === classCode &&
      this.#mixed[last] === mixed
    ) {
      this.#widths[last] = (this.#widths[last] ?? 0) + width
      return
    }
    if (this.#count === this.#capacity) this.#grow()
    const index = this.#count++
    this.#rows[index] = row
    this.#xs[index] = x
    this.#widths[index] = width
    this.#classes[index] = classCode
    this.#mixed[index] = mixed
    this.#starts[index] = start
  }

  /** A pixel of `add` is mostly a hole. */
  widen(): void {
    this.#widened = true
  }

  /** Views of what has been added; valid until more is. */
  cells(): Cells {
    const count = this.#count
    return {
      count,
      rows: this.#rows.subarray(0, count),
      xs: this.#xs.subarray(0, count),
      widths: this.#widths.subarray(0, count),
      classes: this.#classes.subarray(0, count),
      mixed: this.#mixed.subarray(0, count),
      starts: this.#starts.subarray(0, count),
      widened: this.#widened,
    }
  }

  #grow(): void {
    this.#capacity *= 2
    const enlarge = <Column extends { set(from: Column): void }>(column: Column, larger: Column): Column => {
      larger.set(column)
      return larger
    }
    this.#rows = enlarge(this.#rows, new Uint32Array(this.#capacity))
    this.#xs = enlarge(this.#xs, new Uint32Array(this.#capacity))
    this.#widths = enlarge(this.#widths, new Uint32Array(this.#capacity))
    this.#classes = enlarge(this.#classes, new Uint8Array(this.#capacity))
    this.#mixed = enlarge(this.#mixed, new Uint16Array(this.#capacity))
    this.#starts = enlarge(this.#starts, new Uint8Array(this.#capacity))
  }
}

/**
 * Adds a pixel that has these bytes by class; nothing where it has none. A hole is what is left where nothing is stored,
 * so that a few bytes in a sparse file don't vanish between its holes.
 */
export function addPixel(list: CellList, row: number, x: number, bytesByClass: Float64Array, start: 0 | 1 = 0): void {
  let best = -1
  let most = 0
  let kinds = 0
  for (let index = 0; index < classCount; index++) {
    const bytes = bytesByClass[index] ?? 0
    if (bytes <= 0) continue
    kinds |= 1 << index
    // The last of the classes.
    if (index === blockClass.hole && best >= 0) {
      if (bytes > most) list.widen()
      continue
    }
    if (bytes > most) {
      most = bytes
      best = index
    }
  }
  if (best >= 0) list.add(row, x, 1, best, kinds & ~(1 << best), start)
}
