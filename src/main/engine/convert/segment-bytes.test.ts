import { expect, test } from 'vitest'
import { fc } from '../../../../test/support/fast-check.ts'
import type { Segment } from '../entry.ts'
import { FilePieces } from './segment-bytes.ts'

test('finds what ranges consist of, in whatever order they are asked for', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 8 })
  const ranges = fc.array(fc.tuple(fc.nat(70), fc.nat(20)), { maxLength: 6 })
  fc.assert(
    fc.property(lengths, ranges, (sizes, asked) => {
      const segments = sizes.map((lengthBytes, pack): Segment => ({ kind: 'pack', lengthBytes, pack, packOffset: 0 }))
      // Which segment each byte is in, and where.
      const bytes = sizes.flatMap((length, pack) => Array.from({ length }, (_, i) => `${pack}:${i}`))
      const pieces = new FilePieces(segments)
      for (const [start, length] of asked) {
        const found: string[] = []
        for (const { segment, fileOffset, skippedBytes, lengthBytes } of pieces.within(start, start + length)) {
          expect(fileOffset).toBe(start + found.length)
          const pack = segment.kind === 'pack' ? segment.pack : -1
          for (let i = 0; i < lengthBytes; i++) found.push(`${pack}:${skippedBytes + i}`)
        }
        expect(found).toEqual(bytes.slice(start, start + length))
      }
    }),
  )
})
