/** What a node is: statx(2). */

import type { Handle, NodeStatus } from '../../src/main/engine/ports.ts'
import type { ByteString } from '../../src/shared/byte-string.ts'
import type { Timestamp } from '../../src/shared/timestamp.ts'
import { errnoName, errnoNumbers, systemError } from '../errno.ts'
import { kindOfMode } from '../node-kind.ts'
import { bind, lastErrno, lastError, nameBytes, readInt64, readUint64, viewOf } from './libc.ts'

/*
 * linux/stat.h:
 *   struct statx {
 *     __u32 stx_mask; __u32 stx_blksize; __u64 stx_attributes;
 *     __u32 stx_nlink; __u32 stx_uid; __u32 stx_gid; __u16 stx_mode; __u16 __spare0;
 *     __u64 stx_ino; __u64 stx_size; __u64 stx_blocks; __u64 stx_attributes_mask;
 *     struct statx_timestamp stx_atime, stx_btime, stx_ctime, stx_mtime;
 *     __u32 stx_rdev_major, stx_rdev_minor, stx_dev_major, stx_dev_minor;
 *     … up to 256 bytes
 *   };
 *   struct statx_timestamp { __s64 tv_sec; __u32 tv_nsec; __s32 __reserved; };
 */
const STATX_SIZE = 256
const STX_MASK = 0
const STX_NLINK = 16
const STX_UID = 20
const STX_GID = 24
const STX_MODE = 28
const STX_INO = 32
const STX_SIZE = 40
const STX_BLOCKS = 48
const STX_ATIME = 64
const STX_BTIME = 80
const STX_CTIME = 96
const STX_MTIME = 112
const STX_RDEV_MAJOR = 128
const STX_RDEV_MINOR = 132
const STX_DEV_MAJOR = 136
const STX_DEV_MINOR = 140
const TV_NSEC = 8
/** stx_blocks counts these, whatever the filesystem's block size is. */
const SECTOR_BYTES = 512

const STATX_BASIC_STATS = 0x7ff
const STATX_BTIME = 0x800
const AT_SYMLINK_NOFOLLOW = 0x100
const AT_NO_AUTOMOUNT = 0x800
const AT_EMPTY_PATH = 0x1000

const statxCall = bind<(directory: number, path: Buffer, flags: number, mask: number, result: Buffer) => number>(
  'int statx(int dirfd, const void *path, int flags, unsigned int mask, void *result)',
)
const statxBuffer = Buffer.alloc(STATX_SIZE)
const statxView = viewOf(statxBuffer)
const emptyPath = Buffer.alloc(1)

function decodeTimestamp(view: DataView, offset: number): Timestamp {
  return { seconds: readInt64(view, offset), nanoseconds: view.getUint32(offset + TV_NSEC, true) }
}

/** struct statx → NodeStatus. deviceMajor and deviceMinor are what a device node stands for (stx_rdev). */
export function decodeStatx(view: DataView): NodeStatus {
  const mode = view.getUint16(STX_MODE, true)
  return {
    kind: kindOfMode(mode),
    mode: mode & 0o7777,
    uid: view.getUint32(STX_UID, true),
    gid: view.getUint32(STX_GID, true),
    linkCount: view.getUint32(STX_NLINK, true),
    inode: view.getBigUint64(STX_INO, true),
    device: view.getUint32(STX_DEV_MAJOR, true) * 0x10_0000 + view.getUint32(STX_DEV_MINOR, true),
    deviceMajor: view.getUint32(STX_RDEV_MAJOR, true),
    deviceMinor: view.getUint32(STX_RDEV_MINOR, true),
    sizeBytes: readUint64(view, STX_SIZE),
    allocatedBytes: readUint64(view, STX_BLOCKS) * SECTOR_BYTES,
    accessTime: decodeTimestamp(view, STX_ATIME),
    modifyTime: decodeTimestamp(view, STX_MTIME),
    changeTime: decodeTimestamp(view, STX_CTIME),
    birthTime: (view.getUint32(STX_MASK, true) & STATX_BTIME) !== 0 ? decodeTimestamp(view, STX_BTIME) : undefined,
  }
}

/** statx of an open file or folder, O_PATH ones included. */
export function status(handle: Handle): NodeStatus {
  if (statxCall(handle, emptyPath, AT_EMPTY_PATH, STATX_BASIC_STATS | STATX_BTIME, statxBuffer) < 0)
    throw lastError('statx')
  return decodeStatx(statxView)
}

// linux/stat.h
const STATX_MTIME = 0x40
const STATX_CTIME = 0x80
const STATX_SIZE_FIELD = 0x200

function isSameTimestamp(offset: number, time: Timestamp): boolean {
  return (
    statxView.getUint32(offset + TV_NSEC, true) === time.nanoseconds && readInt64(statxView, offset) === time.seconds
  )
}

/** Whether size, modify time and change time are those of an earlier statx. */
export function isUnchanged(handle: Handle, before: NodeStatus): boolean {
  const mask = STATX_MTIME | STATX_CTIME | STATX_SIZE_FIELD
  if (statxCall(handle, emptyPath, AT_EMPTY_PATH, mask, statxBuffer) < 0) throw lastError('statx')
  return (
    readUint64(statxView, STX_SIZE) === before.sizeBytes &&
    isSameTimestamp(STX_MTIME, before.modifyTime) &&
    isSameTimestamp(STX_CTIME, before.changeTime)
  )
}

/** statx of one name, links not followed; undefined when there is nothing of that name. */
export function statusAt(directory: Handle, name: ByteString): NodeStatus | undefined {
  const flags = AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT
  if (statxCall(directory, nameBytes(name), flags, STATX_BASIC_STATS | STATX_BTIME, statxBuffer) < 0) {
    const errno = lastErrno()
    if (errno === errnoNumbers.ENOENT) return undefined
    throw systemError(errnoName(errno), 'statx')
  }
  return decodeStatx(statxView)
}
