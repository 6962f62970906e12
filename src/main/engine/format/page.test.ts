import { describe, expect, it } from 'vitest'
import { fc } from '../../../../test/support/fast-check.ts'
import type { ByteString } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import type { Entry, Segment } from '../entry.ts'
import { arbitraryEntries, plainEntry } from './format.test-support.ts'
import { type NewEntry, PageBuilder } from './page.ts'
import { decodePage } from './page-decode.ts'

const BLOCK = 4096

function encode(entries: readonly NewEntry[], firstOrdinal: number): Uint8Array {
  const builder = new PageBuilder(BLOCK, firstOrdinal)
  for (const entry of entries) builder.add(entry)
  return builder.finish()
}

function numbered(entries: readonly NewEntry[], firstOrdinal: number): Entry[] {
  return entries.map((entry, index) => ({ ...entry, ordinal: firstOrdinal + index }))
}

const sample: NewEntry[] = [
  { ...plainEntry, path: 'd' as ByteString, kind: 'directory', mode: 0o755 },
  {
    ...plainEntry,
    path: 'd/a' as ByteString,
    sizeBytes: 8192 + 100 + 4096,
    segments: [
      { kind: 'data', lengthBytes: 8192, archiveOffset: 5 * 4096 },
      { kind: 'hole', lengthBytes: 4096 },
      { kind: 'pack', lengthBytes: 100, pack: 1, packOffset: 7 },
    ],
  },
  { ...plainEntry, path: 'd/b' as ByteString, kind: 'symlink', linkTarget: 'a' as ByteString },
  { ...plainEntry, path: 'd/c' as ByteString, kind: 'hardlink', hardLinkOrdinal: 1 },
]

describe('page', () => {
  it('is laid out as docs/format.md says', () => {
    expect(Buffer.from(encode(sample, 0)).toString('hex')).toBe(
      [
        '00 04 01', // first ordinal 0, 4 entries, 1 owner
        '00 00 04726f6f74 04726f6f74', // uid 0, gid 0, "root", "root"
        '06 64 2f61 62 61 63', // 6 bytes of names: d, /a, b and its target a, c
        '01 00 01 ed03 00 80c49fd50c 05', // directory, shared 0, suffix 1, 0755, owner 0, +1,700,000,000 s, 5 ns
        '00 01 02 a403 00 00 05 e460 03', // file, shared 1, suffix 2, 0644, owner 0, +0 s, 5 ns, size, 3 segments
        '00 02 0a', // data: 2 blocks at 0 + 5
        '02 8020', // hole: 4096
        '01 64 02 0e', // pack: 100 bytes, pack 0 + 1, offset 0 + 7
        '02 02 01 a403 00 00 05 01', // symlink, target of 1 byte
        '03 02 01 a403 00 00 05 02', // hard link to the entry 2 before
      ]
        .join('')
        .replaceAll(' ', ''),
    )
  })

  it('gives back what was put in', () => {
    for (const firstOrdinal of [0, 77, 2 ** 40]) {
      fc.assert(
        fc.property(arbitraryEntries(firstOrdinal, 12), (entries) => {
          expect(decodePage(encode(entries, firstOrdinal), BLOCK, firstOrdinal)).toEqual(
            numbered(entries, firstOrdinal),
          )
        }),
        { numRuns: 150 },
      )
    }
  })

  it('makes the segments of large maps again and again', () => {
    const segments = Array.from({ length: 40_000 }, (_, i): Segment => {
      if (i % 4 === 0)
        return { kind: 'data', lengthBytes: BLOCK * (1 + (i % 3)), archiveOffset: BLOCK * (1 + (i % 999)) }
      if (i % 4 === 1) return { kind: 'pack', lengthBytes: 1 + (i % 7), pack: i % 5, packOffset: i }
      return { kind: i % 4 === 2 ? 'hole' : 'zero', lengthBytes: i }
    })
    const sizeBytes = segments.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0)
    const file = { ...plainEntry, sizeBytes, segments }
    const raw = encode(
      ['a', 'b'].map((path) => ({ ...file, path: path as ByteString })),
      0,
    )
    for (const entry of decodePage(raw, BLOCK)) {
      expect(entry.segments.length).toBe(segments.length)
      expect([...entry.segments]).toEqual(segments)
      expect([...entry.segments]).toEqual(segments)
    }
    expect(() => decodePage(raw.subarray(0, -1), BLOCK)).toThrow(ReftarError)
  })

  it('is refused when cut at any byte', () => {
    const raw = encode(sample, 0)
    for (let length = 0; length < raw.length; length++) {
      expect(() => decodePage(raw.subarray(0, length), BLOCK, 0)).toThrow(ReftarError)
    }
  })

  it('survives any flipped bit and any garbage: entries or a ReftarError', () => {
    const raw = encode(sample, 0)
    for (let bit = 0; bit < raw.length * 8; bit++) {
      const flipped = raw.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      decodeOrRefuse(flipped)
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => decodeOrRefuse(bytes)))
  })
})

function decodeOrRefuse(raw: Uint8Array): void {
  try {
    decodePage(raw, BLOCK)
  } catch (error) {
    if (!(error instanceof ReftarError && error.code === 'damaged')) throw error
  }
}
