import { describe, expect, test } from 'vitest'
import type { ArchiveInfo } from '../../shared/archive-info.ts'
import type { CompareSummary } from '../../shared/comparison.ts'
import { formatSize } from '../../shared/format-size.ts'
import type { CreateSummary, ExtractSummary, SharingReport } from '../../shared/jobs.ts'
import { sharingVerdict } from '../../shared/sharing/sharing-report.ts'
import { infoLines, sealLines, verifyLines } from './archive-summary.ts'
import { compareSummaryLines } from './compare-summary.ts'
import { createSummaryLines } from './create-summary.ts'
import { extractSummaryLines } from './extract-summary.ts'
import { sharingLines } from './sharing-summary.ts'

const size = (bytes: number): string => formatSize(bytes)

const created: CreateSummary = {
  archivePath: 'a.reftar',
  archiveBytes: 5_300_000,
  rootHash: 'ab',
  entries: 1,
  files: 1,
  logicalBytes: 20_000_000,
  clonedBytes: 5_000_000,
  packedBytes: 0,
  packedStoredBytes: 0,
  copied: {},
  sharedBytes: 15_000_000,
  duplicateBytes: 0,
  holeBytes: 0,
  zeroBytes: 0,
  dataHashes: 'complete',
  skipped: 0,
  problems: 0,
  elapsedMilliseconds: 300,
}

describe('create', () => {
  test('says what is cloned and what is new, and why', () => {
    expect(createSummaryLines(created, size)).toEqual([
      'Archived 1 file, 20 MB, as 5.3 MB in a.reftar. 5.0 MB cloned, 300 kB new on disk.',
      '  cloned  5.0 MB  the same blocks on disk, no new space',
      '  shared   15 MB  blocks that another of the files has too, stored once',
      'Took 0.3 s.',
    ])
  })

  test('counts agree with their nouns', () => {
    const text = (skipped: number, problems: number): string =>
      createSummaryLines({ ...created, files: 2, skipped, problems, dataHashes: 'absent' }, size).join('\n')
    expect(text(1, 1)).toContain('Archived 2 files,')
    expect(text(1, 1)).toContain('1 entry that can’t be stored (sockets, the archive itself) was left out.')
    expect(text(1, 1)).toContain('1 entry needs attention')
    expect(text(2, 3)).toContain('2 entries that can’t be stored (sockets, the archive itself) were left out.')
    expect(text(2, 3)).toContain('3 entries need attention')
    expect(text(0, 0)).toContain('“reftar seal a.reftar” adds them.')
  })

  test('names every reason for copying, the largest first', () => {
    const lines = createSummaryLines({ ...created, copied: { unaligned: 10, 'no-reflinks': 2000 } }, size)
    expect(lines.filter((line) => line.startsWith('  copied'))).toEqual([
      '  copied  2.0 kB  this filesystem can’t share blocks',
      '  copied    10 B  not on a block boundary',
    ])
  })
})

const extracted: ExtractSummary = {
  directory: 'restored',
  entries: 214,
  files: 214,
  logicalBytes: 3_100_000_000,
  clonedBytes: 3_000_000_000,
  clonedFromFilesBytes: 0,
  copied: { packed: 96_000_000 },
  holeBytes: 0,
  lostBytes: 0,
  skipped: 0,
  renamed: 0,
  notRestored: [],
  madeChangeable: 0,
  problems: 0,
  contentsVerified: false,
  archiveComplete: true,
  proof: { withArchiveBytes: 3_000_000_000, amongFilesBytes: 0, uncheckedBytes: 0, disprovedBytes: 0 },
  elapsedMilliseconds: 1200,
}

