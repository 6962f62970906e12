/** Pure: the other places of the same blocks, who shares with whom, and what deleting would free. */
import { blockClass } from './block-class.ts'
import { extentFlags } from './extent-flags.ts'
import type { PictureIndex } from './picture-index.ts'
import { endOfExtent, lastAtOrBelow } from './places.ts'
import { intervalFlags } from './sharing-map.ts'

/** A range of a file. */
export interface FileRange {
  readonly file: number
  readonly offset: number
  readonly lengthBytes: number
}

/** Two ranges in the same blocks. Of compressed extents the ranges use the same extent, not always the same bytes. */
export interface SharedRange {
  readonly from: FileRange
  readonly to: FileRange
  readonly isCompressed: boolean
}

export interface SharedRanges {
  readonly ranges: readonly SharedRange[]
  /** False when there are more than were asked for. */
  readonly complete: boolean
}

/** Every other place of the blocks of a file's range, in the range's order: the ends of ribbons. At most `limit`. */
export function otherPlaces(index: PictureIndex, range: FileRange, limit: number): SharedRanges {
  const { extents, files } = index.map
  const first = files.firstExtents[range.file] ?? 0
  const end = files.firstExtents[range.file + 1] ?? first
  const rangeEnd = range.offset + range.lengthBytes
  const ranges: SharedRange[] = []
  const begin = Math.max(first, lastAtOrBelow(extents.offsets, first, end, range.offset))
  for (let extent = begin; extent < end && (extents.offsets[extent] ?? 0) < rangeEnd; extent++) {
    const place = extents.places[extent] ?? -1
    if (place < 0) continue
    const offset = extents.offsets[extent] ?? 0
    const from = Math.max(offset, range.offset)
    const to = Math.min(offset + (extents.lengths[extent] ?? 0), rangeEnd)
    if (from >= to) continue
    const isCompressed = ((extents.flags[extent] ?? 0) & extentFlags.encoded) !== 0
    const startPlace = isCompressed ? place : place + from - offset
    const endPlace = isCompressed ? endOfExtent(index.map, extent) : place + to - offset
    // One more than wanted, and the extent itself is among them.
    for (const other of index.search.find(startPlace, endPlace, limit - ranges.length + 2)) {
      if (other === extent) continue
      if (ranges.length === limit) return { ranges, complete: false }
      const otherPlace = extents.places[other] ?? 0
      const otherOffset = extents.offsets[other] ?? 0
      const otherFile = extents.files[other] ?? 0
      if (isCompressed) {
        const lengthBytes = extents.lengths[other] ?? 0
        ranges.push({
          from: { file: range.file, offset: from, lengthBytes: to - from },
          to: { file: otherFile, offset: otherOffset, lengthBytes },
          isCompressed,
        })
        continue
      }
      const commonStart = Math.max(startPlace, otherPlace)
      const lengthBytes = Math.min(endPlace, endOfExtent(index.map, other)) - commonStart
      ranges.push({
        from: { file: range.file, offset: from + commonStart - startPlace, lengthBytes },
        to: { file: otherFile, offset: otherOffset + commonStart - otherPlace, lengthBytes },
        isCompressed,
      })
    }
  }
  return { ranges, complete: true }
}

/** The files that use a range of places, ascending; at most `limit` of their extents are looked at. */
export function filesAt(index: PictureIndex, startPlace: number, endPlace: number, limit: number): number[] {
  const { files } = index.map.extents
  const found = index.search.find(startPlace, endPlace, limit).map((extent) => files[extent] ?? 0)
  return [...new Set(found)].sort((a, b) => a - b)
}

/** 1 for every file that uses a block of a chosen file, the chosen ones included. Linear in all extents. */
export function filesSharingWith(index: PictureIndex, isChosen: (file: number) => boolean): Uint8Array {
  const { extents, intervals, files } = index.map
  const uses = usesOfIntervals(index, isChosen)
  // How many intervals up to each are used by a chosen file: what an extent covers is a difference of two.
  const counts = new Uint32Array(intervals.places.length + 1)
  for (let at = 0; at < uses.length; at++) counts[at + 1] = (counts[at] ?? 0) + ((uses[at] ?? 0) > 0 ? 1 : 0)
  const result = new Uint8Array(files.names.length)
  walkByPlace(index, (extent, first, last) => {
    if ((counts[last + 1] ?? 0) > (counts[first] ?? 0)) result[extents.files[extent] ?? 0] = 1
  })
  for (let file = 0; file < result.length; file++) if (isChosen(file)) result[file] = 1
  return result
}

