/** Bytes of open files: reading, writing, sizes, holes. */
import type { Handle, LockAnswer } from '../../src/main/engine/ports.ts'
import { ReftarError } from '../../src/shared/errors.ts'
import { errnoName, errnoNumbers, systemError } from '../errno.ts'
import { bind, check, interrupted, lastErrno, lastError, syscallNumbers, viewOf, writeInt64 } from './libc.ts'

// read(2), pread(2), write(2), pwrite(2)
const preadCall = bind<(descriptor: number, buffer: Uint8Array, length: number, offset: number) => number>(
  'ssize_t pread(int fd, void *buffer, size_t count, off_t offset)',
)
const readCall = bind<(descriptor: number, buffer: Uint8Array, length: number) => number>(
  'ssize_t read(int fd, void *buffer, size_t count)',
)
const pwriteCall = bind<(descriptor: number, buffer: Uint8Array, length: number, offset: number) => number>(
  'ssize_t pwrite(int fd, const void *buffer, size_t count, off_t offset)',
)
const writeCall = bind<(descriptor: number, buffer: Uint8Array, length: number) => number>(
  'ssize_t write(int fd, const void *buffer, size_t count)',
)

/*
 * poll(2), poll.h:
 *   struct pollfd { int fd; short events; short revents; };
 */
const pollCall = bind<(descriptors: Buffer, count: number, timeoutMs: number) => number>(
  'int poll(void *fds, unsigned long count, int timeout)',
)
const POLLIN = 0x001
const POLLOUT = 0x004
const pollEntry = Buffer.allocUnsafeSlow(8)

/** poll(2) of one descriptor; a timeout of -1 waits for ever. Positive when there is something to do. */
function poll(handle: Handle, events: number, milliseconds: number): number {
  pollEntry.writeInt32LE(handle, 0)
  pollEntry.writeInt16LE(events, 4)
  pollEntry.writeInt16LE(0, 6)
  return pollCall(pollEntry, 1, milliseconds)
}

/** Whether a read from a pipe has something to answer within the time. A signal ends the wait: nothing yet. */
export function waitForInput(handle: Handle, milliseconds: number): boolean {
  const ready = poll(handle, POLLIN, milliseconds)
  if (ready < 0 && !interrupted()) throw lastError('poll')
  return ready > 0
}

/**
 * Whether a call that gave errno should be made again: after EINTR, and after EAGAIN on the standard streams, which
 * others may have made non-blocking (Node does so with pipes). It then waits until there is something to do. Elsewhere
 * EAGAIN is the caller's: a FIFO opened without blocking must not hang here.
 */
function again(handle: Handle, events: number): boolean {
  const errno = lastErrno()
  if (errno === errnoNumbers.EINTR) return true
  if (errno !== errnoNumbers.EAGAIN || handle > 2) return false
  return poll(handle, events, -1) >= 0 || interrupted()
}

/** The part of a buffer that a call may touch. A wrong range would let the kernel write into foreign memory: refused. */
function part(buffer: Uint8Array, offset: number, length: number): Uint8Array {
  if (!(offset >= 0 && length >= 0 && offset + length <= buffer.byteLength))
    throw new ReftarError(
      'internal',
      `Bytes ${offset} to ${offset + length} are outside a buffer of ${buffer.byteLength}`,
    )
  return offset === 0 ? buffer : buffer.subarray(offset)
}

/** Reads up to `length` bytes at `position`, or at the stream's own when null; 0 at the end. */
export function read(
  handle: Handle,
  buffer: Uint8Array,
  bufferOffset: number,
  length: number,
  position: number | null,
): number {
  const target = part(buffer, bufferOffset, length)
  for (;;) {
    const count = position === null ? readCall(handle, target, length) : preadCall(handle, target, length, position)
    if (count >= 0) return count
    if (!again(handle, POLLIN)) throw lastError(position === null ? 'read' : 'pread')
  }
}

/** Writes up to `length` bytes at `position`, or at the stream's own when null. */
export function write(
  handle: Handle,
  buffer: Uint8Array,
  bufferOffset: number,
  length: number,
  position: number | null,
): number {
  const source = part(buffer, bufferOffset, length)
  for (;;) {
    const count = position === null ? writeCall(handle, source, length) : pwriteCall(handle, source, length, position)
    if (count >= 0) return count
    if (!again(handle, POLLOUT)) throw lastError(position === null ? 'write' : 'pwrite')
  }
}

// truncate(2), fsync(2), lseek(2), fallocate(2)
const ftruncateCall = bind<(descriptor: number, size: number) => number>('int ftruncate(int fd, off_t length)')
const fsyncCall = bind<(descriptor: number) => number>('int fsync(int fd)')
const lseekCall = bind<(descriptor: number, offset: number, whence: number) => number>(
  'off_t lseek(int fd, off_t offset, int whence)',
)
const fallocateCall = bind<(descriptor: number, mode: number, offset: number, length: number) => number>(
  'int fallocate(int fd, int mode, off_t offset, off_t length)',
)

