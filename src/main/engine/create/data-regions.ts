/** Which parts of the archive being written are file data, and not sections: only those may be referred to. */

export class DataRegions {
  /** Start and end in turn, ascending. */
  readonly #bounds: number[] = []

  /** Data was appended behind everything before it. */
  append(start: number, lengthBytes: number): void {
    const last = this.#bounds.length - 1
    if (last >= 0 && this.#bounds[last] === start) this.#bounds[last] = start + lengthBytes
    else this.#bounds.push(start, start + lengthBytes)
  }

  /** Whether [start, start + lengthBytes) lies in one region. */
  contains(start: number, lengthBytes: number): boolean {
    let low = 0
    let high = this.#bounds.length / 2 - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((this.#bounds[middle * 2] ?? 0) <= start) low = middle
      else high = middle - 1
    }
    const from = this.#bounds[low * 2]
    const to = this.#bounds[low * 2 + 1]
    return from !== undefined && to !== undefined && from <= start && start + lengthBytes <= to
  }
}
