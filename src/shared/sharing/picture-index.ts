/**
 * What drawing and pointing need besides the map itself, made once for each map: sums that give the bytes of each class
 * in any range of places or of a file, and a way from a place to the extents there. Some 60 bytes an extent.
 */
import { blockClass, classCount } from './block-class.ts'
import { extentFlags } from './extent-flags.ts'
import { PlaceSearch } from './place-search.ts'
import { lastAtOrBelow, startOfSpace } from './places.ts'
import { RunningSums } from './running-sums.ts'
import type { SharingMap } from './sharing-map.ts'

/** Columns of interval sums after those of the classes. */
export const gapCountColumn = classCount
export const gapBytesColumn = classCount + 1
export const intervalColumns = classCount + 2

/** The class of an extent whose blocks have several. */
export const severalClasses = 255

/** How many intervals in a row an extent may have before it is looked up instead of remembered. */
const mostWalked = 32

export class PictureIndex {
  readonly map: SharingMap
  /** Bytes behind the disk map: those of all intervals. */
  readonly usedBytes: number
  /** Bytes used before each interval, and before the end. */
  readonly used: Float64Array
  /** Of each extent, or `severalClasses`. */
  readonly extentClasses: Uint8Array
  readonly search: PlaceSearch
  readonly #spaceStarts: readonly number[]
  readonly #intervalSums: RunningSums
  readonly #extentSums: RunningSums
  readonly #from = new Float64Array(intervalColumns)
  readonly #to = new Float64Array(intervalColumns)

