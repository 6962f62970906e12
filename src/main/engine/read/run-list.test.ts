import { expect, test } from 'vitest'
import { fc } from '../../../../test/support/fast-check.ts'
import { RunList } from './run-list.ts'

const run = fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 12 }))

test('has each byte once, in order, whatever was added', () => {
  fc.assert(
    fc.property(fc.array(run, { maxLength: 12 }), fc.nat(60), fc.nat(20), (runs, at, length) => {
      const list = new RunList()
      const bytes = new Set<number>()
      for (const [start, runLength] of runs) {
        list.add(start, start + runLength)
        for (let i = 0; i < runLength; i++) bytes.add(start + i)
      }
      list.settle()
      expect(list.bytes).toBe(bytes.size)
      const found: number[] = []
      for (let i = 0; i < list.length; i++) for (let at = list.startAt(i); at < list.endAt(i); at++) found.push(at)
      expect(found).toEqual([...bytes].sort((a, b) => a - b))
      const within = [...bytes].filter((byte) => byte >= at && byte < at + length)
      expect(list.overlap(at, at + length)).toBe(within.length)
    }),
  )
})
