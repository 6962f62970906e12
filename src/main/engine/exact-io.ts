/** read(2) and write(2) may do less than asked; the engine wants all or an error. */
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