  constructor(map: SharingMap) {
    this.map = map
    const { intervals, extents } = map
    const count = intervals.places.length
    this.#spaceStarts = map.spaces.map(startOfSpace)
    this.used = new Float64Array(count + 1)
    for (let index = 0; index < count; index++) {
      this.used[index + 1] = (this.used[index] ?? 0) + (intervals.lengths[index] ?? 0)
    }
    this.usedBytes = this.used[count] ?? 0
    this.#intervalSums = new RunningSums(count, intervalColumns, (index, into) => {
      const length = intervals.lengths[index] ?? 0
      const classCode = intervals.classes[index] ?? 0
      into[classCode] = (into[classCode] ?? 0) + length
      const gap = this.gapBefore(index)
      if (gap < 0) return
      into[gapCountColumn] = (into[gapCountColumn] ?? 0) + 1
      into[gapBytesColumn] = (into[gapBytesColumn] ?? 0) + gap
    })
    this.extentClasses = this.#classesOfExtents()
    this.search = new PlaceSearch(map)
    this.#extentSums = new RunningSums(extents.files.length, classCount, (index, into) => {
      const classCode = this.extentClasses[index] ?? 0
      const length = extents.lengths[index] ?? 0
      if (classCode !== severalClasses) into[classCode] = (into[classCode] ?? 0) + length
      else this.#addRange(extents.places[index] ?? 0, length, into, 1)
    })
  }

  /** The last interval that begins at or before a place; -1 when none does. */
  intervalAt(place: number): number {
    return lastAtOrBelow(this.map.intervals.places, 0, this.map.intervals.places.length, place)
  }

  /** The interval that holds a position among the used bytes. */
  intervalAtUsed(used: number): number {
    const count = this.map.intervals.places.length
    return Math.min(count - 1, lastAtOrBelow(this.used, 0, count, used))
  }

  /** Addresses between an interval and the one before it; -1 where they touch, 0 where another space begins. */
  gapBefore(interval: number): number {
    if (interval === 0) return -1
    const { places, lengths } = this.map.intervals
    const place = places[interval] ?? 0
    const end = (places[interval - 1] ?? 0) + (lengths[interval - 1] ?? 0)
    if (end === place) return -1
    for (const start of this.#spaceStarts) if (start >= end && start <= place) return 0
    return place - end
  }

  /** Where a place lies among the used bytes. */
  usedAt(place: number): number {
    const interval = this.intervalAt(place)
    if (interval < 0) return 0
    const inside = place - (this.map.intervals.places[interval] ?? 0)
    return (this.used[interval] ?? 0) + Math.min(inside, this.map.intervals.lengths[interval] ?? 0)
  }

  /**
   * Writes what lies before a position among the used bytes into `out` (`intervalColumns`): bytes by class, gaps that
   * come before the interval there. Returns that interval.
   */
  sumsAtUsed(used: number, out: Float64Array): number {
    const count = this.map.intervals.places.length
    const interval = this.intervalAtUsed(used)
    if (used >= this.usedBytes) {
      this.#intervalSums.upTo(count, out)
      return count - 1
    }
    this.#intervalSums.upTo(interval + 1, out)
    const beyond = (this.used[interval + 1] ?? 0) - used
    const classCode = this.map.intervals.classes[interval] ?? 0
    out[classCode] = (out[classCode] ?? 0) - beyond
    return interval
  }

  /** Writes the bytes by class of the first `offset` bytes of a file into `out`, holes included. */
  sumsOfFile(file: number, offset: number, out: Float64Array): void {
    const { extents, files } = this.map
    const first = files.firstExtents[file] ?? 0
    const end = files.firstExtents[file + 1] ?? first
    const next = lastAtOrBelow(extents.offsets, first, end, offset) + 1
    this.#extentSums.upTo(first, this.#from)
    this.#extentSums.upTo(next, out)
    for (let index = 0; index < classCount; index++) out[index] = (out[index] ?? 0) - (this.#from[index] ?? 0)
    const last = next - 1
    const lastEnd = (extents.offsets[last] ?? 0) + (extents.lengths[last] ?? 0)
    if (last >= first && lastEnd > offset) {
      const classCode = this.extentClasses[last] ?? 0
      const beyond = lastEnd - offset
      if (classCode !== severalClasses) out[classCode] = (out[classCode] ?? 0) - beyond
      else this.#addRange((extents.places[last] ?? 0) + (extents.lengths[last] ?? 0) - beyond, beyond, out, -1)
    }
    let stored = 0
    for (let index = 0; index < classCount; index++) stored += out[index] ?? 0
    out[blockClass.hole] = (out[blockClass.hole] ?? 0) + offset - stored
  }

  /** Where a file's lane ends: space may be reserved beyond the file's end. */
  laneEnd(file: number): number {
    const { extents, files } = this.map
    const last = (files.firstExtents[file + 1] ?? 0) - 1
    const mapped =
      last >= (files.firstExtents[file] ?? 0) ? (extents.offsets[last] ?? 0) + (extents.lengths[last] ?? 0) : 0
    return Math.max(files.sizeBytes[file] ?? 0, mapped)
  }

  /** Adds (or takes away) the bytes by class of a range of places that intervals cover without gaps. */
  #addRange(place: number, length: number, into: Float64Array, factor: 1 | -1): void {
    const from = this.#from
    const to = this.#to
    const saved = from.slice()
    this.#sumsAtPlace(place, from)
    this.#sumsAtPlace(place + length, to)
    for (let index = 0; index < classCount; index++) {
      into[index] = (into[index] ?? 0) + factor * ((to[index] ?? 0) - (from[index] ?? 0))
    }
    from.set(saved)
  }

  #sumsAtPlace(place: number, out: Float64Array): void {
    const { places, lengths, classes } = this.map.intervals
    const interval = this.intervalAt(place)
    this.#intervalSums.upTo(interval + 1, out)
    if (interval < 0) return
    const beyond = Math.max(0, (places[interval] ?? 0) + (lengths[interval] ?? 0) - place)
    const classCode = classes[interval] ?? 0
    out[classCode] = (out[classCode] ?? 0) - beyond
  }

  #classesOfExtents(): Uint8Array {
    const { extents, extentsByPlace, intervals } = this.map
    const classes = new Uint8Array(extents.files.length)
    for (let index = 0; index < classes.length; index++) {
      const isInline = ((extents.flags[index] ?? 0) & (extentFlags.inline | extentFlags.packedTail)) !== 0
      classes[index] = isInline ? blockClass.inline : blockClass.unchecked
    }
    let interval = 0
    for (const index of extentsByPlace) {
      const place = extents.places[index] ?? 0
      const isEncoded = ((extents.flags[index] ?? 0) & extentFlags.encoded) !== 0
      const end = isEncoded ? place : place + (extents.lengths[index] ?? 0)
      while ((intervals.places[interval + 1] ?? Number.POSITIVE_INFINITY) <= place) interval++
      const classCode = intervals.classes[interval] ?? 0
      let last = interval
      while (
        (intervals.places[last] ?? 0) + (intervals.lengths[last] ?? 0) < end &&
        intervals.classes[last + 1] === classCode &&
        last - interval < mostWalked
      ) {
        last++
      }
      const isWhole = (intervals.places[last] ?? 0) + (intervals.lengths[last] ?? 0) >= end
      classes[index] = isWhole ? classCode : severalClasses
    }
    return classes
  }
}
