/** Sums over the first n items of a long list for any n, in a few steps: kept for every eighth item. */

const itemsABlock = 8

export class RunningSums {
  readonly columns: number
  readonly #blocks: Float64Array
  readonly #addItem: (index: number, into: Float64Array) => void

  /** `addItem` adds what item `index` has to each of `columns` columns. */
  constructor(count: number, columns: number, addItem: (index: number, into: Float64Array) => void) {
    this.columns = columns
    this.#addItem = addItem
    const blocks = Math.floor(count / itemsABlock) + 1
    this.#blocks = new Float64Array(blocks * columns)
    const sums = new Float64Array(columns)
    for (let index = 0; index < count; index++) {
      if (index % itemsABlock === 0) this.#blocks.set(sums, (index / itemsABlock) * columns)
      addItem(index, sums)
    }
    if (count % itemsABlock === 0) this.#blocks.set(sums, (count / itemsABlock) * columns)
  }

  /** Writes the sums over items 0 … count - 1 into `out`. */
  upTo(count: number, out: Float64Array): void {
    const block = Math.floor(count / itemsABlock)
    const at = block * this.columns
    for (let column = 0; column < this.columns; column++) out[column] = this.#blocks[at + column] ?? 0
    for (let index = block * itemsABlock; index < count; index++) this.#addItem(index, out)
  }
}
