import { describe, expect, it } from 'vitest'
import { extentFlags, type PhysicalExtent } from '../ports.ts'
import { compareRanges, hasPending } from './proof-compare.ts'

const extent = (logicalBytes: number, physicalBytes: number, lengthBytes: number, flags = 0): PhysicalExtent => ({
  logicalBytes,
  physicalBytes,
  lengthBytes,
  flags,
})

describe('compareRanges', () => {
  it('finds the same blocks at other offsets and in other pieces', () => {
    const a = [extent(0, 1000, 50), extent(50, 1050, 50)]
    const b = [extent(200, 990, 100), extent(300, 5000, 10)]
    expect(compareRanges(a, 0, b, 210, 100)).toEqual({ sharedBytes: 90, uncheckedBytes: 0, elsewhereBytes: 10 })
  })

  it('calls a hole on one side something else, on both sides nothing', () => {
    expect(compareRanges([extent(0, 100, 10)], 0, [], 0, 30)).toEqual({
      sharedBytes: 0,
      uncheckedBytes: 0,
      elsewhereBytes: 10,
    })
  })

  it('checks nothing where a map or a place is unknown', () => {
    const known = [extent(0, 100, 30)]
    const unchecked = { sharedBytes: 0, uncheckedBytes: 30, elsewhereBytes: 0 }
    expect(compareRanges(undefined, 0, known, 0, 30)).toEqual(unchecked)
    for (const flag of [extentFlags.unknown, extentFlags.delayedAllocation, extentFlags.inline]) {
      expect(compareRanges([extent(0, 100, 30, flag)], 0, known, 0, 30)).toEqual(unchecked)
    }
    expect(hasPending([extent(0, 0, 30, extentFlags.delayedAllocation)])).toBe(true)
    expect(hasPending(known)).toBe(false)
  })

  it('takes compressed extents as a whole', () => {
    const encoded = (logical: number, physical: number, length: number) => [
      extent(logical, physical, length, extentFlags.encoded),
    ]
    expect(compareRanges(encoded(0, 100, 30), 0, encoded(60, 100, 30), 60, 30).sharedBytes).toBe(30)
    expect(compareRanges(encoded(0, 100, 30), 0, encoded(60, 100, 20), 60, 20).uncheckedBytes).toBe(20)
    expect(compareRanges(encoded(0, 100, 30), 0, encoded(60, 90, 30), 60, 30).uncheckedBytes).toBe(30)
  })
})
