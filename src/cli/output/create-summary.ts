/** What `create` did, in sentences and rows. */
import { countOf, formatDuration } from '../../shared/format-size.ts'
import type { CreateSummary } from '../../shared/jobs.ts'
import { copiedRows, rowOf } from './copied.ts'
import { tableLines } from './table.ts'

/** Lines for people. Every number of the first line is explained by the rows below it. */
export function createSummaryLines(summary: CreateSummary, size: (bytes: number) => string): string[] {
  const place = summary.archivePath ?? 'a pipe'
  const newOnDisk = Math.max(0, summary.archiveBytes - summary.clonedBytes)
  const rows = [
    ...rowOf('cloned', summary.clonedBytes, 'the same blocks on disk, no new space', size),
    ...rowOf('packed', summary.packedBytes, `stored together, compressed to ${size(summary.packedStoredBytes)}`, size),
    ...copiedRows(summary.copied, size),
    ...rowOf('shared', summary.sharedBytes, 'blocks that another of the files has too, stored once', size),
    ...rowOf('duplicate', summary.duplicateBytes, 'equal content, stored once', size),
    ...rowOf('hole', summary.holeBytes, 'not stored by the files', size),
    ...rowOf('zeros', summary.zeroBytes, 'blocks of zeros, stored as nothing', size),
  ]
  const lines = [
    `Archived ${countOf(summary.files, 'file')}, ${size(summary.logicalBytes)}, as ${size(summary.archiveBytes)} in ${place}. ` +
      `${size(summary.clonedBytes)} cloned, ${size(newOnDisk)} new on disk.`,
    ...tableLines(rows, ['left', 'right', 'left'], '  '),
  ]
  if (summary.dataHashes === 'absent') {
    lines.push(`The archive has no content hashes yet; “reftar seal ${place}” adds them.`)
  }
  if (summary.skipped > 0) {
    const verb = summary.skipped === 1 ? 'was' : 'were'
    lines.push(
      `${countOf(summary.skipped, 'entry', 'entries')} that can’t be stored (sockets, the archive itself) ${verb} left out.`,
    )
  }
  if (summary.problems > 0)
    lines.push(`${countOf(summary.problems, 'entry needs', 'entries need')} attention; see above.`)
  lines.push(`Took ${formatDuration(summary.elapsedMilliseconds)}.`)
  return lines
}
