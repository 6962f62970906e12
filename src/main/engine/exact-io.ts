/** read(2) and write(2) may do less than asked; the engine wants all or an error. close(2) may fail and has closed. */
import { ReftarError } from '../../shared/errors.ts'
import type { FileSystem, Handle } from './ports.ts'

/** Reads until `length` bytes are there or the file ends; returns how many were read. */
export function readUpTo(
  files: Pick<FileSystem, 'read'>,
  handle: Handle,
  buffer: Uint8Array,
  bufferOffset: number,
  length: number,
  position: number | null,
): number {
  let done = 0
  while (done < length) {
    const count = files.read(
      handle,
      buffer,
      bufferOffset + done,
      length - done,
      position === null ? null : position + done,
    )
    if (count === 0) break
    done += count
  }
  return done
}

/** Writes all of it, or throws. */
export function writeAll(
  files: FileSystem,
  handle: Handle,
  buffer: Uint8Array,
  bufferOffset: number,
  length: number,
  position: number | null,
): void {
  let done = 0
  while (done < length) {
    const count = files.write(
      handle,
      buffer,
      bufferOffset + done,
      length - done,
      position === null ? null : position + done,
    )
    if (count === 0) throw new ReftarError('io-error', 'The system wrote nothing without saying why')
    done += count
  }
}

/** Closes what needs no answer any more: read from, synced, or given up. */
export function closeQuietly(files: Pick<FileSystem, 'close'>, handle: Handle): void {
  try {
    files.close(handle)
  } catch {
    // The handle is gone all the same, and there was nothing left to write.
  }
}
