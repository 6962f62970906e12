/**
 * The C library through koffi: how functions are bound, how a refusal becomes an error, and how names reach the kernel.
 *
 * Rules that hold for every binding in this folder:
 * - Symbols come from the process itself (Node and Electron are linked with glibc or musl), so no library name is guessed.
 * - `ioctl`, `syscall`, `openat` and `fcntl` are variadic in C and declared here with fixed arguments: the Linux calling
 *   conventions of x86-64 and arm64 pass both alike, and koffi's variadic path is slower.
 * - Memory is always a Buffer of ours that outlives the call; native memory is never viewed, as Electron's V8 refuses that.
 * - Calls return -1 and leave errno, which is read on the next line.
 */
import koffi from 'koffi'
import type { ByteString } from '../../src/shared/byte-string.ts'
import { type ErrorContext, ReftarError } from '../../src/shared/errors.ts'
import { said } from '../../src/shared/said.ts'
import { errnoName, errnoNumbers, systemError } from '../errno.ts'
import { checkComponent, checkNoNul } from '../names.ts'

const library = koffi.load(null)

koffi.alias('ssize_t', 'int64_t')
koffi.alias('off_t', 'int64_t')
koffi.alias('mode_t', 'unsigned int')

/** Binds a function of the C library by its prototype. `Call` is its TypeScript type: the caller vouches that they agree. */
export function bind<Call extends (...args: never[]) => unknown>(prototype: string): Call {
  return library.func(prototype) as unknown as Call
}

/** Where a Buffer's memory begins, to recognise pointers into it that a call has written. */
export function addressOf(buffer: Buffer): bigint {
  return koffi.address(buffer)
}

/** errno of the last call. */
export function lastErrno(): number {
  return koffi.errno()
}

/** The error for what the last call left in errno. */
export function lastError(operation: string, context?: ErrorContext): ReftarError {
  return systemError(errnoName(koffi.errno()), operation, context)
}

/** Whether the last call was interrupted by a signal and should be made again. */
export function interrupted(): boolean {
  return koffi.errno() === errnoNumbers.EINTR
}

/** Returns a call's result, or throws what it left in errno when the result is negative. */
export function check(result: number, operation: string): number {
  if (result < 0) throw lastError(operation)
  return result
}

/**
 * A Buffer with the methods that @types/node leaves out. They skip the encoding's name, whose parsing costs more than
 * short names do.
 */
export type NameBuffer = Buffer & {
  latin1Slice(start: number, end: number): string
  latin1Write(text: string, offset: number, length: number): number
}

/** Memory of its own, outside Node's pool, for a call's struct or names. */
export function allocateNames(sizeBytes: number): NameBuffer {
  return Buffer.allocUnsafeSlow(sizeBytes) as NameBuffer
}

/** Bytes a path may take in a call, the NUL included: PATH_MAX of linux/limits.h. */
export const PATH_MAX = 4096

// Names are written into the same two Buffers again and again: a Buffer per name would cost more than most calls.
// The second one is for calls that take two names.
const firstName = allocateNames(PATH_MAX)
const secondName = allocateNames(PATH_MAX)

function writeName(scratch: NameBuffer, name: ByteString): Buffer {
  const { length } = name
  if (length >= PATH_MAX) throw systemError('ENAMETOOLONG', 'path')
  scratch.latin1Write(name, 0, length)
  scratch[length] = 0
  return scratch
}

/** One path component as a C string. Valid until the next call of this function or of pathBytes. */
export function nameBytes(name: ByteString): Buffer {
  checkComponent(name)
  return writeName(firstName, name)
}

/** As nameBytes, for the second name of a call. */
export function secondNameBytes(name: ByteString): Buffer {
  checkComponent(name)
  return writeName(secondName, name)
}

/** Any path or text shorter than PATH_MAX as a C string: `invalid-argument` for a NUL inside, `name-too-long` beyond. */
export function pathBytes(path: ByteString): Buffer {
  checkNoNul(path)
  return writeName(firstName, path)
}

/** As pathBytes, for the second text of a call. */
export function secondPathBytes(path: ByteString): Buffer {
  checkNoNul(path)
  return writeName(secondName, path)
}

/** System call numbers without a wrapper in every C library in use (asm/unistd_64.h, asm-generic/unistd.h). */
interface SyscallNumbers {
  readonly getdents64: number
  readonly mknodat: number
  readonly renameat2: number
  readonly copyFileRange: number
  readonly openat2: number
}

/** The system call numbers of this processor. native/index.ts loads this folder on x86-64 and arm64 only. */
export const syscallNumbers: SyscallNumbers =
  process.arch === 'arm64'
    ? { getdents64: 61, mknodat: 33, renameat2: 276, copyFileRange: 285, openat2: 437 }
    : { getdents64: 217, mknodat: 259, renameat2: 316, copyFileRange: 326, openat2: 437 }

/** Writes a 64-bit little-endian integer, negative ones as two's complement. Refuses what isn't a safe integer. */
export function writeInt64(view: DataView, offset: number, value: number): void {
  if (!Number.isSafeInteger(value))
    throw new ReftarError('invalid-argument', said('{value} is not a whole number below 2^53', { value }))
  const high = Math.floor(value / 0x1_0000_0000)
  view.setUint32(offset, value - high * 0x1_0000_0000, true)
  view.setInt32(offset + 4, high, true)
}

/** Reads an unsigned 64-bit little-endian integer; beyond 2^53 the result is no safe integer and callers must check. */
export function readUint64(view: DataView, offset: number): number {
  return view.getUint32(offset, true) + view.getUint32(offset + 4, true) * 0x1_0000_0000
}

/** Reads a signed 64-bit little-endian integer; beyond ±2^53 it is rounded. */
export function readInt64(view: DataView, offset: number): number {
  return view.getUint32(offset, true) + view.getInt32(offset + 4, true) * 0x1_0000_0000
}

/** A DataView over all of a Buffer. */
export function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}