describe('extract', () => {
  test('the sentence of the design, explained and proven', () => {
    expect(extractSummaryLines(extracted, 'complete', size)).toEqual([
      'Extracted 214 files, 3.1 GB. 3.0 GB cloned, 96 MB new on disk.',
      '  cloned  3.0 GB  from the archive',
      '  copied   96 MB  below the clone size, or the end of a file',
      'Sharing checked with FIEMAP: 3.0 GB are the archive’s own blocks.',
      'Copied data was checked against the archive’s hashes; cloned data wasn’t read (--verify-contents reads and checks it).',
      'Took 1.2 s.',
    ])
  })

  test('what can’t be checked is not called unshared, and what is disproved is said', () => {
    const proof = { withArchiveBytes: 1000, amongFilesBytes: 2000, uncheckedBytes: 3000, disprovedBytes: 4000 }
    const text = extractSummaryLines({ ...extracted, proof }, 'complete', size).join('\n')
    expect(text).toContain(
      '1.0 kB are the archive’s own blocks; 2.0 kB are the blocks of another extracted file; 4.0 kB were cloned but are NOT shared.',
    )
    expect(text).toContain('Sharing of 3.0 kB can’t be checked here')
  })

  test('nothing to ask is no sentence about sharing', () => {
    const proof = { withArchiveBytes: 0, amongFilesBytes: 0, uncheckedBytes: 0, disprovedBytes: 0 }
    expect(extractSummaryLines({ ...extracted, proof }, 'complete', size).join('\n')).not.toContain('haring')
  })

  test('claims no check that didn’t happen', () => {
    const text = (more: Partial<ExtractSummary>, hashes: 'complete' | 'absent' | 'weak' = 'complete'): string =>
      extractSummaryLines({ ...extracted, ...more }, hashes, size).join('\n')
    expect(text({ contentsVerified: true })).toContain('All contents were checked against the archive’s hashes.')
    expect(text({ clonedBytes: 0 }, 'weak')).toContain(
      'All contents were checked against the archive’s checksums (CRC-32).',
    )
    expect(text({ copied: {} })).toContain('\nCloned data wasn’t read')
    expect(text({ contentsVerified: true }, 'absent')).toContain('no content hashes')
    expect(text({ clonedBytes: 0, copied: {} })).not.toMatch(/contents|hashes/)
  })

  test('an incomplete archive is named', () => {
    expect(extractSummaryLines({ ...extracted, archiveComplete: false }, 'complete', size).join('\n')).toContain(
      'incomplete',
    )
  })
})

const report: SharingReport = {
  files: 2,
  logicalBytes: 20_000_000,
  onDiskBytes: 10_000_000,
  exclusiveBytes: 0,
  sharedWithOthersBytes: 0,
  sharedBytes: 10_000_000,
  savedBytes: 10_000_000,
  holeBytes: 0,
  inlineBytes: 0,
  encodedBytes: 0,
  uncheckedBytes: 0,
  groups: [{ files: ['a', 'b'], fileCount: 2, bytes: 10_000_000 }],
  groupsOmitted: 1,
  perFile: [],
  problems: 0,
  elapsedMilliseconds: 1,
}

describe('sharing', () => {
  test('ends with the verdict in the words of the seed’s tool', () => {
    expect(sharingLines(report, false, size).at(-1)).toBe('✓ Physical block sharing verified')
    const none = { ...report, sharedBytes: 0, savedBytes: 0, groups: [], groupsOmitted: 0 }
    expect(sharingLines(none, false, size).at(-1)).toBe('✗ No physically shared blocks found')
    expect(sharingLines({ ...none, uncheckedBytes: 1 }, false, size).at(-1)).toMatch(/can’t be checked here/)
    expect(sharingVerdict({ ...none, sharedWithOthersBytes: 1 })).toBe('shared-with-others')
  })

  test('says of lower bounds that they are', () => {
    expect(sharingLines(report, false, size).join('\n')).not.toContain('at least')
    for (const bound of [{ uncheckedBytes: 1 }, { problems: 1 }]) {
      const lines = sharingLines({ ...report, ...bound }, false, size)
      expect(lines.find((line) => line.includes('On disk'))).toMatch(/at least; each block counted once$/)
      expect(lines.find((line) => line.includes('Saved'))).toMatch(/at least; by sharing among these files$/)
    }
  })

  test('lists groups and says how many are missing', () => {
    const text = sharingLines(report, false, size).join('\n')
    expect(text).toContain('  10 MB shared by 2 files\n    a\n    b\n  and 1 more group')
  })

  test('--all adds every file, with a reason where it can’t be checked', () => {
    const file = {
      path: 'a',
      sizeBytes: 10,
      onDiskBytes: 10,
      exclusiveBytes: 0,
      sharedBytes: 10,
      sharedWithOthersBytes: 5,
      uncheckedReason: undefined,
    }
    const text = sharingLines(
      { ...report, perFile: [file, { ...file, path: 'b', uncheckedReason: { verbatim: 'tmpfs' } }] },
      true,
      size,
    ).join('\n')
    expect(text).toMatch(/10 B {2,}10 B {2,}10 B {2,}0 B {2,}5 B {2}a\n/)
    expect(text).toContain('b (can’t be checked here: tmpfs)')
  })
})

