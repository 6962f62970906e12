/** The tables that millions of entries go through, against plain ones. */

import { describe, expect, it } from 'vitest'
import { fc } from '../../../../test/support/fast-check.ts'
import { BitSet, NumberList } from '../number-list.ts'
import { CopiedRanges } from './copied-ranges.ts'
import { PackPlaces } from './pack-places.ts'
import { CloneRecords } from './proof-records.ts'
import { joinNear } from './range-map.ts'

describe('CopiedRanges', () => {
  it('finds for each byte the file that had it first, of those that came about', () => {
    const range = fc.record({
      offset: fc.nat(60),
      length: fc.integer({ min: 1, max: 20 }),
      fileOffset: fc.nat(1000),
      isForgotten: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(range, { maxLength: 30 }), (added) => {
        const ranges = new CopiedRanges()
        const oracle = new Map<number, string>()
        added.forEach(({ offset, length, fileOffset, isForgotten }, ordinal) => {
          for (let at = offset; at < offset + length; ) {
            const piece = ranges.lookUp(at, offset + length - at)
            expect(piece.archiveOffset).toBe(at)
            expect(piece.lengthBytes).toBeGreaterThan(0)
            for (let i = 0; i < piece.lengthBytes; i++) {
              const known = piece.ordinal < 0 ? undefined : `${piece.ordinal} ${piece.fileOffset + i}`
              expect(known).toBe(oracle.get(at + i))
            }
            if (piece.ordinal < 0) {
              ranges.add(at, piece.lengthBytes, ordinal, fileOffset + at - offset)
              for (let i = 0; i < piece.lengthBytes; i++)
                oracle.set(at + i, `${ordinal} ${fileOffset + at - offset + i}`)
            }
            at += piece.lengthBytes
          }
          if (!isForgotten) return
          ranges.forget(ordinal)
          for (const [at, known] of oracle) if (known.startsWith(`${ordinal} `)) oracle.delete(at)
        })
      }),
    )
  })

  it('keeps one range for a file copied in pieces', () => {
    const ranges = new CopiedRanges()
    for (let i = 0; i < 100; i++) ranges.add(4096 * i, 4096, 7, 4096 * i + 512)
    expect(ranges.size).toBe(1)
    expect(ranges.lookUp(8192, 1 << 30)).toEqual({
      archiveOffset: 8192,
      lengthBytes: 98 * 4096,
      ordinal: 7,
      fileOffset: 8704,
    })
  })
})

describe('PackPlaces', () => {
  it('remembers the first file of each place, through its growth', () => {
    const places = new PackPlaces()
    const at = (i: number) => [i % 97, (i * 4096) >>> 0, 4096 + (i % 3)] as const
    for (let i = 0; i < 5000; i++) expect(places.findOrAdd(...at(i), i)).toBe(-1)
    for (let i = 0; i < 5000; i++) expect(places.findOrAdd(...at(i), 9999)).toBe(i)
    places.replace(...at(3), 12345)
    expect(places.findOrAdd(...at(3), 1)).toBe(12345)
  })
})

describe('NumberList and BitSet', () => {
  it('keep what they are given', () => {
    const list = new NumberList()
    for (let i = 0; i < 1000; i++) list.push(2 ** 40 + i)
    list.insert(1, -1)
    expect([list.length, list.at(0), list.at(1), list.at(2), list.at(1000)]).toEqual([
      1001,
      2 ** 40,
      -1,
      2 ** 40 + 1,
      2 ** 40 + 999,
    ])
    const set = new BitSet()
    for (const value of [0, 31, 32, 1_000_000]) set.add(value)
    expect([0, 1, 31, 32, 33, 999_999, 1_000_000, 5_000_000].filter((value) => set.has(value))).toEqual([
      0, 31, 32, 1_000_000,
    ])
  })
})

describe('CloneRecords', () => {
  it('joins clones that follow each other on both sides', () => {
    const records = new CloneRecords()
    records.add(1, 0, 10, -1, 100)
    records.add(1, 10, 10, -1, 110)
    records.add(1, 20, 10, -1, 500)
    records.add(2, 30, 10, -1, 510)
    expect(records.length).toBe(3)
    expect(records.at(0)).toEqual({ ordinal: 1, fileOffset: 0, lengthBytes: 20, source: -1, sourceOffset: 100 })
  })
})

describe('joinNear', () => {
  it('asks once for what lies together', () => {
    const at = (offset: number, lengthBytes: number) => ({ offset, lengthBytes })
    expect(joinNear([at(100, 10), at(0, 10), at(12, 5), at(13, 1)], 2)).toEqual([at(0, 17), at(100, 10)])
  })
})
