/** What an ended job did, in sentences and numbers that explain each other. Nothing is called checked that wasn’t. Pure. */

import type { VerifyReport } from '../../../shared/archive-info.ts'
import type { ByteString } from '../../../shared/byte-string.ts'
import type { JobResult, JobState } from '../../../shared/ipc/jobs.ts'
import type { ConvertSummary, CreateSummary, ExtractSummary, SealSummary } from '../../../shared/jobs.ts'
import type { Words } from '../../lib/words.ts'
import { type ByteRow, byteRow, copiedRows } from '../plan/byte-rows.ts'
import { copiedParts, copiedTotal } from '../plan/plan-parts.ts'
import { jobName } from './job-words.ts'
import { lossSentences } from './losses.ts'

/** checked: somebody looked and it was right. unchecked: nobody looked. wrong: somebody looked and it wasn’t right. */
export interface Check {
  readonly tone: 'checked' | 'unchecked' | 'wrong'
  readonly sentence: string
}

export interface JobReport {
  /** The mark before the headline. verified: done, and everything that could be wrong was looked at. */
  readonly tone: 'verified' | 'done' | 'attention'
  readonly headline: string
  /** Add up to the size in the headline. */
  readonly rows: readonly ByteRow[]
  readonly checks: readonly Check[]
  readonly notes: readonly string[]
  /** What “Show in folder” shows. */
  readonly revealPath: ByteString | undefined
  /** Whether there are files whose sharing can be looked at. */
  readonly hasSharing: boolean
  /** What “Open archive” opens. */
  readonly openPath: ByteString | undefined
  /** The archive that “Add checksums” would complete. */
  readonly sealPath: ByteString | undefined
}

const nothing = {
  rows: [],
  checks: [],
  notes: [],
  revealPath: undefined,
  hasSharing: false,
  openPath: undefined,
  sealPath: undefined,
}

/** The report of a job that is done; undefined for others. */
export function jobReport(job: JobState, words: Words): JobReport | undefined {
  const { result } = job
  if (result === undefined) return undefined
  const report = reportOf(result, job, words)
  if (job.problemCount > 0) return { ...report, tone: 'attention' }
  const isVerified = report.checks.length > 0 && report.checks.every(({ tone }) => tone === 'checked')
  return report.tone === 'done' && isVerified ? { ...report, tone: 'verified' } : report
}

function reportOf(result: JobResult, job: JobState, words: Words): JobReport {
  switch (result.kind) {
    case 'create':
      return createReport(result.summary, job, words)
    case 'extract':
      return extractReport(result, words)
    case 'verify':
      return verifyReport(result.report, job, words)
    case 'seal':
      return sealReport(result.summary, job, words)
    case 'convert':
      return convertReport(result.summary, words)
  }
}

function createReport(summary: CreateSummary, job: JobState, words: Words): JobReport {
  const { text, format } = words
  const archive = jobName(job)
  const headline = text('jobs.done.create', {
    files: summary.files,
    size: format.size(summary.logicalBytes),
    archiveSize: format.size(summary.archiveBytes),
    archive,
  })
  const { skipped, dataHashes } = summary
  return {
    ...nothing,
    tone: 'done',
    headline: `${headline} ${clonedAndNew(summary.clonedBytes, summary.archiveBytes - summary.clonedBytes, words)}`,
    rows: [
      byteRow('cloned', summary.clonedBytes, 'note.cloned', words),
      byteRow('packed', summary.packedBytes, 'note.packedTo', words, summary.packedStoredBytes),
      ...copiedRows(copiedParts(summary.copied), words),
      byteRow('shared', summary.sharedBytes, 'note.shared', words),
      byteRow('duplicate', summary.duplicateBytes, 'note.duplicate', words),
      byteRow('zero', summary.zeroBytes, 'note.zero', words),
      byteRow('hole', summary.holeBytes, 'note.hole', words),
    ].filter(({ bytes }) => bytes > 0),
    checks: dataHashes === 'absent' ? [{ tone: 'unchecked', sentence: text('jobs.check.notSealed') }] : [],
    notes: [
      ...(skipped > 0 ? [text('jobs.note.leftOut', { count: skipped })] : []),
      ...lossSentences(summary.losses, words),
      text('jobs.note.took', { duration: format.duration(summary.elapsedMilliseconds) }),
    ],
    revealPath: job.archivePath,
    openPath: job.archivePath,
    sealPath: dataHashes === 'absent' ? job.archivePath : undefined,
  }
}

