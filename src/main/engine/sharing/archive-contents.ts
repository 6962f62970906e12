/**
 * Who uses which bytes inside an archive: the same map as that of a disk, with the archive's data and its packs in place
 * of filesystems. It says what a folder or a selection would take without duplicates, and who has what in common.
 */
import { type ByteString, baseName, displayName, parentPath } from '../../../shared/byte-string.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { fileRoles, rangeMarks, type SharingMap } from '../../../shared/sharing/sharing-map.ts'
import { Pacer, throwIfCancelled } from '../pacing.ts'
import type { Clock } from '../ports.ts'
import { PACK_SPAN_BYTES } from '../read/archive-use.ts'
import type { ArchiveReader } from '../reader.ts'
import { ExtentTable } from './extent-table.ts'
import { FolderTree } from './folder-tree.ts'
import { mapOf } from './map-of.ts'

const dataSpace = 0

/**
 * Reads all entries once, page by page, and keeps some 60 bytes for each file and 40 for each run of its bytes. Hard
 * links aren't counted again. Throws `cancelled`, and what reading the archive does.
 */
export async function mapArchiveContents(
  clock: Clock,
  reader: ArchiveReader,
  limitGroups: number,
  job: JobContext,
): Promise<SharingMap> {
  throwIfCancelled(job.signal)
  const extents = new ExtentTable()
  const tree = new FolderTree()
  const names: string[] = []
  const folders: number[] = []
  const sizes: number[] = []
  const holes: number[] = []
  const firstExtents: number[] = []
  let current: ByteString | undefined
  let bytesDone = 0
  const pacer = new Pacer(clock, job, () => ({
    phase: 'analyse',
    bytesDone,
    bytesTotal: reader.info.complete ? reader.info.totals.logicalBytes : undefined,
    filesDone: names.length,
    filesTotal: reader.info.complete ? reader.info.totals.files : undefined,
    current: current === undefined ? undefined : displayName(current),
  }))
  for (const { kind, path, sizeBytes, segments } of reader.entries()) {
    if (pacer.isDue) await pacer.pause()
    if (kind !== 'file') continue
    current = path
    bytesDone += sizeBytes
    const file = names.length
    names.push(displayName(baseName(path)))
    folders.push(tree.numberOf(parentPath(path)))
    sizes.push(sizeBytes)
    firstExtents.push(extents.length)
    let offset = 0
    let holeBytes = 0
    for (const segment of segments) {
      const { lengthBytes } = segment
      if (segment.kind === 'data') extents.add(file, offset, lengthBytes, segment.archiveOffset, 0, rangeMarks.none)
      else if (segment.kind === 'pack') {
        // Packs lie beyond all data: a file of the archive's size reaches no further than 2^53.
        const address = packBase(reader) + segment.pack * PACK_SPAN_BYTES + segment.packOffset
        extents.add(file, offset, lengthBytes, address, 0, rangeMarks.packed)
      } else holeBytes += lengthBytes
      offset += lengthBytes
    }
    holes.push(holeBytes)
  }
  pacer.finish()
  const zeros = new Array<number>(names.length).fill(0)
  return mapOf(
    {
      extents,
      tree,
      names,
      folders,
      furtherFolders: new Map(),
      missingNames: new Map(),
      roles: zeros.map(() => fileRoles.indexOf('other')),
      filesystemOf: zeros.map(() => dataSpace),
      sizes,
      firstExtents,
      holes,
      inline: zeros,
      unchecked: zeros,
      reasonOf: zeros.map(() => -1),
      reasons: [],
      filesystems: [{ type: 'archive', blockSizeBytes: reader.info.blockSizeBytes, canShare: true }],
    },
    limitGroups,
    true,
  )
}

function packBase({ info }: ArchiveReader): number {
  return Math.ceil((info.fileSizeBytes + 1) / PACK_SPAN_BYTES) * PACK_SPAN_BYTES
}
