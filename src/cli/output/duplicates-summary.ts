/** What `duplicates` found: the sums, the groups, and the potential in one line. */
import { countOf } from '../../shared/format-size.ts'
import type { DuplicateGroup, DuplicatesReport } from '../../shared/jobs.ts'
import { tableLines } from './table.ts'

/** Files named per group; the rest is counted. */
const FILES_PER_GROUP = 10

/** Lines for people; `all` names every file of a group. */
export function duplicatesLines(report: DuplicatesReport, all: boolean, size: (bytes: number) => string): string[] {
  const rows: [string, string, string][] = [
    ['Size', size(report.logicalBytes), `what ${countOf(report.files, 'file says', 'files say')}`],
    ['Data', size(report.dataBytes), `in blocks of ${report.blockSizeBytes} bytes, without holes and zeros`],
    ['Distinct', size(report.distinctBytes), 'each content counted once'],
    [
      'Repeated',
      size(report.savedBytes),
      `${countOf(report.repeatedBlocks, 'block occurs', 'blocks occur')} more than once`,
    ],
  ]
  if (report.holeBytes > 0) rows.push(['Hole', size(report.holeBytes), 'not stored'])
  if (report.zeroBytes > 0) rows.push(['Zeros', size(report.zeroBytes), 'need no storing'])
  return [
    ...tableLines(rows, ['left', 'right', 'left'], '  '),
    ...groupLines(report, all, size),
    ...(report.sampledOneIn > 1
      ? [
          `More than fits in memory: one content in ${report.sampledOneIn} was looked at, and the figures are estimates.`,
        ]
      : []),
    potential(report, size),
  ]
}

function potential(report: DuplicatesReport, size: (bytes: number) => string): string {
  if (report.savedBytes === 0) return '✗ No blocks of equal content found'
  const percent = ((report.savedBytes / Math.max(1, report.dataBytes)) * 100).toFixed(1)
  return `✓ Deduplication potential: ${size(report.savedBytes)} of ${size(report.dataBytes)} (${percent} %)`
}

function groupLines(report: DuplicatesReport, all: boolean, size: (bytes: number) => string): string[] {
  if (report.groups.length === 0) return []
  const lines = ['', 'Files with equal blocks:']
  for (const group of report.groups) {
    const owners = group.fileCount === 1 ? 'repeated within one file' : `in ${countOf(group.fileCount, 'file')}`
    lines.push(`  ${size(group.savedBytes)} to save: ${size(group.bytes)} ${owners}`, ...fileLines(group, all))
  }
  if (report.groupsOmitted > 0) lines.push(`  and ${countOf(report.groupsOmitted, 'more group')}`)
  if (!report.groupsComplete) lines.push('  Not all groups fit in memory; the sums above are of everything.')
  return [...lines, '']
}

function fileLines(group: DuplicateGroup, all: boolean): string[] {
  const named = all ? group.files : group.files.slice(0, FILES_PER_GROUP)
  const rest = group.fileCount - named.length
  return [...named.map((file) => `    ${file}`), ...(rest > 0 ? [`    and ${rest} more`] : [])]
}
