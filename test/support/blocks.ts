/** Makes files share blocks, with the system's own tools. */
import { randomBytes } from 'node:crypto'
import { closeSync, openSync, readSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { runTool } from './system.ts'

export const KIB = 1 << 10
export const MIB = 1 << 20

/** `cp --reflink=always`. */
export function cloneFile(from: string, to: string): void {
  runTool('cp', ['--reflink=always', from, to])
}

/** Makes a range of a file the same blocks as a range of another, or of itself. */
export function cloneRange(from: string, fromOffset: number, to: string, toOffset: number, lengthBytes: number): void {
  runTool('xfs_io', ['-c', `reflink ${from} ${fromOffset} ${toOffset} ${lengthBytes}`, to])
}

/** Writes into an existing file. */
export function overwrite(path: string, offset: number, bytes: Uint8Array): void {
  const fd = openSync(path, 'r+')
  try {
    writeSync(fd, bytes, 0, bytes.length, offset)
  } finally {
    closeSync(fd)
  }
}

/** Turns every bit of a range over, so that each of its bytes differs from what it was. */
export function invert(path: string, offset: number, lengthBytes: number): void {
  const inverted = readRange(path, offset, lengthBytes).map((byte) => ~byte)
  overwrite(path, offset, inverted)
}

/** Writes random bytes at each offset. */
export function overwriteRandomly(path: string, offsets: readonly number[], lengthBytes: number): void {
  for (const offset of offsets) overwrite(path, offset, randomBytes(lengthBytes))
}

/** Writes random bytes until the file's times show it: a filesystem's clock ticks every few milliseconds. */
export function changeVisibly(path: string, offset: number, lengthBytes: number): void {
  const changedAt = () => statSync(path, { bigint: true }).ctimeNs
  const before = changedAt()
  do overwriteRandomly(path, [offset], lengthBytes)
  while (changedAt() === before)
}

/** A file of holes, but for random bytes at some places. */
export function makeSparse(
  path: string,
  sizeBytes: number,
  islands: readonly (readonly [offset: number, lengthBytes: number])[],
): void {
  writeFileSync(path, '')
  truncateSync(path, sizeBytes)
  for (const [offset, lengthBytes] of islands) overwrite(path, offset, randomBytes(lengthBytes))
}

/** Bytes of a file. */
export function readRange(path: string, offset: number, lengthBytes: number): Buffer {
  const bytes = Buffer.alloc(lengthBytes)
  const fd = openSync(path, 'r')
  try {
    return bytes.subarray(0, readSync(fd, bytes, 0, lengthBytes, offset))
  } finally {
    closeSync(fd)
  }
}
