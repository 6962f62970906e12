import { describe, expect, it } from 'vitest'
import { fc } from '../../../../test/support/fast-check.ts'
import { IntervalMap, type IntervalPart } from './interval-map.ts'

/** One target for each unit, or -1: what a map is meant to be. */
class UnitMap {
  readonly #targets: number[]

  constructor(units: number) {
    this.#targets = new Array<number>(units).fill(-1)
  }

  insert(start: number, length: number, target: number): void {
    for (let i = 0; i < length; i++) {
      if (this.#targets[start + i] === -1) this.#targets[start + i] = target + i
    }
  }

  query(start: number, length: number): number[] {
    return this.#targets.slice(start, start + length)
  }
}

/** The target of each queried unit, after checking that the parts cover the query in order and without gaps. */
function unitsOf(parts: readonly IntervalPart[], start: number, length: number): number[] {
  const units: number[] = []
  let at = start
  for (const part of parts) {
    if (part.start !== at || part.length <= 0) throw new Error(`a part at ${part.start} instead of ${at}`)
    for (let i = 0; i < part.length; i++) units.push(part.target < 0 ? -1 : part.target + i)
    at += part.length
  }
  if (at !== start + length) throw new Error(`the parts end at ${at} instead of ${start + length}`)
  return units
}

/** A generator that repeats itself, for orders that differ between runs of a loop but not between runs of the test. */
function shuffled(count: number, seed: number): number[] {
  const numbers = Array.from({ length: count }, (_, i) => i)
  let state = seed
  for (let i = count - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const other = state % (i + 1)
    const kept = numbers[i] ?? 0
    numbers[i] = numbers[other] ?? 0
    numbers[other] = kept
  }
  return numbers
}

describe('IntervalMap', () => {
  it('agrees with a map of single units', () => {
    const range = fc.record({ start: fc.nat(90), length: fc.integer({ min: 1, max: 30 }) })
    const step = fc.record({ range, target: fc.option(fc.nat(500), { nil: undefined }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const map = new IntervalMap()
        const oracle = new UnitMap(120)
        for (const { range: at, target } of steps) {
          if (target !== undefined) {
            map.insert(at.start, at.length, target)
            oracle.insert(at.start, at.length, target)
          }
          expect(unitsOf(map.query(at.start, at.length), at.start, at.length)).toEqual(
            oracle.query(at.start, at.length),
          )
        }
        expect(unitsOf(map.query(0, 120), 0, 120)).toEqual(oracle.query(0, 120))
      }),
    )
  })

  // 3000 intervals that can't be joined: leaves split several times, also those that were split before.
  it.each([
    ['ascending', shuffled(3000, 1).sort((a, b) => a - b)],
    ['descending', shuffled(3000, 1).sort((a, b) => b - a)],
    ['random', shuffled(3000, 7)],
  ])('agrees with it over many leaves filled in %s order', (_order, order) => {
    const map = new IntervalMap()
    const oracle = new UnitMap(12_000)
    for (const i of order) {
      map.insert(i * 4, 3, 1_000_000 - i * 10)
      oracle.insert(i * 4, 3, 1_000_000 - i * 10)
    }
    expect(unitsOf(map.query(0, 12_000), 0, 12_000)).toEqual(oracle.query(0, 12_000))
    for (let i = 0; i < 12_000; i += 61) {
      expect(unitsOf(map.query(i, 9), i, 9)).toEqual(oracle.query(i, 9))
    }
    // Ranges over several leaves fill the gaps and nothing else.
    for (const [start, length] of [
      [2001, 4000],
      [0, 3],
      [11_990, 10],
      [0, 12_000],
    ] as const) {
      map.insert(start, length, 5_000_000 + start)
      oracle.insert(start, length, 5_000_000 + start)
      expect(unitsOf(map.query(0, 12_000), 0, 12_000)).toEqual(oracle.query(0, 12_000))
    }
  })

  it('keeps the first target', () => {
    const map = new IntervalMap()
    map.insert(100, 10, 1000)
    map.insert(95, 20, 2000)
    expect(map.query(90, 30)).toEqual([
      { start: 90, length: 5, target: -1 },
      { start: 95, length: 5, target: 2000 },
      { start: 100, length: 10, target: 1000 },
      { start: 110, length: 5, target: 2015 },
      { start: 115, length: 5, target: -1 },
    ])
  })

  it('takes target 0 for a place like any other', () => {
    const map = new IntervalMap()
    map.insert(10, 5, 0)
    map.insert(10, 5, 700)
    expect(map.query(10, 5)).toEqual([{ start: 10, length: 5, target: 0 }])
  })

  it('joins what goes on, and only that', () => {
    const map = new IntervalMap()
    for (let i = 0; i < 10; i++) map.insert(i * 4096, 4096, 8192 + i * 4096)
    expect(map.query(0, 40_960)).toEqual([{ start: 0, length: 40_960, target: 8192 }])
    map.insert(40_960, 4096, 0)
    expect(map.query(36_864, 8192)).toEqual([
      { start: 36_864, length: 4096, target: 45_056 },
      { start: 40_960, length: 4096, target: 0 },
    ])
  })

  it('holds offsets beyond 2^32', () => {
    const map = new IntervalMap()
    map.insert(2 ** 50, 2 ** 40, 2 ** 45)
    expect(map.query(2 ** 50 + 4096, 4096)).toEqual([{ start: 2 ** 50 + 4096, length: 4096, target: 2 ** 45 + 4096 }])
    expect(map.query(2 ** 50 - 1, 1)).toEqual([{ start: 2 ** 50 - 1, length: 1, target: -1 }])
  })
})
