import { describe, expect, it } from 'vitest'
import { fc } from '../../../../test/support/fast-check.ts'
import { DataRegions } from './data-regions.ts'

describe('DataRegions', () => {
  it('agrees with a list of single blocks', () => {
    const part = fc.record({ isData: fc.boolean(), blocks: fc.integer({ min: 1, max: 5 }) })
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 20 }),
        fc.nat(60),
        fc.integer({ min: 1, max: 12 }),
        (parts, at, length) => {
          const regions = new DataRegions()
          const isData = [false]
          for (const { isData: data, blocks } of parts) {
            if (data) regions.append(isData.length, blocks)
            for (let i = 0; i < blocks; i++) isData.push(data)
          }
          const asked = Array.from({ length }, (_, i) => isData[at + i] === true)
          expect(regions.contains(at, length)).toBe(asked.every(Boolean))
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('holds nothing at first', () => {
    expect(new DataRegions().contains(0, 1)).toBe(false)
  })
})
