import { describe, expect, test } from 'vitest'
import { fc } from '../../../../test/support/fast-check.ts'
import type { Segment } from '../entry.ts'
import { BlockRuns, HOLE_KEY } from './block-runs.ts'
import { ExtentPlan } from './extent-plan.ts'

const BLOCK = 4096
const data = (archiveBlock: number, blocks: number, cutBytes = 0): Segment => ({
  kind: 'data',
  archiveOffset: archiveBlock * BLOCK,
  lengthBytes: blocks * BLOCK - cutBytes,
})
const pack = (packOffset: number, lengthBytes: number): Segment => ({ kind: 'pack', pack: 0, packOffset, lengthBytes })
const hole = (lengthBytes: number): Segment => ({ kind: 'hole', lengthBytes })
const sizeOf = (segments: readonly Segment[]): number => segments.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0)

/** Extents of each file as “D3 R0 S1”: D and R with their number and length. */
function planned(files: readonly (readonly Segment[])[], maxBlocks = 1 << 14): string[] {
  const plan = new ExtentPlan(maxBlocks)
  const round = () => {
    const runs = new BlockRuns(BLOCK)
    return files.map((segments) => runs.of(segments, sizeOf(segments)))
  }
  for (const runs of round()) plan.collect(runs)
  plan.cut()
  for (const runs of round()) plan.connect(runs)
  const numbers = new Map<number, number>()
  return round().map((runs) =>
    plan
      .extentsOf(runs)
      .map(({ extent, blocks }) => {
        if (extent === HOLE_KEY) return `S×${blocks}`
        const known = numbers.get(extent)
        if (known === undefined) numbers.set(extent, numbers.size)
        return `${known === undefined ? 'D' : 'R'}${numbers.get(extent)}×${blocks}`
      })
      .join(' '),
  )
}

describe('extents', () => {
  test('a file of its own is one extent, its end included', () => {
    expect(planned([[data(1, 10), pack(77, 5)]])).toEqual(['D0×11'])
  })

  test('equal files are one extent, whatever pieces they consist of', () => {
    const file = [data(1, 10), hole(BLOCK * 3), data(20, 2), pack(5, 100)]
    expect(planned([file, file])).toEqual(['D0×10 S×3 D1×3', 'R0×10 S×3 R1×3'])
  })

  test('what is shared in part is cut where it has to be', () => {
    expect(planned([[data(1, 100)], [data(51, 100)]])).toEqual(['D0×50 D1×50', 'R1×50 D2×50'])
  })

  test('a block that repeats within a file', () => {
    expect(planned([[data(5, 1), data(5, 1), data(5, 1)]])).toEqual(['D0×1 R0×1 R0×1'])
    expect(planned([[data(1, 4), data(9, 1), data(1, 4)]])).toEqual(['D0×4 D1×1 R0×4'])
  })

  test('long extents are cut alike in every file', () => {
    expect(planned([[data(1, 10)], [data(1, 10)]], 4)).toEqual(['D0×4 D1×4 D2×2', 'R0×4 R1×4 R2×2'])
  })

  test('ends of different lengths at one place are different', () => {
    expect(planned([[data(1, 2, 10)], [data(1, 2, 11)]])).toEqual(['D0×1 D1×1', 'R0×1 D2×1'])
  })

  test('pieces that don’t fill a block are put together, zeros are none of them', () => {
    expect(planned([[pack(0, 1000), hole(5000), pack(2000, 6000)]])).toEqual(['D0×3'])
    expect(planned([[hole(BLOCK * 2 + 5)]])).toEqual(['S×3'])
    expect(planned([[data(1, 1), hole(100)]])).toEqual(['D0×1 S×1'])
  })

  test('packed content at any place is shared too', () => {
    expect(planned([[pack(123, 3 * BLOCK + 9)], [pack(123, 3 * BLOCK + 9)]])).toEqual(['D0×4', 'R0×4'])
  })
})

test('whatever files share, equal extents mean equal blocks and every file is covered', () => {
  const run = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 12 }), fc.boolean())
  const file = fc.array(run, { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(fc.array(file, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 5 }), (files, maxBlocks) => {
      const maps = files.map((runs) =>
        runs.map(([start, blocks, isHole]) => (isHole ? hole(blocks * BLOCK) : data(start + 1, blocks))),
      )
      const plan = new ExtentPlan(maxBlocks)
      const runs = maps.map((segments) => new BlockRuns(BLOCK).of(segments, sizeOf(segments)))
      for (const one of runs) plan.collect(one)
      plan.cut()
      for (const one of runs) plan.connect(one)
      const contentOf = new Map<number, string>()
      const owners = new Map<string, number>()
      for (const [index, segments] of maps.entries()) {
        const blocks = segments.flatMap((segment) =>
          Array.from({ length: segment.lengthBytes / BLOCK }, (_, i) =>
            segment.kind === 'data' ? segment.archiveOffset / BLOCK + i : -1,
          ),
        )
        let at = 0
        for (const { startBlock, blocks: length, extent } of plan.extentsOf(runs[index] ?? [])) {
          expect(startBlock).toBe(at)
          const content = blocks.slice(at, at + length).join()
          at += length
          if (extent === HOLE_KEY) {
            expect(content).toMatch(/^-1(,-1)*$/)
            continue
          }
          expect(length).toBeLessThanOrEqual(maxBlocks)
          expect(contentOf.get(extent) ?? content).toBe(content)
          contentOf.set(extent, content)
          // No block is stored twice.
          for (const block of content.split(',')) {
            expect(owners.get(block) ?? extent).toBe(extent)
            owners.set(block, extent)
          }
        }
        expect(at).toBe(blocks.length)
      }
    }),
  )
})
