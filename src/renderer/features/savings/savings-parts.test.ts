import { describe, expect, it } from 'vitest'
import type { Savings } from '../../../shared/sharing/savings.ts'
import { barParts } from './savings-parts.ts'

const savings: Savings = {
  files: 3,
  sizeBytes: 1000,
  withoutHolesBytes: 900,
  withoutDuplicatesBytes: 500,
  storedBytes: 450,
  alsoUsedElsewhereBytes: 0,
  duplicates: { sharedOnDiskBytes: 300, equalContentBytes: 100 },
  packedBytes: 80,
  packingBytes: 50,
}
const sum = (parts: ReturnType<typeof barParts>): number => parts.reduce((bytes, part) => bytes + part.bytes, 0)

describe('the parts of the savings bar', () => {
  it('add up to the size, each reason apart', () => {
    const parts = barParts(savings)
    expect(sum(parts)).toBe(1000)
    expect(parts.map(({ kind, bytes }) => [kind, bytes])).toEqual([
      ['holes', 100],
      ['shared-on-disk', 300],
      ['equal-content', 100],
      ['packing', 50],
      ['stored', 450],
    ])
  })

  it('name no reason for duplicates that isn’t known for all of them', () => {
    const parts = barParts({ ...savings, duplicates: { sharedOnDiskBytes: 300, equalContentBytes: 0 } })
    expect(parts.find(({ kind }) => kind === 'duplicates')?.bytes).toBe(400)
    expect(sum(parts)).toBe(1000)
    expect(sum(barParts({ ...savings, duplicates: undefined }))).toBe(1000)
  })

  it('leave out what saved nothing', () => {
    expect(barParts({ ...savings, sizeBytes: 900, packingBytes: 0, storedBytes: 500 }).map(({ kind }) => kind)).toEqual(
      ['shared-on-disk', 'equal-content', 'stored'],
    )
  })
})
