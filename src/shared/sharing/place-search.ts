/** From a range of places to the extents that lie there: in time that grows with what is found, not with what there is. */
import { endOfExtent } from './places.ts'
import type { SharingMap } from './sharing-map.ts'

const extentsALeaf = 16

export class PlaceSearch {
  readonly #map: SharingMap
  /** How far the extents of each leaf reach, and above them those of each two. */
  readonly #reaches: Float64Array
  readonly #leaves: number

  constructor(map: SharingMap) {
    this.#map = map
    const order = map.extentsByPlace
    let leaves = 1
    while (leaves * extentsALeaf < order.length) leaves *= 2
    this.#leaves = leaves
    this.#reaches = new Float64Array(2 * leaves)
    for (let at = 0; at < order.length; at++) {
      const leaf = leaves + Math.floor(at / extentsALeaf)
      this.#reaches[leaf] = Math.max(this.#reaches[leaf] ?? 0, endOfExtent(map, order[at] ?? 0))
    }
    for (let node = leaves - 1; node > 0; node--) {
      this.#reaches[node] = Math.max(this.#reaches[2 * node] ?? 0, this.#reaches[2 * node + 1] ?? 0)
    }
  }

  /** The extents that have a byte in [start, end), in the order of their places; at most `limit`. */
  find(start: number, end: number, limit: number): number[] {
    const found: number[] = []
    this.#collect(1, 0, this.#leaves, start, end, limit, found)
    return found
  }

  #collect(
    node: number,
    firstLeaf: number,
    leaves: number,
    start: number,
    end: number,
    limit: number,
    found: number[],
  ): void {
    if ((this.#reaches[node] ?? 0) <= start || found.length >= limit) return
    const order = this.#map.extentsByPlace
    const { places } = this.#map.extents
    const first = order[firstLeaf * extentsALeaf]
    if (first === undefined || (places[first] ?? 0) >= end) return
    if (leaves > 1) {
      const half = leaves / 2
      this.#collect(2 * node, firstLeaf, half, start, end, limit, found)
      this.#collect(2 * node + 1, firstLeaf + half, half, start, end, limit, found)
      return
    }
    const stop = Math.min(order.length, (firstLeaf + 1) * extentsALeaf)
    for (let at = firstLeaf * extentsALeaf; at < stop && found.length < limit; at++) {
      const index = order[at] ?? 0
      if ((places[index] ?? 0) < end && endOfExtent(this.#map, index) > start) found.push(index)
    }
  }
}
