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
  isScattered: false,
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
  it('is said with names, and how many of the files looked at it are', () => {
    const { files } = facts
    const all: SharingPart = { ...part, bytes: 3_100_000, classCode: blockClass.sharedBy5, files, fileCount: 5 }
    expect(rows([part, all])).toEqual([
      '5.2 MB: shared by 2 of these files, in base.img and the archive',
      '3.1 MB: shared by 5 of these files, in base.img, web.img, build.img, the archive, and 1 more file',
    ])
    expect(rows([part, all], {}, 'de')).toEqual([
      '5,2 MB: von 2 dieser Dateien geteilt, in base.img und dem Archiv',
      '3,1 MB: von 5 dieser Dateien geteilt, in base.img, web.img, build.img, dem Archiv und 1 weiteren Datei',
    ])
    expect(rows([{ ...all, withArchive: false, fileCount: 8 }], { fileCount: 9 })).toEqual([
      '3.1 MB: shared by 8 of these files, in base.img, web.img, build.img, and 5 more files',
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

  it('names the file, and says the address if there is one', () => {
    expect(say({}).title).toBe('Of these 8.3 MB of base.img:')
    expect(say({}, 'en', { kind: 'used', fromByte: 0, toByte: 8_300_000 }).title).toBe('Of these 8.3 MB on disk:')
    expect(say({}).lines).toEqual(['Address 4,096 on btrfs', 'The filesystem says: last of the file'])
    const hole = { ...part, classCode: blockClass.hole, files: [], fileCount: 0 }
    const nowhere = { classCode: blockClass.hole, parts: [hole], addressBytes: undefined, flags: 0 }
    expect(say(nowhere).lines).toEqual(['Not stored: reads as zeros'])
    expect(say({ isScattered: true, addressBytes: undefined, flags: 0 }).lines).toEqual(['In several places on btrfs'])
  })
})
