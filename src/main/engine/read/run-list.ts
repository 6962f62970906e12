/** Runs of bytes on one line: a file may have millions, which are two numbers each here. */
import { NumberList } from '../number-list.ts'

/** Runs in any order until `settle`, then ascending and apart from each other. */
export class RunList {
  #starts = new NumberList()
  #ends = new NumberList()
  #isAscending = true

  get length(): number {
    return this.#starts.length
  }

  startAt(index: number): number {
    return this.#starts.at(index)
  }

  endAt(index: number): number {
    return this.#ends.at(index)
  }

  add(start: number, end: number): void {
    const last = this.length - 1
    if (last >= 0 && start === this.#ends.at(last)) {
      this.#ends.set(last, end)
      return
    }
    if (last >= 0 && start < this.#ends.at(last)) this.#isAscending = false
    this.#starts.push(start)
    this.#ends.push(end)
  }

  /** Puts them in order, each byte once. Starts and ends are sorted apart: where as many end as began, a run ends. */
  settle(): this {
    if (this.#isAscending) return this
    const starts = this.#starts.copy().sort()
    const ends = this.#ends.copy().sort()
    this.#starts = new NumberList()
    this.#ends = new NumberList()
    for (let i = 0; i < starts.length; i++) {
      if (i === 0 || (starts[i] ?? 0) > (ends[i - 1] ?? 0)) this.#starts.push(starts[i] ?? 0)
      if (i + 1 === starts.length || (starts[i + 1] ?? 0) > (ends[i] ?? 0)) this.#ends.push(ends[i] ?? 0)
    }
    this.#isAscending = true
    return this
  }

  get bytes(): number {
    let sum = 0
    for (let i = 0; i < this.length; i++) sum += this.#ends.at(i) - this.#starts.at(i)
    return sum
  }

  /** How many bytes from `start` to `end` are in any of the settled runs. */
  overlap(start: number, end: number): number {
    let bytes = 0
    for (let i = Math.max(0, this.#starts.lastAtOrBelow(start)); i < this.length; i++) {
      if (this.#starts.at(i) >= end) break
      bytes += Math.max(0, Math.min(this.#ends.at(i), end) - Math.max(this.#starts.at(i), start))
    }
    return bytes
  }
}
