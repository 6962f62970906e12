/** Reads a part of a file through an archive's reader, wherever its pieces are. */
import { ReftarError } from '../../../shared/errors.ts'
import type { Entry } from '../entry.ts'
import type { ArchiveReader } from '../reader.ts'

/** Whether the segments cover the file: they don't where the archive lacks a part of it. */
function isCovered(entry: Entry): boolean {
  let left = entry.sizeBytes
  for (const { lengthBytes } of entry.segments) left -= lengthBytes
  return left === 0
}

/** Throws `damaged` for a file whose content isn't all there. */
export function requireCovered(entry: Entry): void {
  if (!isCovered(entry)) throw new ReftarError('damaged', 'its content isn’t complete in the archive')
}

/** Fills `target` with the file's bytes from `start` on; `damaged` where a hash is wrong. */
export async function readBytes(reader: ArchiveReader, entry: Entry, start: number, target: Uint8Array): Promise<void> {
  const end = start + target.length
  let segmentStart = 0
  for (const segment of entry.segments) {
    const from = Math.max(start, segmentStart)
    const to = Math.min(end, segmentStart + segment.lengthBytes)
    if (from < to) {
      const part = target.subarray(from - start, to - start)
      const skipped = from - segmentStart
      if (segment.kind === 'data') reader.readData(segment.archiveOffset + skipped, part.length, part)
      else if (segment.kind === 'pack') {
        const pack = await reader.loadPack(segment.pack)
        const at = segment.packOffset + skipped
        if (at + part.length > pack.length) throw new ReftarError('damaged', 'its content passes the end of its pack')
        part.set(pack.subarray(at, at + part.length))
      } else part.fill(0)
    }
    segmentStart += segment.lengthBytes
    if (segmentStart >= end) return
  }
}
