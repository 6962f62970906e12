import { describe, expect, test } from 'vitest'
import type { ByteString } from '../../../shared/byte-string.ts'
import type { Entry, Segment } from '../entry.ts'
import { archiveUse, storedOnly, UseMap } from './archive-use.ts'

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
const pack = (number: number, packOffset: number, lengthBytes: number) =>
  ({ kind: 'pack', pack: number, packOffset, lengthBytes }) as const
const offsetOf = (segment: Segment): number => (segment.kind === 'data' ? segment.archiveOffset : 0)

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
          { ordinal: i },
        ),
      )
      const sets = entries.map(
        (one) =>
          new Set(
            [...one.segments].flatMap((s) =>
              s.kind === 'data' ? Array.from({ length: s.lengthBytes }, (_, i) => s.archiveOffset + i) : [],
            ),
          ),
      )
      const use = archiveUse(entries)
      const map = new UseMap()
      for (const one of entries) map.add(one)
      map.finish()
      expect(map.distinctBytes).toBe(new Set(sets.flatMap((set) => [...set])).size)
      for (const [i, one] of entries.entries()) {
        const own = [...(sets[i] ?? [])]
        const shared = own.filter((byte) => sets.some((other, j) => j !== i && other.has(byte)))
        expect(use?.(one)).toEqual({ storedBytes: own.length, sharedBytes: shared.length })
        const sharers = entries.flatMap((_, j) => {
          const sharedBytes = own.filter((byte) => j !== i && sets[j]?.has(byte)).length
          return sharedBytes === 0 ? [] : [{ ordinal: j, sharedBytes }]
        })
        expect([...map.sharersOf(one)]).toEqual(sharers)
        for (const segment of one.segments) {
          const bytes = Array.from({ length: segment.lengthBytes }, (_, k) => offsetOf(segment) + k)
          const users = bytes.map((byte) => sets.filter((set) => set.has(byte)).length)
          expect(map.usersOf(segment)).toBe(Math.max(...users))
        }
      }
    }
  })

  test('beyond the limit it says nothing rather than grow', () => {
    expect(archiveUse([entry('a', [data(0, 1)]), entry('b', [data(0, 1)])], 1)).toBeUndefined()
    expect(storedOnly(entry('a', [data(0, 1)]))).toEqual({ storedBytes: 1, sharedBytes: undefined })
  })
})
