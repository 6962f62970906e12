import { expect, test } from 'vitest'
import { textToByteString as bytes } from '../../../shared/byte-string.ts'
import type { ErrorData } from '../../../shared/errors.ts'
import type { JobResult, JobState } from '../../../shared/ipc/jobs.ts'
import type { ExtractSummary } from '../../../shared/jobs.ts'
import { wordsIn } from '../../lib/words.test-support.ts'
import { jobReport } from './job-report.ts'
import { jobFigures, jobSentence } from './job-words.ts'

const english = wordsIn('en')

const job: JobState = {
  jobId: 1,
  kind: 'extract',
  status: 'running',
  archivePath: bytes('/home/ada/backup.reftar'),
  directory: bytes('/home/ada/restore'),
  progress: { phase: 'extract', bytesDone: 72, bytesTotal: 100, filesDone: 3, filesTotal: 214, current: undefined },
  bytesPerSecond: 1_900_000_000,
  secondsLeft: 1.2,
  startedAt: 1,
  endedAt: undefined,
  problemCount: 0,
  problems: [],
  notices: [],
  question: undefined,
  result: undefined,
  error: undefined,
}

const extracted: ExtractSummary = {
  directory: '/home/ada/restore',
  entries: 220,
  files: 214,
  logicalBytes: 3_100_000_000,
  clonedBytes: 3_004_000_000,
  clonedFromFilesBytes: 0,
  copied: { packed: 90_000_000, unaligned: 6_000_000 },
  holeBytes: 0,
  lostBytes: 0,
  skipped: 0,
  renamed: 0,
  notRestored: [],
  madeChangeable: 0,
  problems: 0,
  contentsVerified: false,
  archiveComplete: true,
  proof: { withArchiveBytes: 3_004_000_000, amongFilesBytes: 0, uncheckedBytes: 0, disprovedBytes: 0 },
  elapsedMilliseconds: 2_100,
}

function done(summary: Partial<ExtractSummary>, dataHashes: 'complete' | 'absent' | 'weak' = 'complete'): JobState {
  const result: JobResult = {
    kind: 'extract',
    summary: { ...extracted, ...summary },
    paths: [],
    prefix: bytes(''),
    entries: undefined,
    directory: bytes('/home/ada/restore'),
    dataHashes,
  }
  return { ...job, status: 'done', result }
}

test('a running job says what, how far, how fast and how long still', () => {
  expect(jobSentence(job, english)).toBe('Extracting 214 files to ~/restore')
  expect(jobFigures(job, english)).toEqual(['72 %', '1.9 GB/s', '2 s left'])
  expect(jobFigures({ ...job, status: 'paused' }, english)).toEqual(['72 %', 'paused'])
  expect(jobFigures({ ...job, status: 'waiting' }, english)).toEqual(['has a question'])
})

test('a failed job says why in its one line', () => {
  const error: ErrorData = { code: 'no-space', message: 'Not enough space on the disk', remedy: '', path: '/mnt' }
  const failed = { ...job, kind: 'create', status: 'failed', error } as const
  expect(jobSentence(failed, english)).toBe('backup.reftar wasn’t created: Not enough space on the disk')
})

test('the headline is explained by rows that add up to it', () => {
  const report = jobReport(done({}), english)
  expect(report?.headline).toBe('Extracted 214 files, 3.1 GB. 3.0 GB cloned, 96 MB new on disk.')
  expect(report?.rows.map(({ kind, bytes: count, note }) => [kind, count, note])).toEqual([
    ['cloned', 3_004_000_000, 'from the archive: the same blocks, no new space'],
    ['packed', 90_000_000, 'small files and file ends, out of packs'],
    ['copied', 6_000_000, 'not on a block boundary'],
  ])
  expect(report?.rows.reduce((sum, row) => sum + row.bytes, 0)).toBe(3_100_000_000)
})

test('empty parts of files are named, so that the headline’s figures add up too', () => {
  expect(jobReport(done({ logicalBytes: 5_100_000_000, holeBytes: 2_000_000_000 }), english)?.headline).toBe(
    'Extracted 214 files, 5.1 GB. 3.0 GB cloned, 2.0 GB empty, 96 MB new on disk.',
  )
})

test('counting words agree with their numbers in both languages', () => {
  const one = done({ files: 1, skipped: 1 })
  expect(jobReport(one, english)?.headline).toMatch(/^Extracted 1 file, /)
  expect(jobReport(one, wordsIn('de'))?.headline).toBe(
    '1 Datei entpackt, 3,1 GB. 3,0 GB geklont, 96 MB neu auf der Platte.',
  )
  expect(jobReport(one, wordsIn('de'))?.notes).toContain('1 Eintrag übersprungen.')
})

test('nothing is called checked that nobody read', () => {
  const tones = (state: JobState) => jobReport(state, english)?.checks.map(({ tone }) => tone)
  expect(tones(done({}))).toEqual(['checked', 'unchecked'])
  expect(tones(done({ contentsVerified: true }))).toEqual(['checked', 'checked'])
  expect(tones(done({ contentsVerified: true }, 'absent'))).toEqual(['checked', 'unchecked'])
  const proof = { withArchiveBytes: 0, amongFilesBytes: 0, uncheckedBytes: 5, disprovedBytes: 0 }
  expect(tones(done({ proof }))).toEqual(['unchecked', 'unchecked'])
})

test('sharing that the filesystem denies is wrong, and so is the whole', () => {
  const proof = { withArchiveBytes: 0, amongFilesBytes: 0, uncheckedBytes: 0, disprovedBytes: 5 }
  const report = jobReport(done({ proof }), english)
  expect(report?.tone).toBe('attention')
  expect(report?.checks[0]).toEqual({
    tone: 'wrong',
    sentence: '5 B were cloned but are NOT shared, says the filesystem.',
  })
})

test('verifying an archive with unhashed data never ends in “undamaged”', () => {
  const report = {
    entriesChecked: 3,
    bytesChecked: 10,
    bytesWithoutHash: 90,
    faults: 0,
    complete: true,
    elapsedMilliseconds: 5,
  }
  const verified = (changes: Partial<typeof report>) =>
    jobReport(
      { ...job, kind: 'verify', status: 'done', result: { kind: 'verify', report: { ...report, ...changes } } },
      english,
    )
  expect(verified({})).toMatchObject({ tone: 'attention', sealPath: job.archivePath })
  expect(verified({})?.headline).toBe('Nothing wrong was found in backup.reftar, but part of it has no checksum.')
  expect(verified({ bytesWithoutHash: 0 })?.headline).toBe('backup.reftar is complete and undamaged.')
  expect(verified({ faults: 2 })).toMatchObject({ tone: 'attention', headline: 'backup.reftar is damaged: 2 faults.' })
})

test('problems take the tick away', () => {
  expect(jobReport(done({ contentsVerified: true }), english)?.tone).toBe('verified')
  expect(jobReport(done({}), english)?.tone).toBe('done')
  expect(jobReport({ ...done({}), problemCount: 1 }, english)?.tone).toBe('attention')
})

test('a hostile archive name can’t break out of its sentence', () => {
  const disguised = { ...job, kind: 'verify', archivePath: bytes('/tmp/{a}\u202e<b>.reftar') } as const
  expect(jobSentence(disguised, english)).toBe('Verifying {a}\\u{202e}<b>.reftar')
})
