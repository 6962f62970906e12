import { describe, expect, it } from 'vitest'
import type { Segment } from '../entry.ts'
import { SegmentList } from './segment-list.ts'

const data = (lengthBytes: number, archiveOffset: number): Segment => ({ kind: 'data', lengthBytes, archiveOffset })
const pack = (lengthBytes: number, number: number, packOffset: number): Segment => ({
  kind: 'pack',
  lengthBytes,
  pack: number,
  packOffset,
})
const hole = (lengthBytes: number): Segment => ({ kind: 'hole', lengthBytes })
const zero = (lengthBytes: number): Segment => ({ kind: 'zero', lengthBytes })

function listOf(...segments: Segment[]): readonly Segment[] {
  const list = new SegmentList()
  for (const segment of segments) list.add(segment)
  return list.segments
}

describe('SegmentList', () => {
  it('joins what goes on', () => {
    expect(listOf(data(4096, 4096), data(8192, 8192), data(4096, 16384))).toEqual([data(16384, 4096)])
    expect(listOf(pack(10, 3, 0), pack(5, 3, 10))).toEqual([pack(15, 3, 0)])
    expect(listOf(hole(1), hole(2))).toEqual([hole(3)])
    expect(listOf(zero(1), zero(2))).toEqual([zero(3)])
  })

  it.each([
    ['data elsewhere', data(4096, 4096), data(4096, 12288)],
    ['the same data again', data(4096, 4096), data(4096, 4096)],
    ['another pack', pack(10, 3, 0), pack(5, 4, 10)],
    ['a gap in the pack', pack(10, 3, 0), pack(5, 3, 11)],
    ['a zero after a hole', hole(1), zero(1)],
    ['a hole after a zero', zero(1), hole(1)],
    ['a pack after data that ends at its offset', data(4096, 4096), pack(5, 0, 8192)],
  ])('keeps apart: %s', (_what, first, second) => {
    expect(listOf(first, second)).toEqual([first, second])
  })
})
