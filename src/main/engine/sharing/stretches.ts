/** Pure: walks the line of places from one end to the other and stops wherever the set of files that use it changes. */
import { rangeMarks } from '../../../shared/sharing/sharing-map.ts'
import { extentFlags } from '../ports.ts'
import { ActiveSet } from './active-set.ts'
import type { FolderSpan } from './folder-span.ts'
import { orderByKey } from './radix-order.ts'

/** Extents as they lie on the line of places. */
export interface PlacedExtents {
  readonly files: Uint32Array
  /** -1: nowhere. */
  readonly places: Float64Array
  /** How far each reaches on the line. */
  readonly spans: Float64Array
  readonly flags: Uint16Array
  readonly marks: Uint8Array
}

/** What covers a stretch. The same object at every stretch. */
export class Cover {
  readonly active: ActiveSet
  /** Of the extents in use, how many have each of `rangeMarks`. */
  readonly marks = new Uint32Array(Object.keys(rangeMarks).length)

  constructor(files: number) {
    this.active = new ActiveSet(files)
  }
}

/** Indexes of the extents that have a place, by where they begin and by where they end. */
export interface PlaceOrder {
  readonly byStart: Uint32Array
  readonly byEnd: Uint32Array
  readonly ends: Float64Array
}

export function orderPlaces({ places, spans }: PlacedExtents): PlaceOrder {
  let count = 0
  for (const place of places) if (place >= 0) count++
  const placed = new Uint32Array(count)
  const ends = new Float64Array(places.length)
  let next = 0
  for (let index = 0; index < places.length; index++) {
    const place = places[index] ?? -1
    if (place < 0) continue
    placed[next++] = index
    ends[index] = place + (spans[index] ?? 0)
  }
  const byStart = orderByKey(placed, places)
  return { byStart, byEnd: isAscending(byStart, ends) ? byStart : orderByKey(placed, ends), ends }
}

/** Extents that don't reach into each other, or are clones of each other from end to end, end in the order they begin in. */
function isAscending(order: Uint32Array, keys: Float64Array): boolean {
  for (let at = 1; at < order.length; at++) {
    if ((keys[order[at] ?? 0] ?? 0) < (keys[order[at - 1] ?? 0] ?? 0)) return false
  }
  return true
}

/** How files come and go, where somebody keeps more about them than the set. */
export interface Watcher {
  readonly span: FolderSpan
  entered(file: number): void
  left(file: number): void
}

/** Calls `visit` for every stretch that anything covers, in ascending order, with its place and length; true ends the walk. */
export function walkStretches(
  extents: PlacedExtents,
  order: PlaceOrder,
  cover: Cover,
  watcher: Watcher | undefined,
  visit: (place: number, length: number) => boolean,
): void {
  const { files, places, flags, marks } = extents
  const { byStart, byEnd, ends } = order
  const { active } = cover
  let at = 0
  let nextStart = 0
  for (let nextEnd = 0; nextEnd < byEnd.length; ) {
    const ending = byEnd[nextEnd] ?? 0
    const starting = byStart[nextStart]
    const end = ends[ending] ?? 0
    const start = starting === undefined ? Number.POSITIVE_INFINITY : (places[starting] ?? 0)
    const begins = start < end
    const change = begins ? start : end
    if (active.uses > 0 && change > at && visit(at, change - at)) return
    at = change
    const index = begins && starting !== undefined ? starting : ending
    const file = files[index] ?? 0
    const mark = marks[index] ?? 0
    const isFlagged = ((flags[index] ?? 0) & extentFlags.shared) !== 0
    if (begins) {
      nextStart++
      cover.marks[mark] = (cover.marks[mark] ?? 0) + 1
      if (active.add(file, isFlagged)) watcher?.entered(file)
    } else {
      nextEnd++
      cover.marks[mark] = (cover.marks[mark] ?? 0) - 1
      if (active.remove(file, isFlagged)) watcher?.left(file)
    }
  }
}
