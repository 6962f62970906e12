/** Where a file has data and where holes. */
import type { FileSystem, Handle } from '../ports.ts'

export interface FileRange {
  readonly start: number
  readonly end: number
  readonly isHole: boolean
}

/** Data and holes of a file in turn, covering [0, sizeBytes). Found by SEEK_DATA and SEEK_HOLE, so it takes as long as there are islands. */
export function* dataRanges(files: FileSystem, handle: Handle, sizeBytes: number): Generator<FileRange> {
  // Most files have no hole: one call tells.
  if (files.seekHole(handle, 0) >= sizeBytes) {
    yield { start: 0, end: sizeBytes, isHole: false }
    return
  }
  let at = 0
  while (at < sizeBytes) {
    const found = files.seekData(handle, at)
    const data = found < 0 ? sizeBytes : Math.min(found, sizeBytes)
    if (data > at) yield { start: at, end: data, isHole: true }
    if (data >= sizeBytes) return
    const hole = Math.min(files.seekHole(handle, data), sizeBytes)
    yield { start: data, end: hole, isHole: false }
    at = hole
  }
}
