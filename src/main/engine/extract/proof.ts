/** After extraction: are the ranges that were cloned really the same blocks? The kernel's maps of both sides are compared. */
import { baseName, parentPath } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import type { SharingProof } from '../../../shared/jobs.ts'
import type { Handle, PhysicalExtent } from '../ports.ts'
import type { Directories } from './directories.ts'
import type { Extraction } from './extraction.ts'
import { compareRanges, hasPending } from './proof-compare.ts'
import { type CloneRecords, fromArchive } from './proof-records.ts'

/** Extracted files kept open: a file and the one it was cloned from. */
interface OpenFile {
  readonly ordinal: number
  readonly handle: Handle | undefined
}

/** Compares every remembered clone. What can't be looked at any more, or isn't because the job was cancelled, is unchecked. */
export async function proveSharing(
  x: Extraction,
  directories: Directories,
  records: CloneRecords,
): Promise<SharingProof> {
  const proof = { withArchiveBytes: 0, amongFilesBytes: 0, uncheckedBytes: records.unrecordedBytes, disprovedBytes: 0 }
  const files: [OpenFile | undefined, OpenFile | undefined] = [undefined, undefined]
  const fileOf = (side: 0 | 1, ordinal: number): Handle | undefined => {
    const open = files[side]
    if (open?.ordinal === ordinal) return open.handle
    if (open?.handle !== undefined) x.ports.files.close(open.handle)
    files[side] = undefined
    const handle = openExtracted(x, directories, ordinal)
    files[side] = { ordinal, handle }
    return handle
  }
  try {
    for (let index = 0; index < records.length; index++) {
      const record = records.at(index)
      // The file failed after the clone and isn't there.
      if (!x.outcome.isExtracted(record.ordinal)) continue
      if (x.job.signal.aborted) {
        proof.uncheckedBytes += record.lengthBytes
        continue
      }
      const file = fileOf(0, record.ordinal)
      const source = record.source === fromArchive ? x.reader.handle : fileOf(1, record.source)
      const a = extentsOf(x, file, record.fileOffset, record.lengthBytes)
      const b = extentsOf(x, source, record.sourceOffset, record.lengthBytes)
      const { sharedBytes, uncheckedBytes, elsewhereBytes } = compareRanges(
        a,
        record.fileOffset,
        b,
        record.sourceOffset,
        record.lengthBytes,
      )
      if (record.source === fromArchive) proof.withArchiveBytes += sharedBytes
      else proof.amongFilesBytes += sharedBytes
      proof.uncheckedBytes += uncheckedBytes
      proof.disprovedBytes += elsewhereBytes
      if (x.pacer.isDue) await pauseUnlessCancelled(x)
    }
  } finally {
    for (const open of files) if (open?.handle !== undefined) x.ports.files.close(open.handle)
  }
  return proof
}

/** Everything is extracted by now, so that cancelling only ends the checking. */
async function pauseUnlessCancelled(x: Extraction): Promise<void> {
  try {
    await x.pacer.pause()
  } catch (error) {
    if (!x.job.signal.aborted) throw error
  }
}

function openExtracted(x: Extraction, directories: Directories, ordinal: number): Handle | undefined {
  const path = x.outcome.placeOf(x, ordinal)
  if (path === undefined) return undefined
  try {
    return x.ports.files.openFile(directories.open(parentPath(path)).handle, baseName(path))
  } catch (error) {
    // Taken away or closed to us since: then it can't be checked.
    if (error instanceof ReftarError) return undefined
    throw error
  }
}

/** Cloned blocks are on disk already, so that nothing is flushed unless the map says that something is still to come. */
function extentsOf(
  x: Extraction,
  handle: Handle | undefined,
  offset: number,
  length: number,
): PhysicalExtent[] | undefined {
  if (handle === undefined) return undefined
  const { extentMap } = x.ports
  try {
    const extents = extentMap.extents(handle, offset, length, false)
    return hasPending(extents) ? extentMap.extents(handle, offset, length, true) : extents
  } catch (error) {
    if (error instanceof ReftarError) return undefined
    throw error
  }
}