export interface FreedBytes {
  /** What no other file looked at uses, and nobody else as far as the filesystem says. */
  readonly ownBytes: number
  /** Of that, what the filesystem doesn't call shared: it is freed for certain. */
  readonly certainBytes: number
  /** What no other file looked at uses, but somebody, says the filesystem: of btrfs perhaps another part of an extent. */
  readonly othersBytes: number
  /** Of the chosen files' blocks, those that stay because other files looked at use them. */
  readonly keptBytes: number
  /** Bytes of the chosen files whose place isn't known: they would be freed, or not. */
  readonly uncheckedBytes: number
  /** Chosen files that have names elsewhere: deleting them frees nothing. */
  readonly filesWithOtherNames: number
}

/** What deleting the chosen files would free. Linear in all extents. */
export function freedBytes(index: PictureIndex, isChosen: (file: number) => boolean): FreedBytes {
  const { intervals, files } = index.map
  const all = usesOfIntervals(index, isChosen)
  const haveOtherNames = files.hasOtherNames.some((has, file) => has === 1 && isChosen(file))
  const deletable = haveOtherNames
    ? usesOfIntervals(index, (file) => isChosen(file) && files.hasOtherNames[file] === 0)
    : all
  const freed = {
    ownBytes: 0,
    certainBytes: 0,
    othersBytes: 0,
    keptBytes: 0,
    uncheckedBytes: 0,
    filesWithOtherNames: 0,
  }
  for (let at = 0; at < all.length; at++) {
    if (all[at] === 0) continue
    const length = intervals.lengths[at] ?? 0
    const flags = intervals.flags[at] ?? 0
    if (deletable[at] !== (intervals.uses[at] ?? 0) * length) {
      freed.keptBytes += length
      continue
    }
    if ((flags & intervalFlags.others) !== 0) {
      freed.othersBytes += length
      continue
    }
    freed.ownBytes += length
    const isKnown = intervals.classes[at] !== blockClass.unchecked
    if (isKnown && (flags & intervalFlags.shared) === 0) freed.certainBytes += length
  }
  files.hasOtherNames.forEach((has, file) => {
    if (!isChosen(file)) return
    freed.filesWithOtherNames += has
    freed.uncheckedBytes += files.uncheckedBytes[file] ?? 0
  })
  return freed
}

/**
 * Calls `visit` for all extents in the order of their places, each with the intervals in which it begins and ends, and
 * with where it ends. The order makes finding the intervals cheap.
 */
function walkByPlace(
  index: PictureIndex,
  visit: (extent: number, first: number, last: number, end: number) => void,
): void {
  const { extents, extentsByPlace, intervals } = index.map
  const { places, lengths } = intervals
  let first = 0
  for (const extent of extentsByPlace) {
    const start = extents.places[extent] ?? 0
    const end = endOfExtent(index.map, extent)
    while ((places[first + 1] ?? Number.POSITIVE_INFINITY) <= start) first++
    const isWithin = end <= (places[first] ?? 0) + (lengths[first] ?? 0)
    visit(extent, first, isWithin ? first : index.intervalAt(end - 1), end)
  }
}

/**
 * Bytes of each interval that extents of chosen files use, each use counted. An interval may hold several extents of a
 * file one after the other, so that counting extents wouldn't do.
 */
export function usesOfIntervals(index: PictureIndex, isChosen: (file: number) => boolean): Float64Array {
  const { extents, intervals } = index.map
  const { places, lengths } = intervals
  const bytes = new Float64Array(places.length)
  /** By how many extents more than the one before an interval is used as a whole. */
  const changes = new Int32Array(places.length + 1)
  walkByPlace(index, (extent, first, last, end) => {
    if (!isChosen(extents.files[extent] ?? 0)) return
    const start = extents.places[extent] ?? 0
    const endOfFirst = (places[first] ?? 0) + (lengths[first] ?? 0)
    bytes[first] = (bytes[first] ?? 0) + Math.min(end, endOfFirst) - start
    if (last === first) return
    bytes[last] = (bytes[last] ?? 0) + end - (places[last] ?? 0)
    changes[first + 1] = (changes[first + 1] ?? 0) + 1
    changes[last] = (changes[last] ?? 0) - 1
  })
  let whole = 0
  for (let at = 0; at < bytes.length; at++) {
    whole += changes[at] ?? 0
    bytes[at] = (bytes[at] ?? 0) + whole * (lengths[at] ?? 0)
  }
  return bytes
}
