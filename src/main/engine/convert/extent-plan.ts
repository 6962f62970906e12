/**
 * Pure: which extents a format 1 archive gets. A reference repeats a whole earlier extent, so the ranges that files have
 * in common must be extents of their own; everything else is as long as possible, since each extent costs a block.
 *
 * Where any file's run begins or ends, the blocks are cut. Then neighbours that are neighbours in every file that has
 * either of them are joined again: what is left are exactly the cuts that sharing needs.
 */
import { type BlockRun, HOLE_KEY } from './block-runs.ts'

const UNKNOWN = -2
const SEVERAL = -1
/** More than a file can have of the longest extents. */
const PIECES = 2 ** 21

export interface PlannedExtent {
  /** In blocks, from the file's start. */
  readonly startBlock: number
  readonly blocks: number
  /** The same for the same content; -1 for a hole. */
  readonly extent: number
}

export class ExtentPlan {
  readonly #maxBlocks: number
  #collected: Float64Array = new Float64Array(1 << 12)
  #count = 0
  /** Where atoms begin, ascending. */
  #bounds: Float64Array = new Float64Array(0)
  #next: Int32Array = new Int32Array(0)
  #previous: Int32Array = new Int32Array(0)

  /** `maxBlocks`: no extent is longer. */
  constructor(maxBlocks: number) {
    this.#maxBlocks = maxBlocks
  }

  /** First round, once for each file. */
  collect(runs: readonly BlockRun[]): void {
    for (const { key, blocks } of runs) {
      if (key === HOLE_KEY) continue
      if (this.#count + 2 > this.#collected.length) {
        const larger = new Float64Array(this.#collected.length * 2)
        larger.set(this.#collected)
        this.#collected = larger
      }
      this.#collected[this.#count++] = key
      this.#collected[this.#count++] = key + blocks
    }
  }

  /** Ends the first round. */
  cut(): void {
    const sorted = this.#collected.subarray(0, this.#count).sort()
    let length = 0
    for (let i = 0; i < sorted.length; i++) {
      if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[length++] = sorted[i] ?? 0
    }
    this.#bounds = sorted.slice(0, length)
    this.#collected = new Float64Array(0)
    this.#next = new Int32Array(length).fill(UNKNOWN)
    this.#previous = new Int32Array(length).fill(UNKNOWN)
  }

  /** Second round, once for each file. */
  connect(runs: readonly BlockRun[]): void {
    let before = SEVERAL
    for (const run of runs) {
      if (run.key === HOLE_KEY) {
        this.#link(before, SEVERAL)
        before = SEVERAL
        continue
      }
      for (let atom = this.#atomAt(run.key); (this.#bounds[atom] ?? 0) < run.key + run.blocks; atom++) {
        this.#link(before, atom)
        before = atom
      }
    }
    this.#link(before, SEVERAL)
  }

  /** After both rounds: a file's extents. */
  extentsOf(runs: readonly BlockRun[]): PlannedExtent[] {
    const extents: PlannedExtent[] = []
    let startBlock = 0
    let head = SEVERAL
    let last = SEVERAL
    let blocks = 0
    const close = (): void => {
      // Every file that has these atoms has them all, so each cuts a long extent in the same way.
      for (let piece = 0; piece * this.#maxBlocks < blocks; piece++) {
        const length = Math.min(this.#maxBlocks, blocks - piece * this.#maxBlocks)
        extents.push({ startBlock, blocks: length, extent: head * PIECES + piece })
        startBlock += length
      }
      blocks = 0
      head = SEVERAL
    }
    for (const run of runs) {
      if (run.key === HOLE_KEY) {
        close()
        extents.push({ startBlock, blocks: run.blocks, extent: HOLE_KEY })
        startBlock += run.blocks
        continue
      }
      const end = run.key + run.blocks
      for (let atom = this.#atomAt(run.key); (this.#bounds[atom] ?? 0) < end; atom++) {
        if (head === SEVERAL || this.#next[last] !== atom || this.#previous[atom] !== last) {
          close()
          head = atom
        }
        blocks += (this.#bounds[atom + 1] ?? 0) - (this.#bounds[atom] ?? 0)
        last = atom
      }
    }
    close()
    return extents
  }

  #link(before: number, atom: number): void {
    if (before !== SEVERAL) this.#next[before] = merged(this.#next[before] ?? UNKNOWN, atom)
    if (atom !== SEVERAL) this.#previous[atom] = merged(this.#previous[atom] ?? UNKNOWN, before)
  }

  #atomAt(key: number): number {
    let low = 0
    let high = this.#bounds.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#bounds[middle] ?? 0) < key) low = middle + 1
      else high = middle
    }
    return low
  }
}

function merged(known: number, found: number): number {
  return known === UNKNOWN || known === found ? found : SEVERAL
}