// sync_file_range(2)
const syncFileRangeCall = bind<(descriptor: number, offset: number, length: number, flags: number) => number>(
  'int sync_file_range(int fd, off_t offset, off_t length, unsigned int flags)',
)
const SYNC_FILE_RANGE_WRITE = 2

/** Asks the kernel to begin writing a range to disk. A hint: errors show when the file is synced. */
export function beginWriteback(handle: Handle, offset: number, length: number): void {
  syncFileRangeCall(handle, offset, length, SYNC_FILE_RANGE_WRITE)
}

/** ftruncate(2): cuts or extends, with a hole, to a size in bytes. */
export function truncate(handle: Handle, sizeBytes: number): void {
  while (ftruncateCall(handle, sizeBytes) < 0) {
    if (!interrupted()) throw lastError('ftruncate')
  }
}

/** fsync(2) of a file or a folder. */
export function sync(handle: Handle): void {
  while (fsyncCall(handle) < 0) {
    if (!interrupted()) throw lastError('fsync')
  }
}

// flock(2), asm-generic/fcntl.h
const flockCall = bind<(descriptor: number, operation: number) => number>('int flock(int fd, int operation)')
const LOCK_EX = 2
const LOCK_NB = 4

/** An exclusive lock on an open file or folder, if nobody else has one. EAGAIN is EWOULDBLOCK: somebody has. */
export function tryLock(handle: Handle): LockAnswer {
  while (flockCall(handle, LOCK_EX | LOCK_NB) < 0) {
    const errno = lastErrno()
    if (errno === errnoNumbers.EAGAIN) return 'in-use'
    if (errno !== errnoNumbers.EINTR) return 'unknown'
  }
  return 'locked'
}

// unistd.h
const SEEK_SET = 0
const SEEK_DATA = 3
const SEEK_HOLE = 4

/** Back to the beginning, for reading a folder once more. */
export function rewind(handle: Handle): void {
  check(lseekCall(handle, 0, SEEK_SET), 'lseek')
}

/** Start of the next data at or after `offset`, -1 when none follows. Moves the stream's own position, as lseek does. */
export function seekData(handle: Handle, offset: number): number {
  const position = lseekCall(handle, offset, SEEK_DATA)
  if (position >= 0) return position
  if (lastErrno() === errnoNumbers.ENXIO) return -1
  throw lastError('lseek')
}

/** Start of the next hole at or after `offset`; `offset` itself at or past the end of the file. Moves the stream's position. */
export function seekHole(handle: Handle, offset: number): number {
  const position = lseekCall(handle, offset, SEEK_HOLE)
  if (position >= 0) return position
  if (lastErrno() === errnoNumbers.ENXIO) return offset
  throw lastError('lseek')
}

// linux/falloc.h
const FALLOC_FL_KEEP_SIZE = 0x01
const FALLOC_FL_PUNCH_HOLE = 0x02

/** Deallocates a range in bytes, keeping the size; false where the filesystem can't (EOPNOTSUPP). */
export function punchHole(handle: Handle, offset: number, length: number): boolean {
  while (fallocateCall(handle, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, length) < 0) {
    const errno = lastErrno()
    if (errno === errnoNumbers.EOPNOTSUPP || errno === errnoNumbers.ENOSYS) return false
    if (errno !== errnoNumbers.EINTR) throw systemError(errnoName(errno), 'fallocate')
  }
  return true
}

// copy_file_range(2): both offsets are pointers to 64-bit integers.
const copyFileRangeCall = bind<
  (
    call: number,
    source: number,
    sourceAt: Buffer,
    target: number,
    targetAt: Buffer,
    length: number,
    flags: number,
  ) => number
>('int64_t syscall(int64_t call, int in, void *in_at, int out, void *out_at, size_t length, unsigned int flags)')
const sourceAt = Buffer.allocUnsafeSlow(8)
const targetAt = Buffer.allocUnsafeSlow(8)
const sourceAtView = viewOf(sourceAt)
const targetAtView = viewOf(targetAt)

// Refusals that mean "not for this pair of files": the caller reads and writes instead.
const CANNOT_COPY_RANGE: ReadonlySet<number> = new Set([
  errnoNumbers.EXDEV,
  errnoNumbers.EINVAL,
  errnoNumbers.EOPNOTSUPP,
  errnoNumbers.ENOSYS,
  errnoNumbers.EPERM,
  errnoNumbers.ETXTBSY,
])

/** Copies up to `length` bytes inside the kernel; 0 at the source's end and where it can't be used for this pair. May share blocks. */
export function copyRange(
  source: Handle,
  sourceOffset: number,
  target: Handle,
  targetOffset: number,
  length: number,
): number {
  for (;;) {
    writeInt64(sourceAtView, 0, sourceOffset)
    writeInt64(targetAtView, 0, targetOffset)
    const count = copyFileRangeCall(syscallNumbers.copyFileRange, source, sourceAt, target, targetAt, length, 0)
    if (count >= 0) return count
    const errno = lastErrno()
    if (CANNOT_COPY_RANGE.has(errno)) return 0
    if (errno !== errnoNumbers.EINTR) throw systemError(errnoName(errno), 'copy_file_range')
  }
}
