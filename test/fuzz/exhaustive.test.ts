/** Damage at any place of a small archive is an error or does nothing. `npm run fuzz -- --exhaustive` tries every place. */
import { describe, expect, it } from 'vitest'
import { tryDamage } from './exhaustive.ts'
import { everything1, everything2 } from './seeds.ts'

// Odd, so that every bit of a byte has its turn.
const strides = { truncation: 17, flip: 131 } as const

it('the archives have every feature within 64 KiB', () => {
  expect(everything1().length).toBeLessThanOrEqual(64 << 10)
  expect(everything2().length).toBeLessThanOrEqual(64 << 10)
})

describe.each([1, 2] as const)('format %i', (format) => {
  it.each(['truncation', 'flip'] as const)('%s', { timeout: 600_000 }, async (kind) => {
    const { tried, wrong } = await tryDamage(format, kind, 5, strides[kind])
    expect(wrong).toEqual([])
    expect(tried).toBeGreaterThan(500)
  })
})