const info: ArchiveInfo = {
  format: 2,
  archiveId: '00ff',
  blockSizeBytes: 4096,
  fileSizeBytes: 5_300_000,
  createdAt: undefined,
  creator: undefined,
  totals: {
    entries: 5,
    files: 4,
    directories: 1,
    symlinks: 0,
    hardLinks: 0,
    others: 0,
    logicalBytes: 30_000_000,
    holeBytes: 8_000_000,
    zeroBytes: 2_000_000,
    dataBytes: 5_000_000,
    packRawBytes: 0,
    packStoredBytes: 0,
    sharedBytes: 15_000_000,
    duplicateBytes: 0,
  },
  sources: [],
  dataHashes: 'weak',
  rootHash: undefined,
  complete: true,
  notices: [],
}

test('info walks from what the files say to what is stored', () => {
  const lines = infoLines('a.reftar', info, size)
  expect(lines[0]).toBe('a.reftar')
  const text = lines.join('\n')
  expect(text).toContain('5: 4 files, 1 folder, 0 symbolic links, 0 hard links, 0 others')
  expect(text).toMatch(/The files say +30 MB\n/)
  expect(text).toMatch(/without holes +20 MB {2}8\.0 MB in holes, 2\.0 MB of zeros/)
  expect(text).toMatch(/without duplicates +5\.0 MB/)
  expect(text).toContain('Deduplication ratio 4.00 : 1')
  expect(text).toContain('weak: CRC-32')
})

test('info promises nothing about an archive without its end', () => {
  const text = (dataHashes: ArchiveInfo['dataHashes']): string =>
    infoLines('a', { ...info, format: 2, complete: false, dataHashes }, size).join('\n')
  expect(text('complete')).toMatch(/Hashes +BLAKE3 for what could be recovered\n/)
  expect(text('absent')).toMatch(/Hashes +none that could be recovered\n/)
  expect(text('complete')).toMatch(/Root hash +none: it stood at the end, which is missing\n/)
})

test('compare vouches for nothing that it couldn’t look at', () => {
  const compared: CompareSummary = {
    directory: 'd',
    entries: 0,
    files: 0,
    comparedBytes: 0,
    differences: {},
    differenceCount: 0,
    unseenAttributes: 0,
    problems: 0,
    archiveComplete: true,
    elapsedMilliseconds: 1,
  }
  const verdict = (summary: CompareSummary): string | undefined => compareSummaryLines('a', summary, size).at(-2)
  expect(verdict(compared)).toBe('✓ d is what a holds.')
  expect(verdict({ ...compared, archiveComplete: false })).toBe('? No differences were found in what a still holds.')
  expect(verdict({ ...compared, problems: 1 })).toBe('? No differences were found in what could be compared.')
  expect(verdict({ ...compared, differenceCount: 1, differences: { size: 1 }, archiveComplete: false })).toMatch(/^✗/)
})

describe('verify and seal', () => {
  const verified = {
    entriesChecked: 5,
    bytesChecked: 10,
    bytesWithoutHash: 0,
    faults: 0,
    complete: true,
    elapsedMilliseconds: 1,
  }
  test.each([
    [verified, '✓ a is complete and undamaged.'],
    [{ ...verified, faults: 1 }, '✗ a is damaged: 1 fault, each named above.'],
    [{ ...verified, complete: false }, '✗ a is incomplete; what it still holds is undamaged.'],
    [{ ...verified, bytesWithoutHash: 1 }, '✓ a: nothing wrong was found, but part of the data has no hash to check.'],
  ])('verdict %#', (one, verdict) => {
    expect(verifyLines('a', one, size)).toContain(verdict)
  })

  test('seal', () => {
    const sealed = { hashedBytes: 2000, rootHash: 'ab', alreadySealed: false, elapsedMilliseconds: 100 }
    expect(sealLines('a', sealed, size)).toEqual(['Sealed a: 2.0 kB hashed in 0.1 s.', 'Root hash ab'])
    expect(sealLines('a', { ...sealed, alreadySealed: true }, size)[0]).toContain('already')
  })
})
