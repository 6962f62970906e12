/** What `sharing` found: the verdict in the words of the seed's tool, the sums, the groups, the files. */
import { countOf } from '../../shared/format-size.ts'
import type { SharingCheck, SharingReport } from '../../shared/jobs.ts'
import { inEnglish } from '../../shared/said.ts'
import { isLowerBound, sharingVerdict } from '../../shared/sharing/sharing-report.ts'
import { report as texts } from '../../shared/texts/en/report.ts'
import { tableLines } from './table.ts'

/** Files named per group; the rest is counted. */
const FILES_PER_GROUP = 10

/** Lines for people; `all` names every file of a group and adds a table of the files. */
export function sharingLines(report: SharingReport, all: boolean, size: (bytes: number) => string): string[] {
  const atLeast = isLowerBound(report) ? 'at least; ' : ''
  const rows: [string, string, string][] = [
    ['Size', size(report.logicalBytes), `what ${countOf(report.files, 'file says', 'files say')}`],
    ['On disk', size(report.onDiskBytes), `${atLeast}each block counted once`],
    ['Shared', size(report.sharedBytes), 'used by two or more of these files'],
    [
      'Only here',
      size(report.exclusiveBytes),
      'used by one of these files, and by nobody else as far as the filesystem tells',
    ],
  ]
  if (report.sharedWithOthersBytes > 0) {
    rows.push([
      'And others',
      size(report.sharedWithOthersBytes),
      'used by one of these files, and by others, says the filesystem',
    ])
  }
  rows.push(['Saved', size(report.savedBytes), `${atLeast}by sharing among these files`])
  if (report.holeBytes > 0) rows.push(['Hole', size(report.holeBytes), 'not stored'])
  if (report.inlineBytes > 0) rows.push(['Inline', size(report.inlineBytes), 'kept in the filesystem’s metadata'])
  if (report.encodedBytes > 0) {
    rows.push([
      'Compressed',
      size(report.encodedBytes),
      'by the filesystem: counted before compression, and as a whole',
    ])
  }
  if (report.uncheckedBytes > 0) rows.push(['Unknown', size(report.uncheckedBytes), 'can’t be checked here'])
  return [
    ...tableLines(rows, ['left', 'right', 'left'], '  '),
    ...groupLines(report, all, size),
    ...(all ? fileLines(report, size) : []),
    texts[`report.verdict.${sharingVerdict(report)}`],
  ]
}

/** How much of an extraction still is the archive's blocks. */
export function checkLines(check: SharingCheck, size: (bytes: number) => string): string[] {
  const rows: [string, string, string][] = [['cloned', size(check.withArchiveBytes), 'still the archive’s own blocks']]
  if (check.notSharedBytes > 0)
    rows.push(['copied', size(check.notSharedBytes), 'no longer, or never, the archive’s blocks'])
  if (check.packedBytes > 0) rows.push(['packed', size(check.packedBytes), 'small files and file ends, never shared'])
  if (check.uncheckedBytes > 0) rows.push(['unknown', size(check.uncheckedBytes), 'can’t be checked here'])
  const missing = check.missing === 0 ? '' : `; ${countOf(check.missing, 'file is', 'files are')} missing`
  return [
    `Compared with the archive: ${countOf(check.files, 'file')}${missing}.`,
    ...tableLines(rows, ['left', 'right', 'left'], '  '),
  ]
}

function groupLines(report: SharingReport, all: boolean, size: (bytes: number) => string): string[] {
  if (report.groups.length === 0) return []
  const lines = ['', 'Files that share blocks:']
  for (const group of report.groups) {
    const sharers = group.fileCount === 1 ? 'shared within one file' : `shared by ${countOf(group.fileCount, 'file')}`
    lines.push(`  ${size(group.bytes)} ${sharers}`)
    const named = all ? group.files : group.files.slice(0, FILES_PER_GROUP)
    for (const file of named) lines.push(`    ${file}`)
    if (named.length < group.fileCount) lines.push(`    and ${group.fileCount - named.length} more`)
  }
  if (report.groupsOmitted > 0) lines.push(`  and ${countOf(report.groupsOmitted, 'more group')}`)
  return [...lines, '']
}

function fileLines(report: SharingReport, size: (bytes: number) => string): string[] {
  const rows = report.perFile.map((file) =>
    file.uncheckedReason === undefined
      ? [
          size(file.sizeBytes),
          size(file.onDiskBytes),
          size(file.sharedBytes),
          size(file.exclusiveBytes),
          size(file.sharedWithOthersBytes),
          file.path,
        ]
      : [
          size(file.sizeBytes),
          '?',
          '?',
          '?',
          '?',
          `${file.path} (can’t be checked here: ${inEnglish(file.uncheckedReason)})`,
        ],
  )
  const head = ['Size', 'On disk', 'Shared', 'Only here', 'And others', 'File']
  return [...tableLines([head, ...rows], ['right', 'right', 'right', 'right', 'right', 'left'], '  '), '']
}
