/** Where a file has data and where holes. */
import type { FileSystem, Handle, NodeStatus } from '../ports.ts'

const PAGE_BYTES = 4096

export interface FileRange {
  readonly start: number
  readonly end: number
  readonly isHole: boolean
}

/**
 * Whether it shows without asking that a file has no hole: every page of 4 KiB takes its space and no more, or there is
 * one page, and it takes space.
 */
export function isWithoutHoles({ sizeBytes, allocatedBytes }: NodeStatus): boolean {
  if (sizeBytes <= PAGE_BYTES) return allocatedBytes > 0
  return allocatedBytes === Math.ceil(sizeBytes / PAGE_BYTES) * PAGE_BYTES
}

/** Data and holes of a file in turn, covering [0, sizeBytes). Found by SEEK_DATA and SEEK_HOLE, so it takes as long as there are islands. */
export function* dataRanges(files: FileSystem, handle: Handle, status: NodeStatus): Generator<FileRange> {
  const { sizeBytes } = status
  if (isWithoutHoles(status) || files.seekHole(handle, 0) >= sizeBytes) {
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
