/** The facts of a sharing map as a document: sums, groups with their files, and on demand every file. */
import type { SharingReport } from '../jobs.ts'
import { pathOfFile, type SharingMap } from './sharing-map.ts'

/** What a map says; `perFile`: with a line for each file. */
export function sharingReport(
  map: SharingMap,
  perFile: boolean,
  problems: number,
  elapsedMilliseconds: number,
): SharingReport {
  const { totals, files } = map
  return {
    files: totals.files,
    logicalBytes: totals.logicalBytes,
    onDiskBytes: totals.onDiskBytes,
    exclusiveBytes: totals.onlyHereBytes,
    sharedWithOthersBytes: totals.sharedWithOthersBytes,
    sharedBytes: totals.sharedBytes,
    savedBytes: totals.savedBytes,
    holeBytes: totals.holeBytes,
    inlineBytes: totals.inlineBytes,
    encodedBytes: totals.encodedBytes,
    uncheckedBytes: totals.uncheckedBytes,
    groups: map.groups.map((group) => ({
      files: Array.from(group.files, (file) => pathOfFile(map, file)).sort(),
      fileCount: group.fileCount,
      bytes: group.bytes,
    })),
    groupsOmitted: map.groupsOmitted,
    perFile: perFile
      ? files.names.map((_, file) => ({
          path: pathOfFile(map, file),
          sizeBytes: files.sizeBytes[file] ?? 0,
          onDiskBytes: files.onDiskBytes[file] ?? 0,
          exclusiveBytes: files.onlyHereBytes[file] ?? 0,
          sharedBytes: files.sharedBytes[file] ?? 0,
          sharedWithOthersBytes: files.sharedWithOthersBytes[file] ?? 0,
          uncheckedReason: map.reasons[files.reasons[file] ?? -1],
        }))
      : [],
    problems,
    elapsedMilliseconds,
  }
}

/** Whether more may be on disk, and saved, than was found: some of it couldn't be checked or looked at. */
export function isLowerBound({
  uncheckedBytes,
  problems,
}: Pick<SharingReport, 'uncheckedBytes' | 'problems'>): boolean {
  return uncheckedBytes > 0 || problems > 0
}

/** What a report comes to, in one word. */
export type SharingVerdict = 'shared' | 'shared-with-others' | 'not-shared' | 'unchecked'

/** “Not shared” is only said when the filesystem could tell about everything. */
export function sharingVerdict(report: SharingReport): SharingVerdict {
  if (report.sharedBytes > 0 || report.savedBytes > 0) return 'shared'
  if (report.sharedWithOthersBytes > 0) return 'shared-with-others'
  return report.uncheckedBytes > 0 ? 'unchecked' : 'not-shared'
}
