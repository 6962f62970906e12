/**
 * Which part of the archive holds a physical range of a source filesystem: sorted intervals that don't overlap, in
 * typed arrays split into leaves, so that a million shared extents take 24 MB and an insertion moves little.
 */

const LEAF_CAPACITY = 512

interface Leaf {
  count: number
  readonly starts: Float64Array
  readonly lengths: Float64Array
  readonly targets: Float64Array
}

function newLeaf(): Leaf {
  return {
    count: 0,
    starts: new Float64Array(LEAF_CAPACITY),
    lengths: new Float64Array(LEAF_CAPACITY),
    targets: new Float64Array(LEAF_CAPACITY),
  }
}

/** A part of a queried range: mapped to `target`, or, where target is -1, not mapped. */
export interface IntervalPart {
  readonly start: number
  readonly length: number
  readonly target: number
}

export class IntervalMap {
  readonly #leaves: Leaf[] = [newLeaf()]

  /** Maps [start, start + length) to [target, target + length). Parts that are mapped already keep their first target. */
  insert(start: number, length: number, target: number): void {
    for (const part of this.query(start, length)) {
      if (part.target < 0) this.#insertFree(part.start, part.length, target + (part.start - start))
    }
  }

  /** Splits [start, start + length) into mapped and unmapped parts, in order. */
  query(start: number, length: number): IntervalPart[] {
    const parts: IntervalPart[] = []
    const end = start + length
    let at = start
    let leafIndex = this.#leafFor(start)
    let index = this.#indexIn(leafIndex, start)
    while (at < end) {
      const leaf = this.#leaves[leafIndex]
      if (leaf === undefined) break
      if (index >= leaf.count) {
        leafIndex += 1
        index = 0
        continue
      }
      const from = leaf.starts[index] ?? 0
      const to = from + (leaf.lengths[index] ?? 0)
      if (to <= at) {
        index += 1
        continue
      }
      if (from >= end) break
      if (from > at) parts.push({ start: at, length: from - at, target: -1 })
      const partStart = Math.max(at, from)
      const partEnd = Math.min(end, to)
      parts.push({
        start: partStart,
        length: partEnd - partStart,
        target: (leaf.targets[index] ?? 0) + (partStart - from),
      })
      at = partEnd
      index += 1
    }
    if (at < end) parts.push({ start: at, length: end - at, target: -1 })
    return parts
  }

  /** The last leaf whose first start is at or below `start`. */
  #leafFor(start: number): number {
    let low = 0
    let high = this.#leaves.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((this.#leaves[middle]?.starts[0] ?? 0) <= start) low = middle
      else high = middle - 1
    }
    return low
  }

  /** The last index in the leaf whose start is at or below `start`, or 0. */
  #indexIn(leafIndex: number, start: number): number {
    const leaf = this.#leaves[leafIndex]
    let low = 0
    let high = Math.max(0, (leaf?.count ?? 0) - 1)
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((leaf?.starts[middle] ?? 0) <= start) low = middle
      else high = middle - 1
    }
    return low
  }

  #insertFree(start: number, length: number, target: number): void {
    const leafIndex = this.#leafFor(start)
    let leaf = this.#leaves[leafIndex] ?? newLeaf()
    if (leaf.count === LEAF_CAPACITY) {
      const right = this.#split(leafIndex, leaf)
      if (start >= (right.starts[0] ?? 0)) leaf = right
    }
    let index = leaf.count
    while (index > 0 && (leaf.starts[index - 1] ?? 0) > start) index -= 1
    const before = index - 1
    // A run that goes on where the one before it ended needs no interval of its own.
    if (before >= 0 && leaf.count > 0) {
      const previousLength = leaf.lengths[before] ?? 0
      if (
        (leaf.starts[before] ?? 0) + previousLength === start &&
        (leaf.targets[before] ?? 0) + previousLength === target
      ) {
        leaf.lengths[before] = previousLength + length
        return
      }
    }
    for (const column of [leaf.starts, leaf.lengths, leaf.targets]) column.copyWithin(index + 1, index, leaf.count)
    leaf.starts[index] = start
    leaf.lengths[index] = length
    leaf.targets[index] = target
    leaf.count += 1
  }

  #split(leafIndex: number, leaf: Leaf): Leaf {
    const right = newLeaf()
    const half = LEAF_CAPACITY >>> 1
    right.starts.set(leaf.starts.subarray(half))
    right.lengths.set(leaf.lengths.subarray(half))
    right.targets.set(leaf.targets.subarray(half))
    right.count = LEAF_CAPACITY - half
    leaf.count = half
    this.#leaves.splice(leafIndex + 1, 0, right)
    return right
  }
}
