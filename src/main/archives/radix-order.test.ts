import { describe, expect, it } from 'vitest'
import { fc } from '../../../test/support/fast-check.ts'
import { radixSort } from './radix-order.ts'

function naive(rows: readonly number[], keys: readonly number[]): number[] {
  return [...rows].sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0))
}

describe('radixSort', () => {
  const keys = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 2 ** 52, -(2 ** 52), 5e-324),
  )

  it('orders few rows and many as a stable comparison does', () => {
    const many = fc.array(keys, { minLength: 2100, maxLength: 2600 })
    fc.assert(
      fc.property(fc.oneof(fc.array(keys, { maxLength: 50 }), many), (values) => {
        const rows = Uint32Array.from(values, (_, i) => values.length - 1 - i)
        const expected = naive([...rows], values)
        radixSort(rows, Float64Array.from(values))
        expect([...rows]).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })

  it('leaves rows of equal keys as they are', () => {
    const rows = Uint32Array.from({ length: 5000 }, (_, i) => i)
    radixSort(rows, new Float64Array(5000).fill(7))
    expect(rows).toEqual(Uint32Array.from({ length: 5000 }, (_, i) => i))
  })
})
