/** Where a file's bytes lie on disk: FS_IOC_FIEMAP (Documentation/filesystems/fiemap.rst). */
import { type ExtentVisitor, extentFlags, type Handle, type PhysicalExtent } from '../../src/main/engine/ports.ts'
import { errnoName, errnoNumbers, systemError } from '../errno.ts'
import { seekData } from './io.ts'
import { ioctlWithBuffer, requests } from './ioctl.ts'
import { lastErrno, readUint64, viewOf, writeInt64 } from './libc.ts'

/*
 * linux/fiemap.h:
 *   struct fiemap { __u64 fm_start; __u64 fm_length; __u32 fm_flags; __u32 fm_mapped_extents; __u32 fm_extent_count;
 *                   __u32 fm_reserved; struct fiemap_extent fm_extents[]; };
 *   struct fiemap_extent { __u64 fe_logical; __u64 fe_physical; __u64 fe_length; __u64 fe_reserved64[2];
 *                          __u32 fe_flags; __u32 fe_reserved[3]; };
 */
const FM_START = 0
const FM_LENGTH = 8
const FM_FLAGS = 16
const FM_MAPPED_EXTENTS = 20
const FM_EXTENT_COUNT = 24
const FM_RESERVED = 28
const FM_EXTENTS = 32
const EXTENT_SIZE = 56
const FE_LOGICAL = 0
const FE_PHYSICAL = 8
const FE_LENGTH = 16
const FE_FLAGS = 40
const FIEMAP_FLAG_SYNC = 0x1

// One call answers for nearly every file; a fragmented one takes more.
const EXTENTS_A_CALL = 512
const fiemapBuffer = Buffer.alloc(FM_EXTENTS + EXTENTS_A_CALL * EXTENT_SIZE)
const fiemapView = viewOf(fiemapBuffer)

/** Writes the head of a struct fiemap. */
export function encodeFiemap(view: DataView, start: number, length: number, flush: boolean, count: number): void {
  writeInt64(view, FM_START, start)
  writeInt64(view, FM_LENGTH, length)
  view.setUint32(FM_FLAGS, flush ? FIEMAP_FLAG_SYNC : 0, true)
  view.setUint32(FM_MAPPED_EXTENTS, 0, true)
  view.setUint32(FM_EXTENT_COUNT, count, true)
  view.setUint32(FM_RESERVED, 0, true)
}

/** Visits the extents of an answer; false when one lies beyond what a number can hold. */
export function decodeExtents(view: DataView, visit: ExtentVisitor): boolean {
  const count = view.getUint32(FM_MAPPED_EXTENTS, true)
  for (let i = 0, at = FM_EXTENTS; i < count; i++, at += EXTENT_SIZE) {
    const logicalBytes = readUint64(view, at + FE_LOGICAL)
    const physicalBytes = readUint64(view, at + FE_PHYSICAL)
    const lengthBytes = readUint64(view, at + FE_LENGTH)
    if (!Number.isSafeInteger(logicalBytes + lengthBytes) || !Number.isSafeInteger(physicalBytes + lengthBytes))
      return false
    visit(logicalBytes, physicalBytes, lengthBytes, view.getUint32(at + FE_FLAGS, true))
  }
  return true
}

/** An extent about which the filesystem says nothing. Delayed allocation is "unknown" too, but says why. */
function saysNothing(flags: number): boolean {
  return (flags & extentFlags.unknown) !== 0 && (flags & extentFlags.delayedAllocation) === 0
}

/**
 * Visits the extents of a file over a range in bytes, in logical order. False where the filesystem can't tell: no FIEMAP
 * (EOPNOTSUPP, ENOTTY), an empty map of a range that holds data, or extents that are all of unknown place.
 * The first and last extent may reach beyond the range.
 */
export function visitExtents(
  handle: Handle,
  offset: number,
  length: number,
  flush: boolean,
  visit: ExtentVisitor,
): boolean {
  const end = offset + length
  let start = offset
  // The data is flushed once, not again before each further call.
  let flushNow = flush
  let areAllUnknown = true
  let isEmpty = true
  let next = offset
  let lastFlags = 0
  const note: ExtentVisitor = (logicalBytes, physicalBytes, lengthBytes, flags) => {
    isEmpty = false
    if (areAllUnknown) areAllUnknown = saysNothing(flags)
    next = logicalBytes + lengthBytes
    lastFlags = flags
    visit(logicalBytes, physicalBytes, lengthBytes, flags)
  }
  while (start < end) {
    encodeFiemap(fiemapView, start, end - start, flushNow, EXTENTS_A_CALL)
    if (ioctlWithBuffer(handle, requests.FS_IOC_FIEMAP, fiemapBuffer) < 0) {
      const errno = lastErrno()
      if (errno === errnoNumbers.EINTR) continue
      if (errno === errnoNumbers.EOPNOTSUPP || errno === errnoNumbers.ENOTTY || errno === errnoNumbers.EBADR)
        return false
      // Past the largest file that the filesystem could hold there is nothing.
      if (errno === errnoNumbers.EFBIG) break
      throw systemError(errnoName(errno), 'FS_IOC_FIEMAP')
    }
    flushNow = false
    if (!decodeExtents(fiemapView, note)) return false
    if (fiemapView.getUint32(FM_MAPPED_EXTENTS, true) === 0 || (lastFlags & extentFlags.last) !== 0) break
    // A map that doesn't advance would be asked for for ever.
    if (next <= start) return false
    start = next
  }
  if (isEmpty) {
    const data = length > 0 ? seekData(handle, offset) : -1
    return data < 0 || data >= end
  }
  return !areAllUnknown
}

/** The same extents as objects, for few files; undefined where the filesystem can't tell. */
export function extents(handle: Handle, offset: number, length: number, flush: boolean): PhysicalExtent[] | undefined {
  const found: PhysicalExtent[] = []
  const isTold = visitExtents(handle, offset, length, flush, (logicalBytes, physicalBytes, lengthBytes, flags) =>
    found.push({ logicalBytes, physicalBytes, lengthBytes, flags }),
  )
  return isTold ? found : undefined
}
