/** What `info`, `verify` and `seal` say. */
import type { ArchiveInfo, VerifyReport } from '../../shared/archive-info.ts'
import { countOf, formatCount, formatDuration, formatRatio } from '../../shared/format-size.ts'
import type { SealSummary } from '../../shared/jobs.ts'
import { tableLines } from './table.ts'
import { formatTime } from './time.ts'

const hashTexts = {
  complete: 'complete: every byte is covered by BLAKE3',
  absent: 'absent: made with --instant; “reftar seal” adds them',
  weak: 'weak: CRC-32, good against accidents only',
} as const

/** Of an archive without its end, where nobody knows what else there was. */
const recoveredHashTexts = {
  complete: 'BLAKE3 for what could be recovered',
  absent: 'none that could be recovered',
  weak: hashTexts.weak,
} as const

/** Bytes that are left without holes and zeros, and of those without what is stored once for several files. */
export function reducedBytes(info: ArchiveInfo): { withoutHoles: number; withoutDuplicates: number; stored: number } {
  const { totals } = info
  const withoutHoles = totals.logicalBytes - totals.holeBytes - totals.zeroBytes
  return {
    withoutHoles,
    withoutDuplicates: withoutHoles - totals.sharedBytes - totals.duplicateBytes,
    stored: totals.dataBytes + totals.packStoredBytes,
  }
}

/** Everything an archive says about itself, for people. `name` is how the user called it. */
export function infoLines(name: string, info: ArchiveInfo, size: (bytes: number) => string): string[] {
  const { totals } = info
  const { withoutHoles, withoutDuplicates, stored } = reducedBytes(info)
  const created = info.createdAt === undefined ? undefined : formatTime(info.createdAt)
  const facts: [string, string][] = [
    ['Format', `reftar ${info.format}, blocks of ${formatCount(info.blockSizeBytes)} bytes`],
    ['Id', info.archiveId ?? 'none'],
    [
      'Created',
      [created ?? 'unknown', info.creator === undefined ? '' : `by ${info.creator}`].filter(Boolean).join(' '),
    ],
    ['From', info.sources.map((source) => `${source.type} ${source.id}`.trim()).join(', ') || 'unknown'],
    ['Complete', info.complete ? 'yes' : 'no: only what could be recovered is listed'],
    ['Hashes', (info.complete ? hashTexts : recoveredHashTexts)[info.dataHashes]],
    ['Root hash', info.rootHash ?? (info.complete ? 'none' : 'none: it stood at the end, which is missing')],
    ['Entries', `${formatCount(totals.entries)}: ${entryKinds(info)}`],
  ]
  const ratio = formatRatio(withoutHoles, withoutDuplicates)
  const sizes: [string, string, string][] = [
    ['The files say', size(totals.logicalBytes), ''],
    ['without holes', size(withoutHoles), `${size(totals.holeBytes)} in holes, ${size(totals.zeroBytes)} of zeros`],
    [
      'without duplicates',
      size(withoutDuplicates),
      `${size(totals.sharedBytes)} shared on disk, ${size(totals.duplicateBytes)} of equal content`,
    ],
    [
      'stored',
      size(stored),
      `${size(totals.dataBytes)} raw, ${size(totals.packRawBytes)} packed into ${size(totals.packStoredBytes)}`,
    ],
    ['Archive file', size(info.fileSizeBytes), `${formatCount(info.fileSizeBytes)} bytes`],
  ]
  return [
    name,
    ...tableLines(facts, ['left', 'left'], '  '),
    '',
    ...tableLines(sizes, ['left', 'right', 'left'], '  '),
    `  Deduplication ratio ${ratio ?? '– (nothing to compare)'}`,
  ]
}

function entryKinds(info: ArchiveInfo): string {
  const { totals } = info
  return [
    countOf(totals.files, 'file'),
    countOf(totals.directories, 'folder'),
    countOf(totals.symlinks, 'symbolic link'),
    countOf(totals.hardLinks, 'hard link'),
    countOf(totals.others, 'other'),
  ].join(', ')
}

/** The result of `verify`: a table, then the verdict. */
export function verifyLines(name: string, report: VerifyReport, size: (bytes: number) => string): string[] {
  const rows: [string, string][] = [
    ['Entries checked', formatCount(report.entriesChecked)],
    ['Data checked', size(report.bytesChecked)],
    ['Data without a hash', size(report.bytesWithoutHash)],
    ['Faults', formatCount(report.faults)],
    ['Complete', report.complete ? 'yes' : 'no'],
  ]
  return [
    ...tableLines(rows, ['left', 'right'], '  '),
    verdict(name, report),
    `Took ${formatDuration(report.elapsedMilliseconds)}.`,
  ]
}

function verdict(name: string, report: VerifyReport): string {
  if (report.faults > 0) return `✗ ${name} is damaged: ${countOf(report.faults, 'fault')}, each named above.`
  if (!report.complete) return `✗ ${name} is incomplete; what it still holds is undamaged.`
  if (report.bytesWithoutHash > 0)
    return `✓ ${name}: nothing wrong was found, but part of the data has no hash to check.`
  return `✓ ${name} is complete and undamaged.`
}

/** The result of `seal`. */
export function sealLines(name: string, summary: SealSummary, size: (bytes: number) => string): string[] {
  if (summary.alreadySealed) return [`${name} has its content hashes already. Root hash ${summary.rootHash}`]
  return [
    `Sealed ${name}: ${size(summary.hashedBytes)} hashed in ${formatDuration(summary.elapsedMilliseconds)}.`,
    `Root hash ${summary.rootHash}`,
  ]
}
