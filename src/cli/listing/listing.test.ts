import { describe, expect, test } from 'vitest'
import type { Entry } from '../../main/engine/index.ts'
import type { ByteString } from '../../shared/byte-string.ts'
import { formatSize } from '../../shared/format-size.ts'
import { archiveUse, storedOnly } from './archive-use.ts'
import { entryDocument } from './entry-json.ts'
import { longCells, missingFolders, modeText, nameText } from './entry-line.ts'

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
    sizeBytes: segments.reduce((sum, segment) => sum + segment.lengthBytes, 0),
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
const pack = (number: number, packOffset: number, lengthBytes: number) =>
  ({ kind: 'pack', pack: number, packOffset, lengthBytes }) as const

describe('which bytes several files use', () => {
  test('overlaps count for everyone who has them', () => {
    const a = entry('a', [data(0, 100)])
    const b = entry('b', [data(50, 100)])
    const c = entry('c', [data(60, 10), data(200, 5)])
    const use = archiveUse([a, b, c])
    expect(use?.(a)).toEqual({ storedBytes: 100, sharedBytes: 50 })
    expect(use?.(b)).toEqual({ storedBytes: 100, sharedBytes: 50 })
    expect(use?.(c)).toEqual({ storedBytes: 15, sharedBytes: 10 })
  })

  test('neighbours share nothing', () => {
    const a = entry('a', [data(0, 100)])
    const b = entry('b', [data(100, 100)])
    const use = archiveUse([a, b])
    expect(use?.(a).sharedBytes).toBe(0)
    expect(use?.(b).sharedBytes).toBe(0)
  })

  test('a file that uses the same bytes twice stores them once and shares them with nobody', () => {
    const a = entry('a', [data(0, 100), { kind: 'hole', lengthBytes: 7 }, data(0, 100)])
    expect(archiveUse([a])?.(a)).toEqual({ storedBytes: 100, sharedBytes: 0 })
  })

  test('packs are places of their own', () => {
    const a = entry('a', [pack(0, 0, 10)])
    const b = entry('b', [pack(1, 0, 10), data(0, 10)])
    const c = entry('c', [pack(1, 5, 10)])
    const use = archiveUse([a, b, c])
    expect([a, b, c].map((one) => use?.(one).sharedBytes)).toEqual([0, 5, 5])
  })

  test('agrees with counting every byte', () => {
    let state = 7
    const random = (limit: number): number => {
      state = (state * 48271) % 2147483647
      return state % limit
    }
    for (let round = 0; round < 50; round++) {
      const entries = Array.from({ length: 1 + random(6) }, (_, i) =>
        entry(
          String(i),
          Array.from({ length: random(5) }, () => data(random(60), 1 + random(20))),
        ),
      )
      const sets = entries.map(
        (one) =>
          new Set(
            one.segments.flatMap((s) =>
              s.kind === 'data' ? Array.from({ length: s.lengthBytes }, (_, i) => s.archiveOffset + i) : [],
            ),
          ),
      )
      const use = archiveUse(entries)
      for (const [i, one] of entries.entries()) {
        const own = [...(sets[i] ?? [])]
        const shared = own.filter((byte) => sets.some((other, j) => j !== i && other.has(byte)))
        expect(use?.(one)).toEqual({ storedBytes: own.length, sharedBytes: shared.length })
      }
    }
  })

  test('beyond the limit it says nothing rather than grow', () => {
    expect(archiveUse([entry('a', [data(0, 1)]), entry('b', [data(0, 1)])], 1)).toBeUndefined()
    expect(storedOnly(entry('a', [data(0, 1)]))).toEqual({ storedBytes: 1, sharedBytes: undefined })
  })
})

describe('lines for people', () => {
  test.each([
    ['file', 0o644, '-rw-r--r--'],
    ['directory', 0o1777, 'drwxrwxrwt'],
    ['file', 0o4755, '-rwsr-xr-x'],
    ['file', 0o6644, '-rwSr-Sr--'],
    ['hardlink', 0o600, 'hrw-------'],
    ['symlink', undefined, 'l?????????'],
  ] as const)('%s %o is %s', (kind, mode, text) => {
    expect(modeText(kind, mode)).toBe(text)
  })

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
