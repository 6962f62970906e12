/** Compares where a file has data and where holes (SEEK_DATA) with what the archive says. */
import type { Segments } from '../entry.ts'
import type { FileSystem, Handle } from '../ports.ts'

export interface HoleDifferences {
  /** Bytes on disk that the archive has as holes. */
  readonly filledBytes: number
  /** Bytes in holes here that the archive has as stored. */
  readonly missingBytes: number
}

interface Range {
  readonly start: number
  readonly end: number
}

/**
 * Counts only whole blocks of the filesystem, since it can't have a hole in a part of one. `exact` asks for stored zeros
 * and data to be stored, too; else a hole in their place is no difference.
 */
export function compareHoles(
  files: Pick<FileSystem, 'seekData' | 'seekHole'>,
  handle: Handle,
  segments: Segments,
  blockSizeBytes: number,
  exact: boolean,
): HoleDifferences {
  let filledBytes = 0
  let missingBytes = 0
  let sizeBytes = 0
  for (const { lengthBytes } of segments) sizeBytes += lengthBytes
  for (const { isHole, range } of runs(segments)) {
    const start = Math.ceil(range.start / blockSizeBytes) * blockSizeBytes
    const end = range.end === sizeBytes ? sizeBytes : Math.floor(range.end / blockSizeBytes) * blockSizeBytes
    if (start >= end || (!isHole && !exact)) continue
    const stored = storedBytes(files, handle, { start, end })
    if (isHole) filledBytes += stored
    else missingBytes += end - start - stored
  }
  return { filledBytes, missingBytes }
}

/** Neighbouring segments that are all holes, or all none. */
function* runs(segments: Segments): Generator<{ readonly isHole: boolean; readonly range: Range }> {
  let start = 0
  let end = 0
  let isHole = false
  for (const { kind, lengthBytes } of segments) {
    if ((kind === 'hole') !== isHole && end > start) {
      yield { isHole, range: { start, end } }
      start = end
    }
    isHole = kind === 'hole'
    end += lengthBytes
  }
  if (end > start) yield { isHole, range: { start, end } }
}

function storedBytes(files: Pick<FileSystem, 'seekData' | 'seekHole'>, handle: Handle, range: Range): number {
  let sum = 0
  for (let at = range.start; at < range.end; ) {
    const data = files.seekData(handle, at)
    if (data < 0 || data >= range.end) break
    const end = Math.min(files.seekHole(handle, data), range.end)
    if (end <= data) break
    sum += end - data
    at = end
  }
  return sum
}
