/** Which bytes of an archive hold packs and its own books, and which bytes of extracted files could have been cloned. */
import type { ByteString } from '../../../shared/byte-string.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { rangeMarks } from '../../../shared/sharing/sharing-map.ts'
import { planContent } from '../extract/content-plan.ts'
import { NumberList } from '../number-list.ts'
import { Pacer } from '../pacing.ts'
import type { Ports } from '../ports.ts'
import type { ArchiveReader } from '../reader.ts'
import { canShare, filesystemKey } from './filesystem-key.ts'
import type { MarkedRange, MarksOf } from './marks.ts'
import { orderByKey } from './radix-order.ts'

/** Everything of the archive file that no entry uses as raw data is packs and books. Reads all entries once. */
export async function archiveMarks(ports: Ports, reader: ArchiveReader, job: JobContext): Promise<MarkedRange[]> {
  const starts = new NumberList()
  const ends = new NumberList()
  let entries = 0
  const pacer = new Pacer(ports.clock, job, () => ({
    phase: 'analyse',
    bytesDone: 0,
    bytesTotal: undefined,
    filesDone: entries,
    filesTotal: undefined,
    current: undefined,
  }))
  for (const { segments } of reader.entries()) {
    entries++
    for (const segment of segments) {
      if (segment.kind !== 'data') continue
      starts.push(segment.archiveOffset)
      ends.push(segment.archiveOffset + segment.lengthBytes)
    }
    if (pacer.isDue) await pacer.pause()
  }
  return gapsOf(starts, ends, reader.info.fileSizeBytes)
}

function gapsOf(starts: NumberList, ends: NumberList, sizeBytes: number): MarkedRange[] {
  const keys = Float64Array.from({ length: starts.length }, (_, index) => starts.at(index))
  const order = orderByKey(Uint32Array.from(keys.keys()), keys)
  const gaps: MarkedRange[] = []
  let covered = 0
  for (const index of order) {
    const start = starts.at(index)
    if (start > covered) gaps.push({ offset: covered, lengthBytes: start - covered, mark: rangeMarks.packed })
    covered = Math.max(covered, ends.at(index))
  }
  // What is reserved beyond the end is nothing else.
  gaps.push({ offset: covered, lengthBytes: Math.max(sizeBytes, covered + 1) * 2 - covered, mark: rangeMarks.packed })
  return gaps
}

/**
 * What is known of extracted files: bytes from packs, and bytes of blocks that the archive holds and that could be shared
 * with it. Nothing of a file that isn't as it was extracted. `entryPathOf` says which entry a file on disk was.
 */
export function extractedMarks(
  ports: Ports,
  reader: ArchiveReader,
  entryPathOf: (path: ByteString) => ByteString | undefined,
): MarksOf {
  const archiveKey = filesystemKey(ports.files.filesystemInfo(reader.handle))
  return (path, { sizeBytes, modifyTime }, filesystem) => {
    const entryPath = entryPathOf(path)
    const entry = entryPath === undefined ? undefined : reader.find(entryPath)
    if (entry?.kind !== 'file' || entry.sizeBytes !== sizeBytes) return []
    const { seconds, nanoseconds } = entry.modifyTime
    if (seconds !== modifyTime.seconds || nanoseconds !== modifyTime.nanoseconds) return []
    const couldShare = canShare(filesystem) && filesystemKey(filesystem) === archiveKey
    const { blockSizeBytes } = filesystem
    return [...planContent(entry.segments, blockSizeBytes)].flatMap(({ kind, fileOffset, lengthBytes }) => {
      if (kind === 'hole' || kind === 'zero' || (kind === 'clone' && !couldShare)) return []
      const end = fileOffset + lengthBytes
      // The file's last block is its own to the end.
      const wholeEnd = end === sizeBytes ? Math.ceil(end / blockSizeBytes) * blockSizeBytes : end
      const mark = kind === 'clone' ? rangeMarks.copied : rangeMarks.packed
      return [{ offset: fileOffset, lengthBytes: wholeEnd - fileOffset, mark }]
    })
  }
}
