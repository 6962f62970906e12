/** What a folder holds: getdents64(2), names as bytes. */
import type { DirectoryItem, Handle } from '../../src/main/engine/ports.ts'
import type { ByteString } from '../../src/shared/byte-string.ts'
import { kindOfDirent } from '../node-kind.ts'
import { rewind } from './io.ts'
import { allocateNames, bind, interrupted, lastError, type NameBuffer, syscallNumbers } from './libc.ts'

/*
 * linux/dirent.h:
 *   struct linux_dirent64 { u64 d_ino; s64 d_off; unsigned short d_reclen; unsigned char d_type; char d_name[]; };
 * The name ends with a NUL; the record is padded to a multiple of 8.
 */
const D_RECLEN = 16
const D_TYPE = 18
const D_NAME = 19
const RECORD_ALIGNMENT = 8

const getdentsCall = bind<(call: number, descriptor: number, buffer: Buffer, size: number) => number>(
  'int64_t syscall(int64_t call, int fd, void *buffer, size_t size)',
)
// Holds about 2,000 names; a larger one makes no fewer calls on the filesystems measured.
const direntBuffer = allocateNames(65_536)

/** Appends the records in the first `length` bytes to `items`, leaving out `.` and `..`. */
export function decodeDirents(buffer: NameBuffer, length: number, items: DirectoryItem[]): void {
  let offset = 0
  while (offset + D_NAME <= length) {
    const recordLength = buffer.readUInt16LE(offset + D_RECLEN)
    const next = offset + recordLength
    if (recordLength < D_NAME || next > length) break
    // The NUL is among the padding, so the search starts in the record's last eight bytes.
    let end = offset + Math.max(D_NAME, recordLength - RECORD_ALIGNMENT)
    while (end < next && buffer[end] !== 0) end++
    const name = buffer.latin1Slice(offset + D_NAME, end) as ByteString
    if (name !== '.' && name !== '..') items.push({ name, kind: kindOfDirent(buffer[offset + D_TYPE] ?? 0) })
    offset = next
  }
}

/** All names in a folder, from its beginning, in the filesystem's order. `not-a-directory` for anything else. */
export function readDirectory(directory: Handle): DirectoryItem[] {
  rewind(directory)
  const items: DirectoryItem[] = []
  for (;;) {
    const length = getdentsCall(syscallNumbers.getdents64, directory, direntBuffer, direntBuffer.length)
    if (length > 0) decodeDirents(direntBuffer, length, items)
    else if (length === 0) return items
    else if (!interrupted()) throw lastError('getdents64')
  }
}
