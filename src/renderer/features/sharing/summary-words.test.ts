import { describe, expect, it } from 'vitest'
import type { SharingState } from '../../../shared/ipc/sharing.ts'
import type { SharingTotals } from '../../../shared/sharing/sharing-map.ts'
import { wordsIn } from '../../lib/words.test-support.ts'
import { furtherFigures, mainSentence, neverSharingWords, unbroken } from './summary-words.ts'

const english = wordsIn('en')
const german = wordsIn('de')

const totals: SharingTotals = {
  files: 5,
  logicalBytes: 9_000_000,
  mappedBytes: 8_000_000,
  onDiskBytes: 5_000_000,
  onlyHereBytes: 2_000_000,
  sharedBytes: 3_000_000,
  sharedWithOthersBytes: 0,
  savedBytes: 3_000_000,
  holeBytes: 0,
  inlineBytes: 0,
  encodedBytes: 0,
  unwrittenBytes: 0,
  uncheckedBytes: 0,
  sparseFiles: 0,
  compressedFiles: 0,
  checkedFiles: 5,
  fragmentedFiles: 0,
  fragments: 5,
}

const found: SharingState = {
  sharingId: 1,
  version: 1,
  isLooking: false,
  complete: true,
  filesDone: 5,
  current: undefined,
  totals,
  usedBytes: 5_000_000,
  bytesByClass: [],
  filesystems: [],
  neverSharing: [],
  check: undefined,
  hasCopied: false,
  freed: undefined,
  roles: [],
  problems: [],
  problemCount: 0,
  error: undefined,
}

describe('the sentence above the picture', () => {
  it('counts the archive apart from the files', () => {
    const column = { longestFileBytes: 0, freed: undefined }
    const roles = [
      { ...column, role: 'archive', files: 1 },
      { ...column, role: 'extracted', files: 4 },
    ] as const
    expect(mainSentence({ ...found, roles }, english)).toMatch(/^4 files and the archive, 9\.0 MB\. 5\.0 MB on disk: /)
    expect(mainSentence({ ...found, roles }, german)).toMatch(/^4 Dateien und das Archiv, 9,0 MB\. /)
    const alone = { ...found, roles: roles.slice(0, 1), totals: { ...totals, files: 1 } }
    expect(mainSentence(alone, english)).toMatch(/^The archive, /)
    expect(mainSentence(found, english)).toMatch(/^5 files, /)
    const pieces = { ...found, roles, totals: { ...totals, fragmentedFiles: 5, fragments: 12 } }
    expect(furtherFigures(pieces, english)).toContain('5 of 5 files in more than one piece, 12 pieces in all')
  })

  it('counts pieces of checked files only, and says so', () => {
    const some = { ...totals, uncheckedBytes: 1, checkedFiles: 3, fragmentedFiles: 1, fragments: 4 }
    expect(furtherFigures({ ...found, totals: some }, english)).toContain(
      '1 of the 3 checked files in more than one piece, 4 pieces in all of them',
    )
  })

  it('says what deleting all of it would free, as far as it is certain', () => {
    const freed = {
      ownBytes: 5000,
      certainBytes: 2000,
      othersBytes: 3000,
      keptBytes: 0,
      uncheckedBytes: 0,
      filesWithOtherNames: 0,
    }
    const said = (changed: Partial<typeof freed>) =>
      furtherFigures({ ...found, freed: { ...freed, ...changed } }, english).at(-1)
    expect(said({})).toBe('deleting all of it would free at least 2.0 kB and at most 8.0 kB')
    expect(said({ ownBytes: 2000, othersBytes: 0 })).toBe('deleting all of it would free exactly 2.0 kB')
    const unknown = { ...found, freed: { ...freed, uncheckedBytes: 1 }, totals: { ...totals, uncheckedBytes: 1 } }
    expect(furtherFigures(unknown, english).at(-1)).toBe('deleting all of it would free at least 2.0 kB')
    const nothing = { ...unknown, freed: { ...unknown.freed, certainBytes: 0 } }
    expect(furtherFigures(nothing, english).join()).not.toContain('deleting')
  })

  it('has parts that add up as they are shown', () => {
    const uneven = {
      ...totals,
      onDiskBytes: 844_300_000,
      onlyHereBytes: 16_000,
      sharedBytes: 206_600_000,
      sharedWithOthersBytes: 637_684_000,
    }
    expect(mainSentence({ ...found, totals: uneven }, english)).toContain(
      '844 MB on disk: 16 kB only here, 206 MB shared among these files, 638 MB shared with files not looked at.',
    )
  })

  it('says of what is a lower bound that it is one', () => {
    const unchecked = { ...found, totals: { ...totals, uncheckedBytes: 1 } }
    expect(mainSentence(unchecked, english)).toBe(
      '5 files, 9.0 MB. At least 5.0 MB on disk; of what could be checked, 2.0 MB only here, 3.0 MB shared among these files.',
    )
    expect(furtherFigures(unchecked, english)[0]).toContain('sharing saves at least 3.0 MB')
    expect(mainSentence({ ...found, complete: false }, english)).toMatch(
      /^At least 5 files, 9\.0 MB\. At least 5\.0 MB on disk; /,
    )
    expect(mainSentence({ ...found, problemCount: 1 }, german)).toMatch(
      /^Mindestens 5 Dateien, 9,0 MB\. Mindestens 5,0 MB belegt; /,
    )
    expect([mainSentence(found, english), ...furtherFigures(found, english)].join()).not.toMatch(/at least/i)
  })
})

it('sizes aren’t broken between lines', () => {
  expect(unbroken('5 files, 9.0 MB. 0 B, 3 GiB by 2 Bits')).toBe('5 files, 9.0\u00a0MB. 0\u00a0B, 3\u00a0GiB by 2 Bits')
})

describe('what never shares', () => {
  const largest = [
    { path: '/a/big.iso', onDiskBytes: 320_000_000 },
    { path: '/a/small.iso', onDiskBytes: 140_000_000 },
  ]
  const words = (files: number, onDiskBytes: number) =>
    neverSharingWords({ type: 'ext4', files, onDiskBytes, largest }, (path) => path.slice(3), english)

  it('is named with its sizes', () => {
    expect(words(2, 460_000_000)).toEqual({
      title: '2 files lie on ext4, which never shares blocks: they are only here, together 460 MB.',
      lines: ['big.iso (320 MB), small.iso (140 MB)'],
    })
  })

  it('is counted where it is too much to name', () => {
    expect(words(9, 463_000_000).lines).toEqual(['big.iso (320 MB), small.iso (140 MB), and 7 more (3.0 MB)'])
  })
})
