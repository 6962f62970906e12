import { describe, expect, it } from 'vitest'
import type { SharingState } from '../../../shared/ipc/sharing.ts'
import type { ExtractSummary, SharingCheck } from '../../../shared/jobs.ts'
import type { FileVerdict } from '../../../shared/sharing/verdict.ts'
import { wordsIn } from '../../lib/words.test-support.ts'
import { fileVerdict, proofRows, proofVerdict, sinceThen } from './proof-words.ts'

const words = wordsIn('en')
const MB = 1_000_000

const summary: ExtractSummary = {
  directory: '/restore',
  entries: 4,
  files: 4,
  logicalBytes: 34_400 * MB,
  clonedBytes: 805 * MB,
  clonedFromFilesBytes: 0,
  copied: {},
  holeBytes: 33_595 * MB,
  lostBytes: 0,
  skipped: 0,
  renamed: 0,
  notRestored: [],
  madeChangeable: 0,
  problems: 0,
  contentsVerified: false,
  archiveComplete: true,
  proof: { withArchiveBytes: 805 * MB, amongFilesBytes: 0, uncheckedBytes: 0, disprovedBytes: 0 },
  elapsedMilliseconds: 100,
}
const check: SharingCheck = {
  files: 4,
  missing: 0,
  withArchiveBytes: 805 * MB,
  notSharedBytes: 0,
  uncheckedBytes: 0,
  packedBytes: 0,
  problems: 0,
  elapsedMilliseconds: 10,
}
const proven = (changes: Partial<ExtractSummary['proof']>) => ({ proof: { ...summary.proof, ...changes } })
const verdict = (changes: Partial<ExtractSummary>) => proofVerdict({ ...summary, ...changes }, words)

describe('the verdict in total', () => {
  it('says what is proven, what is new on disk, and that the rest of the size is empty', () => {
    expect(verdict({})).toEqual({
      kind: 'info',
      title: 'Proven: 805 MB, counted for each file, are cloned: on disk they are the archive’s own blocks.',
      lines: ['Extracting put 0 B of new data on disk. Of the files’ 34.4 GB, 33.6 GB are empty (holes).'],
    })
  })

  it('says whose blocks they are', () => {
    expect(verdict(proven({ amongFilesBytes: 5 * MB })).title).toContain(
      'on disk 805 MB are the archive’s own blocks, 5.0 MB those of another extracted file.',
    )
    expect(verdict(proven({ withArchiveBytes: 0, amongFilesBytes: 5 * MB })).title).toContain(
      'on disk they are the blocks of another extracted file.',
    )
  })

  it('of copies says how many, what they take, and that nothing is wrong with them', () => {
    const copied = { 'no-reflinks': 482 * MB, packed: MB }
    expect(verdict({ copied, holeBytes: 0 })).toEqual({
      kind: 'warning',
      title: 'Proven: 805 MB, counted for each file, are cloned. 482 MB were copied.',
      lines: [
        'Extracting put 483 MB of new data on disk.',
        'Nothing needs to be done: copied files are whole, they only take disk space of their own.',
      ],
    })
    expect(verdict({ copied, ...proven({ withArchiveBytes: 0 }) }).title).toBe(
      'Nothing was cloned: 482 MB were copied.',
    )
  })

  it('calls nothing cloned, copied or new that isn’t', () => {
    const unchecked = 'can’t be checked here: the filesystem doesn’t tell.'
    const untold = proven({ withArchiveBytes: 0, uncheckedBytes: 805 * MB })
    expect(verdict(untold).title).toBe(`805 MB ${unchecked}`)
    const mixed = verdict({ ...untold, copied: { 'no-reflinks': MB } })
    expect(mixed.title).toBe('Proven: 0 B, counted for each file, are cloned. 1.0 MB were copied.')
    expect(mixed.lines).toContain(`805 MB ${unchecked}`)
    expect(verdict(proven({ withArchiveBytes: 0 })).title).toMatch(/^There was nothing to clone/)
    const disproved = verdict(proven({ disprovedBytes: MB }))
    expect(disproved.title).toMatch(/^1\.0 MB were cloned but lie elsewhere/)
    expect(disproved.lines[0]).toContain('Extracting put 1.0 MB of new data on disk.')
  })
})

it('the rows add up to the size, and what is known only of then has no now', () => {
  const copied = { 'no-reflinks': 482 * MB }
  const rows = proofRows({ ...summary, copied }, { ...check, notSharedBytes: 482 * MB }, words)
  expect(rows.map(({ what, thenBytes, nowBytes }) => [what, thenBytes / MB, nowBytes && nowBytes / MB])).toEqual([
    ['cloned from the archive', 805, 805],
    ['not the archive’s blocks', 482, 482],
    ['copied: its filesystem can’t share blocks', 482, undefined],
    ['empty (holes)', 33_595, undefined],
  ])
  const sum = rows.filter(({ isPart }) => !isPart).reduce((bytes, { thenBytes }) => bytes + thenBytes, 0)
  expect(sum).toBe(summary.logicalBytes + 482 * MB)
})

describe('what has become of it since', () => {
  const freed = {
    ownBytes: 0,
    certainBytes: 0,
    othersBytes: 0,
    keptBytes: 264 * MB,
    uncheckedBytes: 0,
    filesWithOtherNames: 0,
  }
  const sharing = (changes: Partial<SharingCheck>, freedChanges: Partial<typeof freed> = {}) =>
    ({
      check: { ...check, ...changes },
      roles: [{ role: 'extracted', files: 4, longestFileBytes: 1, freed: { ...freed, ...freedChanges } }],
    }) as unknown as SharingState

  it('is nothing, and how much of the disk it is is said', () => {
    expect(sinceThen(summary, sharing({}), words)).toBe(
      'Nothing has changed since: what was cloned from the archive still is its blocks. On disk these 805 MB are 264 MB: blocks that files have in common are there once.',
    )
  })

  it('is said, and no size on disk that isn’t known or that tells nothing', () => {
    expect(sinceThen(summary, sharing({ withArchiveBytes: 800 * MB, missing: 1 }), words)).toMatch(
      /^Since then 5\.0 MB have stopped being the archive’s blocks: .* 1 file isn’t there any more\. On disk these 800 MB/,
    )
    for (const unknown of [{ uncheckedBytes: 1 }, { filesWithOtherNames: 1 }, { keptBytes: 805 * MB }])
      expect(sinceThen(summary, sharing({}, unknown), words)).not.toContain('On disk')
    expect(sinceThen(summary, { ...sharing({}), check: undefined }, words)).toBe('')
  })
})

it('a file’s verdict names all of its bytes', () => {
  const file: FileVerdict = {
    path: 'base.qcow2',
    sizeBytes: 8_600 * MB,
    withArchiveBytes: 201 * MB,
    withFilesBytes: 0,
    copiedBytes: 0,
    copyReason: undefined,
    holeBytes: 8_399 * MB,
    uncheckedBytes: 0,
    notSharedBytes: 0,
  }
  expect(fileVerdict(file, 'then', words)).toBe('201 MB cloned from the archive, 8.4 GB empty (holes)')
  expect(fileVerdict(file, 'now', words)).toBe('201 MB cloned from the archive, 8.4 GB empty in the archive')
  expect(fileVerdict({ ...file, withArchiveBytes: 0, holeBytes: 0 }, 'then', words)).toBe('nothing stored')
})
