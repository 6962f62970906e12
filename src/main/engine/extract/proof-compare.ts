/** Pure: whether two ranges lie in the same blocks, as far as their physical extents tell. */
import { extentFlags, type PhysicalExtent } from '../ports.ts'

export interface Comparison {
  sharedBytes: number
  /** The map doesn't say where they are, or names a compressed extent as a whole. */
  uncheckedBytes: number
  /** Both are somewhere, and not at the same place. */
  elsewhereBytes: number
}

const placeUnknown =
  extentFlags.unknown |
  extentFlags.delayedAllocation |
  extentFlags.inline |
  extentFlags.packedTail |
  extentFlags.notAligned

/** Whether any extent's place may become known once its data is written. */
export function hasPending(extents: readonly PhysicalExtent[] | undefined): boolean {
  return extents?.some(({ flags }) => (flags & (extentFlags.delayedAllocation | extentFlags.unknown)) !== 0) ?? false
}

/**
 * Compares `length` bytes from `aOffset` of one file with as many from `bOffset` of another, given the extents of
 * each in logical order. An undefined map can't be checked; where both have a hole there is nothing to share.
 */
export function compareRanges(
  a: readonly PhysicalExtent[] | undefined,
  aOffset: number,
  b: readonly PhysicalExtent[] | undefined,
  bOffset: number,
  length: number,
): Comparison {
  const result: Comparison = { sharedBytes: 0, uncheckedBytes: 0, elsewhereBytes: 0 }
  if (a === undefined || b === undefined) {
    result.uncheckedBytes = length
    return result
  }
  let indexA = firstEndingAfter(a, aOffset)
  let indexB = firstEndingAfter(b, bOffset)
  for (let done = 0; done < length; ) {
    indexA = skipBefore(a, indexA, aOffset + done)
    indexB = skipBefore(b, indexB, bOffset + done)
    const inA = covering(a, indexA, aOffset + done)
    const inB = covering(b, indexB, bOffset + done)
    const end = Math.min(
      length,
      nextBorder(a, indexA, aOffset + done) - aOffset,
      nextBorder(b, indexB, bOffset + done) - bOffset,
    )
    count(result, inA, aOffset + done, inB, bOffset + done, end - done)
    done = end
  }
  return result
}

function firstEndingAfter(extents: readonly PhysicalExtent[], offset: number): number {
  let low = 0
  let high = extents.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const extent = extents[middle]
    if (extent !== undefined && extent.logicalBytes + extent.lengthBytes <= offset) low = middle + 1
    else high = middle
  }
  return low
}

function skipBefore(extents: readonly PhysicalExtent[], from: number, offset: number): number {
  let index = from
  for (
    let extent = extents[index];
    extent && extent.logicalBytes + extent.lengthBytes <= offset;
    extent = extents[index]
  ) {
    index++
  }
  return index
}

function covering(extents: readonly PhysicalExtent[], index: number, offset: number): PhysicalExtent | undefined {
  const extent = extents[index]
  return extent !== undefined && extent.logicalBytes <= offset ? extent : undefined
}

function nextBorder(extents: readonly PhysicalExtent[], index: number, offset: number): number {
  const extent = extents[index]
  if (extent === undefined) return Number.POSITIVE_INFINITY
  return extent.logicalBytes > offset ? extent.logicalBytes : extent.logicalBytes + extent.lengthBytes
}

function count(
  result: Comparison,
  a: PhysicalExtent | undefined,
  aAt: number,
  b: PhysicalExtent | undefined,
  bAt: number,
  length: number,
): void {
  if (a === undefined && b === undefined) return
  if (a === undefined || b === undefined) {
    result.elsewhereBytes += length
    return
  }
  const flags = a.flags | b.flags
  if ((flags & placeUnknown) !== 0) result.uncheckedBytes += length
  else if ((flags & extentFlags.encoded) !== 0) {
    const sameExtent = a.physicalBytes === b.physicalBytes && a.lengthBytes === b.lengthBytes
    if (sameExtent && aAt - a.logicalBytes === bAt - b.logicalBytes) result.sharedBytes += length
    else result.uncheckedBytes += length
  } else if (a.physicalBytes + aAt - a.logicalBytes === b.physicalBytes + bAt - b.logicalBytes) {
    result.sharedBytes += length
  } else result.elsewhereBytes += length
}