function extractReport(result: JobResult & { kind: 'extract' }, words: Words): JobReport {
  const { summary, directory } = result
  const { text, format } = words
  const headline = text('jobs.done.extract', { files: summary.files, size: format.size(summary.logicalBytes) })
  const cloned = summary.clonedBytes + summary.clonedFromFilesBytes
  return {
    ...nothing,
    tone: summary.archiveComplete && summary.proof.disprovedBytes === 0 ? 'done' : 'attention',
    headline: `${headline} ${clonedAndNew(cloned, copiedTotal(summary.copied), words, summary.holeBytes)}`,
    rows: [
      byteRow('cloned', summary.clonedBytes, 'note.clonedFromArchive', words),
      byteRow('cloned', summary.clonedFromFilesBytes, 'note.clonedFromFiles', words),
      ...copiedRows(copiedParts(summary.copied), words, 'extract'),
      byteRow('hole', summary.holeBytes, 'note.hole', words),
    ].filter(({ bytes }) => bytes > 0),
    checks: [...sharingChecks(summary, words), ...contentChecks(result, words)],
    notes: extractNotes(summary, words),
    revealPath: directory,
    hasSharing: summary.files > 0,
  }
}

/** What the filesystem said about sharing. */
function sharingChecks({ proof }: ExtractSummary, { text, format }: Words): Check[] {
  const check = (bytes: number, tone: Check['tone'], key: Parameters<typeof text>[0]): Check[] =>
    bytes > 0 ? [{ tone, sentence: text(key, { size: format.size(bytes) }) }] : []
  return [
    ...check(proof.withArchiveBytes, 'checked', 'jobs.check.archiveBlocks'),
    ...check(proof.amongFilesBytes, 'checked', 'jobs.check.filesBlocks'),
    ...check(proof.disprovedBytes, 'wrong', 'jobs.check.disproved'),
    ...check(proof.uncheckedBytes, 'unchecked', 'jobs.check.uncheckedSharing'),
  ]
}

/** Which contents were compared with a checksum. */
function contentChecks({ summary, dataHashes }: JobResult & { kind: 'extract' }, { text }: Words): Check[] {
  const copied = copiedTotal(summary.copied)
  if (summary.clonedBytes === 0 && copied === 0) return []
  if (dataHashes === 'absent') return [{ tone: 'unchecked', sentence: text('jobs.check.noHashes') }]
  if (summary.contentsVerified || summary.clonedBytes === 0) {
    return [{ tone: 'checked', sentence: text(dataHashes === 'weak' ? 'jobs.check.allWeak' : 'jobs.check.all') }]
  }
  return [{ tone: 'unchecked', sentence: text(copied === 0 ? 'jobs.check.none' : 'jobs.check.copied') }]
}

function extractNotes(summary: ExtractSummary, { text, format, say }: Words): string[] {
  const { skipped, renamed, notRestored, madeChangeable, archiveComplete, elapsedMilliseconds } = summary
  return [
    ...(archiveComplete ? [] : [text('jobs.note.archiveIncomplete')]),
    ...(skipped > 0 ? [text('jobs.note.skipped', { count: skipped })] : []),
    ...(renamed > 0 ? [text('jobs.note.renamed', { count: renamed })] : []),
    ...notRestored.map(({ what, entries, reason }) =>
      text('jobs.note.notRestored', { what: say(what), count: entries, reason: say(reason) }),
    ),
    ...(madeChangeable > 0 ? [text('jobs.note.madeChangeable', { count: madeChangeable })] : []),
    text('jobs.note.took', { duration: format.duration(elapsedMilliseconds) }),
  ]
}

