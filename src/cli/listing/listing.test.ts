import { describe, expect, test } from 'vitest'
import type { Entry } from '../../main/engine/index.ts'
import type { ByteString } from '../../shared/byte-string.ts'
import { formatSize } from '../../shared/format-size.ts'
import { entryDocument } from './entry-json.ts'
import { longCells, missingFolders, nameText } from './entry-line.ts'

const bytes = (text: string): ByteString => text as ByteString

function entry(path: string, segments: Entry['segments'] = [], more: Partial<Entry> = {}): Entry {
  return {
    ordinal: 0,
    path: bytes(path),
    kind: 'file',
    mode: 0o644,
    owner: { uid: 1000, gid: 100, userName: bytes('ann'), groupName: bytes('') },
    modifyTime: { seconds: 0, nanoseconds: 5 },
    accessTime: undefined,
    birthTime: undefined,
    sizeBytes: [...segments].reduce((sum, segment) => sum + segment.lengthBytes, 0),
    linkTarget: bytes(''),
    hardLinkOrdinal: undefined,
    deviceMajor: 0,
    deviceMinor: 0,
    attributes: [],
    inodeFlags: 0,
    segments,
    ...more,
  }
}

const data = (archiveOffset: number, lengthBytes: number) => ({ kind: 'data', archiveOffset, lengthBytes }) as const

describe('lines for people', () => {
  test('names are escaped, folders end in a slash, trees are indented', () => {
    expect(nameText(entry('a/b\x1b[2J'), false)).toBe('a/b\\u{1b}[2J')
    expect(nameText(entry('a/b\xff'), true)).toBe('  b\\xff')
    expect(nameText(entry('a/b', [], { kind: 'directory' }), false)).toBe('a/b/')
  })

  test('a tree names each folder above the entries once', () => {
    const above = missingFolders()
    expect(above(entry('a/b/c'))).toEqual(['a/', '  b/'])
    expect(above(entry('a/b/d'))).toEqual([])
    expect(above(entry('a/e', [], { kind: 'directory' }))).toEqual([])
    expect(above(entry('a/e/f'))).toEqual([])
    expect(above(entry('g/b/c'))).toEqual(['g/', '  b/'])
  })

  test('the long form', () => {
    const one = entry('dir/a', [data(0, 2000), { kind: 'zero', lengthBytes: 1000 }])
    const cells = longCells(one, { storedBytes: 2000, sharedBytes: 500 }, undefined, false, (value) =>
      formatSize(value),
    )
    expect(cells).toEqual([
      '-rw-r--r--',
      'ann/100',
      '3.0 kB',
      '2.0 kB',
      '1.5 kB',
      '500 B',
      expect.stringMatching(/^19(69|70)-/),
      'dir/a',
    ])
  })

  test('links say where they lead, devices what they are', () => {
    const use = { storedBytes: 0, sharedBytes: 0 }
    const size = (value: number): string => formatSize(value)
    expect(
      longCells(entry('l', [], { kind: 'symlink', linkTarget: bytes('\x07x') }), use, undefined, false, size).at(-1),
    ).toBe('l -> \\u{7}x')
    expect(longCells(entry('h', [], { kind: 'hardlink' }), use, bytes('a'), false, size).at(-1)).toBe('h link to a')
    expect(
      longCells(
        entry('n', [], { kind: 'character-device', deviceMajor: 1, deviceMinor: 3 }),
        use,
        undefined,
        false,
        size,
      )[2],
    ).toBe('1,3')
  })
})

describe('JSON', () => {
  test('a file', () => {
    const one = entry('dir/ä'.replace('ä', '\xc3\xa4'), [
      data(0, 10),
      { kind: 'hole', lengthBytes: 5 },
      { kind: 'zero', lengthBytes: 3 },
    ])
    expect(entryDocument(one, { storedBytes: 10, sharedBytes: 4 }, undefined)).toEqual({
      type: 'entry',
      path: 'dir/ä',
      kind: 'file',
      mode: '0644',
      uid: 1000,
      gid: 100,
      userName: 'ann',
      groupName: '',
      modifyTime: { seconds: 0, nanoseconds: 5 },
      sizeBytes: 18,
      storedBytes: 10,
      sharedBytes: 4,
      onlyHereBytes: 6,
      holeBytes: 5,
      zeroBytes: 3,
    })
  })

  test('names that are no UTF-8 keep their bytes beside the shown form', () => {
    const one = entry('x\xff', [], { kind: 'symlink', linkTarget: bytes('\xfe') })
    expect(entryDocument(one, { storedBytes: 0, sharedBytes: undefined }, undefined)).toMatchObject({
      path: 'x\\xff',
      pathHex: '78ff',
      linkTarget: '\\xfe',
      linkTargetHex: 'fe',
    })
  })
})
