import { describe, expect, it } from 'vitest'
import { fc } from '../../../../test/support/fast-check.ts'
import type { Segment } from '../entry.ts'
import { planContent } from './content-plan.ts'

const block = 8
const lengths = fc.integer({ min: 1, max: 40 })
const segment: fc.Arbitrary<Segment> = fc.oneof(
  fc.record({ kind: fc.constant('data' as const), lengthBytes: lengths, archiveOffset: fc.nat(100) }),
  fc.record({ kind: fc.constant('pack' as const), lengthBytes: lengths, pack: fc.nat(3), packOffset: fc.nat(50) }),
  fc.record({ kind: fc.constantFrom('hole' as const, 'zero' as const), lengthBytes: lengths }),
)

describe('planContent', () => {
  it('covers every byte once, in order, from where the segments say', () => {
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
        const source = segments.flatMap((one) =>
          Array.from({ length: one.lengthBytes }, (_, i) => {
            if (one.kind === 'data') return `data ${one.archiveOffset + i}`
            return one.kind === 'pack' ? `pack ${one.pack} ${one.packOffset + i}` : one.kind
          }),
        )
        const planned = [...planContent(segments, block)].flatMap((action) =>
          Array.from({ length: action.lengthBytes }, (_, i) => {
            if (action.kind === 'clone' || action.kind === 'copy') return `data ${action.archiveOffset + i}`
            return action.kind === 'pack' ? `pack ${action.pack} ${action.packOffset + i}` : action.kind
          }),
        )
        expect(planned).toEqual(source)
      }),
    )
  })

  it('clones whole blocks only, and leaves none of them to a copy', () => {
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
        for (const action of planContent(segments, block)) {
          if (action.kind === 'clone') {
            expect([action.fileOffset % block, action.archiveOffset % block, action.lengthBytes % block]).toEqual([
              0, 0, 0,
            ])
          } else if (action.kind === 'copy') {
            if (action.reason === 'packed') expect(action.lengthBytes).toBeLessThan(block)
            else expect(action.fileOffset % block).not.toBe(action.archiveOffset % block)
          }
        }
      }),
    )
  })

  it('joins runs that follow each other in the archive', () => {
    const run = (archiveOffset: number): Segment => ({ kind: 'data', lengthBytes: 8, archiveOffset })
    expect([...planContent([run(16), run(24), run(64)], block)]).toEqual([
      { kind: 'clone', fileOffset: 0, lengthBytes: 16, archiveOffset: 16 },
      { kind: 'clone', fileOffset: 16, lengthBytes: 8, archiveOffset: 64 },
    ])
  })
})
