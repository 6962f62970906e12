/** The extents of several ranges of a file, asked for in few calls. */
import { ReftarError } from '../../../shared/errors.ts'
import type { ExtentMap, Handle, PhysicalExtent } from '../ports.ts'
import { hasPending } from './proof-compare.ts'

/** Ranges this close are asked for together: the extents between them cost less than a call. */
const nearBytes = 1 << 18

export interface ByteRange {
  readonly offset: number
  readonly lengthBytes: number
}

/** The ranges in order, those that touch or nearly do as one. */
export function joinNear(ranges: readonly ByteRange[], near: number = nearBytes): ByteRange[] {
  const sorted = [...ranges].sort((a, b) => a.offset - b.offset)
  const joined: ByteRange[] = []
  for (const range of sorted) {
    const last = joined.at(-1)
    const end = range.offset + range.lengthBytes
    if (last && range.offset - (last.offset + last.lengthBytes) <= near) {
      joined[joined.length - 1] = {
        offset: last.offset,
        lengthBytes: Math.max(last.lengthBytes, end - last.offset),
      }
    } else joined.push(range)
  }
  return joined
}

/**
 * All extents of the ranges in logical order; undefined where the filesystem can't tell. Blocks just cloned are on disk
 * already, so that nothing is flushed unless the map says that something is still to come; `flush` a file that others
 * may have written to since, whose map is otherwise that of what was there before.
 */
export function mapRanges(
  extentMap: ExtentMap,
  handle: Handle | undefined,
  ranges: readonly ByteRange[],
  flush = false,
): PhysicalExtent[] | undefined {
  if (handle === undefined) return undefined
  const all: PhysicalExtent[] = []
  for (const { offset, lengthBytes } of joinNear(ranges)) {
    const extents = settledExtents(extentMap, handle, offset, lengthBytes, flush)
    if (extents === undefined) return undefined
    for (const extent of extents) {
      // An extent that reaches from one range into the next comes twice.
      const last = all.at(-1)
      if (last === undefined || extent.logicalBytes > last.logicalBytes) all.push(extent)
    }
  }
  return all
}

function settledExtents(
  extentMap: ExtentMap,
  handle: Handle,
  offset: number,
  length: number,
  flush: boolean,
): PhysicalExtent[] | undefined {
  try {
    const extents = extentMap.extents(handle, offset, length, flush)
    return !flush && hasPending(extents) ? extentMap.extents(handle, offset, length, true) : extents
  } catch (error) {
    if (error instanceof ReftarError) return undefined
    throw error
  }
}
