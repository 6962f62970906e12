/** Sharing blocks: ioctl_ficlonerange(2). */
import type { Handle } from '../../src/main/engine/ports.ts'
import { ReftarError } from '../../src/shared/errors.ts'
import { ioctlWithBuffer, ioctlWithNumber, requests } from './ioctl.ts'
import { interrupted, lastError, viewOf, writeInt64 } from './libc.ts'

/*
 * linux/fs.h:
 *   struct file_clone_range { __s64 src_fd; __u64 src_offset; __u64 src_length; __u64 dest_offset; };
 */
const CLONE_RANGE_SIZE = 32
const SRC_FD = 0
const SRC_OFFSET = 8
const SRC_LENGTH = 16
const DEST_OFFSET = 24
const cloneBuffer = Buffer.alloc(CLONE_RANGE_SIZE)
const cloneView = viewOf(cloneBuffer)

/** Writes a struct file_clone_range: offsets and length in bytes. */
export function encodeCloneRange(
  view: DataView,
  source: Handle,
  sourceOffset: number,
  length: number,
  targetOffset: number,
): void {
  writeInt64(view, SRC_FD, source)
  writeInt64(view, SRC_OFFSET, sourceOffset)
  writeInt64(view, SRC_LENGTH, length)
  writeInt64(view, DEST_OFFSET, targetOffset)
}

/** Makes a range of the target the same blocks as the source's. The kernel takes length 0 as "to the end": refused here. */
export function cloneRange(
  source: Handle,
  sourceOffset: number,
  length: number,
  target: Handle,
  targetOffset: number,
): void {
  if (!(length > 0))
    throw new ReftarError('invalid-argument', 'A clone of no bytes was asked for', { operation: 'FICLONERANGE' })
  encodeCloneRange(cloneView, source, sourceOffset, length, targetOffset)
  while (ioctlWithBuffer(target, requests.FICLONERANGE, cloneBuffer) < 0) {
    if (!interrupted()) throw lastError('FICLONERANGE')
  }
}

/** Makes the target the same blocks as the whole source, tail included. */
export function cloneFile(source: Handle, target: Handle): void {
  while (ioctlWithNumber(target, requests.FICLONE, source) < 0) {
    if (!interrupted()) throw lastError('FICLONE')
  }
}
