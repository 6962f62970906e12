/** Modes, owners and times. */

import type { Handle } from '../../src/main/engine/ports.ts'
import type { ByteString } from '../../src/shared/byte-string.ts'
import { ReftarError } from '../../src/shared/errors.ts'
import { said } from '../../src/shared/said.ts'
import type { Timestamp } from '../../src/shared/timestamp.ts'
import { systemError } from '../errno.ts'
import { bind, check, nameBytes, pathBytes, viewOf, writeInt64 } from './libc.ts'
import { close, openNode } from './open.ts'
import { status } from './stat.ts'

export { chmodOpen as setMode } from './mode.ts'

// chown(2), utimensat(2), chmod(2)
const fchownCall = bind<(descriptor: number, uid: number, gid: number) => number>(
  'int fchown(int fd, unsigned int uid, unsigned int gid)',
)
const fchownatCall = bind<(directory: number, name: Buffer, uid: number, gid: number, flags: number) => number>(
  'int fchownat(int dirfd, const void *path, unsigned int uid, unsigned int gid, int flags)',
)
const futimensCall = bind<(descriptor: number, times: Buffer) => number>('int futimens(int fd, const void *times)')
const utimensatCall = bind<(directory: number, name: Buffer, times: Buffer, flags: number) => number>(
  'int utimensat(int dirfd, const void *path, const void *times, int flags)',
)
const chmodCall = bind<(path: Buffer, mode: number) => number>('int chmod(const void *path, mode_t mode)')

const AT_SYMLINK_NOFOLLOW = 0x100

/*
 * time.h: struct timespec { time_t tv_sec; long tv_nsec; };  two of them, access time first.
 * tv_nsec always counts forwards, for times before 1970 too.
 */
const TIMESPEC_SIZE = 16
const TV_NSEC = 8
const timesBuffer = Buffer.alloc(2 * TIMESPEC_SIZE)
const timesView = viewOf(timesBuffer)

/** Writes a struct timespec. Above 999,999,999 lie UTIME_NOW and UTIME_OMIT, which no caller means: `invalid-argument`. */
export function encodeTimespec(view: DataView, offset: number, time: Timestamp): void {
  if (!(time.nanoseconds >= 0 && time.nanoseconds <= 999_999_999))
    throw new ReftarError(
      'invalid-argument',
      said('{count} nanoseconds are no fraction of a second', { count: time.nanoseconds }),
    )
  writeInt64(view, offset, time.seconds)
  writeInt64(view, offset + TV_NSEC, time.nanoseconds)
}

/** Access and modification time of an open file or folder. */
export function setTimes(handle: Handle, accessTime: Timestamp, modifyTime: Timestamp): void {
  encodeTimespec(timesView, 0, accessTime)
  encodeTimespec(timesView, TIMESPEC_SIZE, modifyTime)
  check(futimensCall(handle, timesBuffer), 'futimens')
}

/** As setTimes, of the name itself. */
export function setTimesAt(directory: Handle, name: ByteString, accessTime: Timestamp, modifyTime: Timestamp): void {
  encodeTimespec(timesView, 0, accessTime)
  encodeTimespec(timesView, TIMESPEC_SIZE, modifyTime)
  check(utimensatCall(directory, nameBytes(name), timesBuffer, AT_SYMLINK_NOFOLLOW), 'utimensat')
}

/** Owner and group of an open file or folder. The kernel drops setuid and setgid: set the mode afterwards. */
export function setOwner(handle: Handle, uid: number, gid: number): void {
  check(fchownCall(handle, uid, gid), 'fchown')
}

/** As setOwner, of the name itself. */
export function setOwnerAt(directory: Handle, name: ByteString, uid: number, gid: number): void {
  check(fchownatCall(directory, nameBytes(name), uid, gid, AT_SYMLINK_NOFOLLOW), 'fchownat')
}

/**
 * Mode of a node that can't be opened. fchmodat follows links, and fchmodat2, which needn't, is too new (6.6): so the
 * node is held with O_PATH, seen to be no link, and changed through its entry in /proc. `not-supported` for a link.
 */
export function setModeAt(directory: Handle, name: ByteString, mode: number): void {
  const node = openNode(directory, name)
  try {
    if (status(node).kind === 'symlink') throw systemError('EOPNOTSUPP', 'fchmodat')
    check(chmodCall(pathBytes(`/proc/self/fd/${node}` as ByteString), mode & 0o7777), 'chmod')
  } finally {
    close(node)
  }
}
