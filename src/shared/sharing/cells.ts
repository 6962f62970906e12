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
  /** 1 where other classes are in it, too. */
  readonly mixed: Uint8Array
}

export class CellList {
  #capacity = 256
  #count = 0
  #rows = new Uint32Array(this.#capacity)
  #xs = new Uint32Array(this.#capacity)
  #widths = new Uint32Array(this.#capacity)
  #classes = new Uint8Array(this.#capacity)
  #mixed = new Uint8Array(this.#capacity)

  /** Cells come from left to right and row by row; what continues the last one is joined to it. */
  add(row: number, x: number, width: number, classCode: number, mixed: 0 | 1): void {
    const last = this.#count - 1
    if (
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
    this.#mixed = enlarge(this.#mixed, new Uint8Array(this.#capacity))
  }
}

/**
 * Adds a pixel that has these bytes by class; nothing where it has none. A hole is what is left where nothing is stored,
 * so that a few bytes in a sparse file don't vanish between its holes.
 */
export function addPixel(list: CellList, row: number, x: number, bytesByClass: Float64Array): void {
  let best = -1
  let most = 0
  let kinds = 0
  for (let index = 0; index < classCount; index++) {
    const bytes = bytesByClass[index] ?? 0
    if (bytes <= 0) continue
    kinds++
    // The last of the classes.
    if (index === blockClass.hole && best >= 0) continue
    if (bytes > most) {
      most = bytes
      best = index
    }
  }
  if (best >= 0) list.add(row, x, 1, best, kinds > 1 ? 1 : 0)
}
