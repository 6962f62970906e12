/** After extraction: are the ranges that were cloned really the same blocks? The kernel's maps of both sides are compared. */
import { baseName, parentPath } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import type { SharingProof } from '../../../shared/jobs.ts'
import { closeQuietly } from '../exact-io.ts'
import type { Handle } from '../ports.ts'
import type { Directories } from './directories.ts'
import type { Extraction } from './extraction.ts'
import { compareRanges } from './proof-compare.ts'
import { type CloneRecord, type CloneRecords, fromArchive } from './proof-records.ts'
import { mapRanges } from './range-map.ts'

/** Clones of one file looked at together. */
const mostAtOnce = 4096

type Counts = { -readonly [Name in keyof SharingProof]: number }

const nothing: SharingProof = { withArchiveBytes: 0, amongFilesBytes: 0, uncheckedBytes: 0, disprovedBytes: 0 }

/** Compares every remembered clone. What can't be looked at any more, or isn't because the job was cancelled, is unchecked. */
export async function proveSharing(
  x: Extraction,
  directories: Directories,
  records: CloneRecords,
): Promise<SharingProof> {
  const counts: Counts = { ...nothing, uncheckedBytes: records.unrecordedBytes }
  let ofFile: Counts = { ...nothing }
  let ordinal = -1
  const endFile = (): void => {
    if (ordinal >= 0) x.verdicts.proven(x, ordinal, ofFile)
    for (const name of Object.keys(nothing) as (keyof Counts)[]) counts[name] += ofFile[name]
    ofFile = { ...nothing }
  }
  for (const group of recordGroups(records)) {
    const [first] = group
    // A file that failed after its clones isn't there.
    if (first === undefined || !x.outcome.isExtracted(first.ordinal)) continue
    if (first.ordinal !== ordinal) endFile()
    ordinal = first.ordinal
    if (x.job.signal.aborted) for (const { lengthBytes } of group) ofFile.uncheckedBytes += lengthBytes
    else compareGroup(x, directories, group, ofFile)
    if (x.pacer.isDue) await pauseUnlessCancelled(x)
  }
  endFile()
  x.verdicts.end(x)
  return counts
}

/** Runs of records with the same file and the same source. */
function* recordGroups(records: CloneRecords): Generator<CloneRecord[]> {
  let group: CloneRecord[] = []
  for (let index = 0; index < records.length; index++) {
    const record = records.at(index)
    const [first] = group
    const belongs = first?.ordinal === record.ordinal && first.source === record.source && group.length < mostAtOnce
    if (!belongs && first !== undefined) {
      yield group
      group = []
    }
    group.push(record)
  }
  if (group.length > 0) yield group
}

function compareGroup(x: Extraction, directories: Directories, group: readonly CloneRecord[], counts: Counts): void {
  const [first] = group
  if (first === undefined) return
  const { extentMap, files } = x.ports
  const isFromArchive = first.source === fromArchive
  const file = openExtracted(x, directories, first.ordinal)
  const source = isFromArchive ? x.reader.handle : openExtracted(x, directories, first.source)
  try {
    const fileMap = mapRanges(
      extentMap,
      file,
      group.map(({ fileOffset, lengthBytes }) => ({ offset: fileOffset, lengthBytes })),
    )
    const sourceMap = mapRanges(
      extentMap,
      source,
      group.map(({ sourceOffset, lengthBytes }) => ({ offset: sourceOffset, lengthBytes })),
    )
    for (const { fileOffset, sourceOffset, lengthBytes } of group) {
      const compared = compareRanges(fileMap, fileOffset, sourceMap, sourceOffset, lengthBytes)
      if (isFromArchive) counts.withArchiveBytes += compared.sharedBytes
      else counts.amongFilesBytes += compared.sharedBytes
      counts.uncheckedBytes += compared.uncheckedBytes
      counts.disprovedBytes += compared.elsewhereBytes
    }
  } finally {
    if (file !== undefined) closeQuietly(files, file)
    if (source !== undefined && !isFromArchive) closeQuietly(files, source)
  }
}

/** Everything is extracted by now, so that cancelling only ends the checking. */
async function pauseUnlessCancelled(x: Extraction): Promise<void> {
  try {
    await x.pacer.pause()
  } catch (error) {
    if (!x.job.signal.aborted) throw error
  }
}

/** Undefined when it has been taken away or closed to us since: then it can't be checked. */
function openExtracted(x: Extraction, directories: Directories, ordinal: number): Handle | undefined {
  const path = x.outcome.placeOf(x, ordinal)
  if (path === undefined) return undefined
  try {
    return x.ports.files.openFile(directories.open(parentPath(path)).handle, baseName(path))
  } catch (error) {
    if (error instanceof ReftarError) return undefined
    throw error
  }
}
