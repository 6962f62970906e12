/** What `convert` did. */
import { countOf, formatDuration } from '../../shared/format-size.ts'
import type { ConvertSummary } from '../../shared/jobs.ts'
import { copiedRows, rowOf } from './copied.ts'
import { tableLines } from './table.ts'

/** Lines for people. */
export function convertSummaryLines(summary: ConvertSummary, size: (bytes: number) => string): string[] {
  const newOnDisk = Math.max(0, summary.archiveBytes - summary.clonedBytes)
  const small = summary.format === 1 ? 'small files, in their headers' : 'small files and file ends, compressed'
  const rows = [
    ...rowOf('cloned', summary.clonedBytes, 'the same blocks on disk, no new space', size),
    ...rowOf('packed', summary.packedBytes, small, size),
    ...copiedRows(summary.copied, size),
  ]
  const lines = [
    `Converted ${countOf(summary.files, 'file')}, ${size(summary.logicalBytes)}, to format ${summary.format} as ` +
      `${size(summary.archiveBytes)} in ${summary.archivePath}. ` +
      `${size(summary.clonedBytes)} cloned, ${size(newOnDisk)} new on disk.`,
    ...tableLines(rows, ['left', 'right', 'left'], '  '),
  ]
  if (summary.problems > 0) {
    lines.push(`${countOf(summary.problems, 'entry needs', 'entries need')} attention; see above.`)
  }
  lines.push(`Took ${formatDuration(summary.elapsedMilliseconds)}.`)
  return lines
}
