import { describe, expect, it } from 'vitest'
import { fc } from '../../../../../test/support/fast-check.ts'
import { blockClass, classCount } from '../../../../shared/sharing/block-class.ts'
import { classColumns, type LitSpot, litMarks, markAt } from './lit.ts'

const { sharedBy2, sharedBy5, hole } = blockClass

function bytes(of: { readonly [Code in number]?: number }): number[] {
  return Array.from({ length: classCount }, (_, code) => of[code] ?? 0)
}

describe('what is lit', () => {
  it('shows the classes that were chosen where it is wider than they are', () => {
    const base = { row: 0, x: 0, width: 1, bytesByClass: bytes({ [sharedBy2]: 5.2e6, [sharedBy5]: 3.2e6 }) }
    const web = { row: 3, x: 0, width: 1, bytesByClass: bytes({ [sharedBy5]: 3.2e6 }) }
    expect(litMarks([web, base], 8, 600)).toEqual([
      { row: 0, x: 0, width: 8, columns: [...Array(5).fill(sharedBy2), ...Array(3).fill(sharedBy5)] },
      { row: 3, x: 0, width: 8, columns: Array(8).fill(sharedBy5) },
    ])
  })

  it('is drawn as it is where it is wide enough', () => {
    const spot = { row: 1, x: 20, width: 8, bytesByClass: bytes({ [sharedBy2]: 1 }) }
    expect(litMarks([spot], 8, 600)).toEqual([{ row: 1, x: 20, width: 8, columns: undefined }])
  })

  it('is one where marks would touch, and has the classes of all', () => {
    const first = { row: 0, x: 50, width: 1, bytesByClass: bytes({ [sharedBy2]: 1 }) }
    const next = { row: 0, x: 53, width: 1, bytesByClass: bytes({ [sharedBy5]: 3 }) }
    const [mark, ...others] = litMarks([first, next], 8, 600)
    expect(others).toEqual([])
    expect(mark?.columns).toEqual([...Array(2).fill(sharedBy2), ...Array(6).fill(sharedBy5)])
    expect(litMarks([first, { ...next, row: 1 }], 8, 600)).toHaveLength(2)
    expect(litMarks([first, { ...next, x: 90 }], 8, 600)).toHaveLength(2)
  })

  it('covers every spot, stays in its row and has a class for each pixel of a widened mark', () => {
    const spotArbitrary = fc.record({
      row: fc.nat(2),
      x: fc.nat(99),
      width: fc.integer({ min: 1, max: 30 }),
      bytesByClass: fc.array(fc.nat(5), { minLength: classCount, maxLength: classCount }),
    })
    fc.assert(
      fc.property(fc.array(spotArbitrary), (found) => {
        const spots: LitSpot[] = found.map((spot) => ({ ...spot, width: Math.min(spot.width, 100 - spot.x) }))
        const marks = litMarks(spots, 8, 100)
        for (const { row, x, width } of spots) {
          expect(markAt(marks, { row, x })).toBeDefined()
          expect(markAt(marks, { row, x })).toBe(markAt(marks, { row, x: x + width - 1 }))
        }
        for (const { x, width, columns } of marks) {
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x + width).toBeLessThanOrEqual(100)
          expect(width).toBeGreaterThanOrEqual(8)
          if (columns) expect(columns).toHaveLength(width)
        }
      }),
    )
  })

  it('gives every class a pixel, and holes what nothing else has', () => {
    expect(classColumns(bytes({ [sharedBy2]: 1e9, [sharedBy5]: 1, [hole]: 1e12 }), 4)).toEqual([
      ...Array(3).fill(sharedBy2),
      sharedBy5,
    ])
    expect(classColumns(bytes({ [hole]: 5 }), 2)).toEqual([hole, hole])
    expect(classColumns(bytes({}), 2)).toBeUndefined()
  })
})
