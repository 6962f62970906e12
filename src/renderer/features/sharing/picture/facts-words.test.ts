import { describe, expect, it } from 'vitest'
import type { SharingChoice, SharingFacts, SharingPart } from '../../../../shared/ipc/sharing.ts'
import { blockClass } from '../../../../shared/sharing/block-class.ts'
import { wordsIn } from '../../../lib/words.test-support.ts'
import { factWords } from './facts-words.ts'

const file = (number: number, path: string) => ({ file: number, path, role: 'extracted' as const })
const [base, web, build, database] = ['base', 'web', 'build', 'database'].map((name, at) => file(at, `/r/${name}.img`))
const choice: SharingChoice = { kind: 'range', file: 0, offset: 0, lengthBytes: 8_300_000 }

const part: SharingPart = {
  bytes: 5_200_000,
  classCode: blockClass.sharedBy2,
  files: [base].flatMap((known) => known ?? []),
  fileCount: 2,
  withArchive: true,
  andOthers: false,
}

const facts: SharingFacts = {
  version: 1,
  classCode: blockClass.sharedBy2,
  bytesByClass: [],
  lengthBytes: 8_300_000,
  isWholeFile: false,
  addressBytes: 4096,
  filesystem: 0,
  flags: 1,
  files: [base, web, build, database].flatMap((known) => known ?? []),
  fileCount: 5,
  withArchive: true,
  andOthers: false,
  parts: [part],
  restBytes: 0,
  ranges: [],
  used: [],
  ribbons: [],
  complete: true,
}

const say = (changed: Partial<SharingFacts>, locale = 'en', of: SharingChoice = choice) =>
  factWords(
    { ...facts, ...changed },
    of,
    {
      sharing: { filesystems: [{ type: 'btrfs', blockSizeBytes: 4096, canShare: true }] },
      shortPath: (path) => path.slice(3),
    },
    wordsIn(locale),
  )
const rows = (parts: readonly SharingPart[], changed: Partial<SharingFacts> = {}, locale = 'en') =>
  say({ ...changed, parts }, locale).parts.map(({ size, what, where }) => `${size}: ${what}, ${where}`)

describe('who uses which part of a choice', () => {
  it('is said with names, and of many that it is all of them', () => {
    const { files } = facts
    const all: SharingPart = { ...part, bytes: 3_100_000, classCode: blockClass.sharedBy5, files, fileCount: 5 }
    expect(rows([part, all])).toEqual([
      '5.2 MB: shared by 2, in base.img and the archive',
      '3.1 MB: shared by 5 and more, in all 4 files and the archive',
    ])
    expect(rows([part, all], {}, 'de')).toEqual([
      '5,2 MB: geteilt von 2, in base.img und dem Archiv',
      '3,1 MB: geteilt von 5 und mehr, in allen 4 Dateien und dem Archiv',
    ])
    expect(rows([{ ...all, withArchive: false, fileCount: 8 }], { fileCount: 9 })).toEqual([
      '3.1 MB: shared by 5 and more, in base.img, web.img, build.img, and 5 more files',
    ])
  })

  it('is said of one file alone, and never of what isn’t known', () => {
    const alone = { ...part, fileCount: 1, withArchive: false }
    expect(rows([{ ...alone, classCode: blockClass.onlyHere }])).toEqual(['5.2 MB: only here, only in base.img'])
    expect(rows([{ ...alone, classCode: blockClass.sharedWithOthers, andOthers: true }])).toEqual([
      '5.2 MB: shared with files not looked at, in base.img',
    ])
    for (const classCode of [blockClass.unchecked, blockClass.inline])
      expect(rows([{ ...alone, classCode }])[0]).toMatch(/, $/)
  })

  it('accounts for what is too much to tell', () => {
    expect(say({ restBytes: 3_100_000 }).parts.at(-1)).toEqual({
      classCode: undefined,
      size: '3.1 MB',
      what: 'used by further sets of files, not told apart here',
      where: '',
    })
  })

  it('names the file, counts the archive apart, and says the address', () => {
    expect(say({}).title).toBe('Of these 8.3 MB of base.img:')
    expect(say({}, 'en', { kind: 'used', fromByte: 0, toByte: 8_300_000 }).title).toBe('Of these 8.3 MB on disk:')
    expect(say({}).lines).toEqual([
      'Used by 4 files and the archive',
      'Address 4,096 on btrfs',
      'The filesystem says: last of the file',
    ])
    // Most of a sparse file is a hole; all of a hole is nobody's.
    const hole = { ...part, classCode: blockClass.hole, files: [], fileCount: 0 }
    expect(say({ classCode: blockClass.hole, parts: [hole, part] }).lines[0]).toBe('Used by 4 files and the archive')
    const nowhere = { classCode: blockClass.hole, parts: [hole], addressBytes: undefined, flags: 0 }
    expect(say(nowhere).lines).toEqual(['Not stored: reads as zeros'])
    expect(say({ withArchive: false, andOthers: true }).lines[0]).toBe(
      'Used by 5 files, and by others that weren’t looked at',
    )
  })
})