function verifyReport(report: VerifyReport, job: JobState, { text, format }: Words): JobReport {
  const archive = jobName(job)
  const { faults, complete, bytesWithoutHash, entriesChecked, bytesChecked, elapsedMilliseconds } = report
  const verdict =
    faults > 0 ? 'damaged' : !complete ? 'incomplete' : bytesWithoutHash > 0 ? 'unhashed' : ('sound' as const)
  const checked = text('jobs.verify.checked', { entries: entriesChecked, size: format.size(bytesChecked) })
  return {
    ...nothing,
    tone: verdict === 'sound' ? 'done' : 'attention',
    headline: text(`jobs.verify.${verdict}`, { archive, faults }),
    checks: [
      // What is wrong is the headline; how much was looked at to find it is worth a note.
      ...(faults > 0 ? [] : [{ tone: 'checked', sentence: checked } as const]),
      ...(bytesWithoutHash > 0
        ? [
            {
              tone: 'unchecked',
              sentence: text('jobs.verify.unchecked', { size: format.size(bytesWithoutHash) }),
            } as const,
          ]
        : []),
    ],
    notes: [
      ...(faults > 0 ? [checked] : []),
      text('jobs.note.took', { duration: format.duration(elapsedMilliseconds) }),
    ],
    revealPath: job.archivePath,
    sealPath: verdict === 'unhashed' ? job.archivePath : undefined,
  }
}

function sealReport(summary: SealSummary, job: JobState, { text, format }: Words): JobReport {
  const archive = jobName(job)
  return {
    ...nothing,
    tone: 'done',
    headline: summary.alreadySealed
      ? text('jobs.done.alreadySealed', { archive })
      : text('jobs.done.seal', { archive, size: format.size(summary.hashedBytes) }),
    notes: [text('jobs.note.took', { duration: format.duration(summary.elapsedMilliseconds) })],
    revealPath: job.archivePath,
    openPath: job.archivePath,
  }
}

function convertReport(summary: ConvertSummary, words: Words): JobReport {
  const { text, format } = words
  const headline = text('jobs.done.convert', {
    files: summary.files,
    size: format.size(summary.logicalBytes),
    format: summary.format,
    archiveSize: format.size(summary.archiveBytes),
    archive: summary.archivePath,
  })
  return {
    ...nothing,
    tone: summary.sourceComplete ? 'done' : 'attention',
    headline: `${headline} ${clonedAndNew(summary.clonedBytes, summary.archiveBytes - summary.clonedBytes, words)}`,
    rows: [
      byteRow('cloned', summary.clonedBytes, 'note.cloned', words),
      byteRow('packed', summary.packedBytes, 'note.packed', words),
      ...copiedRows(copiedParts(summary.copied), words),
    ].filter(({ bytes }) => bytes > 0),
    notes: [
      ...(summary.sourceComplete ? [] : [text('jobs.note.convertedIncomplete')]),
      ...lossSentences(summary.losses, words),
      text('jobs.note.took', { duration: format.duration(summary.elapsedMilliseconds) }),
    ],
  }
}

/** `holeBytes` are what is left of the size before it, where that is the files'. */
function clonedAndNew(clonedBytes: number, newBytes: number, { text, format }: Words, holeBytes = 0): string {
  return text(holeBytes > 0 ? 'jobs.done.clonedHolesAndNew' : 'jobs.done.clonedAndNew', {
    cloned: format.size(clonedBytes),
    holes: format.size(holeBytes),
    fresh: format.size(Math.max(0, newBytes)),
  })
}
