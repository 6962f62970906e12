/** The filesystem of an open file or folder: fstatfs(2). */
import type { FilesystemInfo, Handle } from '../../src/main/engine/ports.ts'
import { filesystemType } from '../filesystem-types.ts'
import { bind, interrupted, lastError, readUint64, viewOf } from './libc.ts'

/*
 * asm-generic/statfs.h, 64-bit (x86-64 and arm64):
 *   struct statfs { long f_type; long f_bsize; u64 f_blocks; u64 f_bfree; u64 f_bavail; u64 f_files; u64 f_ffree;
 *                   struct { int val[2]; } f_fsid; long f_namelen; long f_frsize; long f_flags; long f_spare[4]; };
 */
const STATFS_SIZE = 120
const F_TYPE = 0
const F_BSIZE = 8
const F_BLOCKS = 16
const F_BFREE = 24
const F_BAVAIL = 32
const F_FSID = 56
const F_FRSIZE = 72

const fstatfsCall = bind<(descriptor: number, result: Buffer) => number>('int fstatfs(int fd, void *result)')
const statfsBuffer = Buffer.alloc(STATFS_SIZE)
const statfsView = viewOf(statfsBuffer)

/** struct statfs → FilesystemInfo. Blocks are counted in f_frsize where it is set, as statvfs(3) does. */
export function decodeStatfs(view: DataView): FilesystemInfo {
  const blockSizeBytes = readUint64(view, F_BSIZE)
  const unitBytes = readUint64(view, F_FRSIZE) || blockSizeBytes
  const low = view.getUint32(F_FSID, true).toString(16).padStart(8, '0')
  const high = view
    .getUint32(F_FSID + 4, true)
    .toString(16)
    .padStart(8, '0')
  return {
    type: filesystemType(view.getUint32(F_TYPE, true)),
    id: `${high}${low}`,
    blockSizeBytes,
    totalBytes: readUint64(view, F_BLOCKS) * unitBytes,
    freeBytes: readUint64(view, F_BFREE) * unitBytes,
    availableBytes: readUint64(view, F_BAVAIL) * unitBytes,
  }
}

/** Kind, identity and space of the filesystem. On btrfs each subvolume has an identity of its own. */
export function filesystemInfo(handle: Handle): FilesystemInfo {
  while (fstatfsCall(handle, statfsBuffer) < 0) {
    if (!interrupted()) throw lastError('fstatfs')
  }
  return decodeStatfs(statfsView)
}
