/** Inode flags as chattr(1) shows them: ioctl_iflags(2). */
import type { Handle } from '../../src/main/engine/ports.ts'
import { errnoName, errnoNumbers, systemError } from '../errno.ts'
import { ioctlWithBuffer, requests } from './ioctl.ts'
import { check, lastErrno } from './libc.ts'

// The request numbers say "long", but the kernel reads and writes an int.
const flagsBuffer = Buffer.alloc(8)

const WITHOUT_FLAGS: ReadonlySet<number> = new Set([
  errnoNumbers.ENOTTY,
  errnoNumbers.EOPNOTSUPP,
  errnoNumbers.ENOSYS,
  errnoNumbers.EINVAL,
])

/** FS_*_FL bits (linux/fs.h: 0x00800000 is NOCOW, `chattr +C`); 0 where the filesystem has none. */
export function inodeFlags(handle: Handle): number {
  flagsBuffer.fill(0)
  if (ioctlWithBuffer(handle, requests.FS_IOC_GETFLAGS, flagsBuffer) < 0) {
    const errno = lastErrno()
    if (WITHOUT_FLAGS.has(errno)) return 0
    throw systemError(errnoName(errno), 'FS_IOC_GETFLAGS')
  }
  return flagsBuffer.readUInt32LE(0)
}

/** Sets all flags at once. `not-supported` where the filesystem has none of them, `not-permitted` for +i without root. */
export function setInodeFlags(handle: Handle, flags: number): void {
  flagsBuffer.fill(0)
  flagsBuffer.writeUInt32LE(flags >>> 0, 0)
  check(ioctlWithBuffer(handle, requests.FS_IOC_SETFLAGS, flagsBuffer), 'FS_IOC_SETFLAGS')
}
