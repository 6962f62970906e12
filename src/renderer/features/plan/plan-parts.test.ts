import { expect, test } from 'vitest'
import type { CreatePlan } from '../../../shared/ipc/plans.ts'
import { copiedParts, copiedTotal, createParts } from './plan-parts.ts'

test('what comes out of packs stands before copies that could have been clones, the largest first', () => {
  const copied = { unaligned: 10, 'different-filesystem': 4000, packed: 7, compressed: 30, refused: 0 }
  expect(copiedParts(copied)).toEqual([
    { kind: 'packed', bytes: 30, reason: 'compressed' },
    { kind: 'packed', bytes: 7, reason: 'packed' },
    { kind: 'copied', bytes: 4000, reason: 'different-filesystem' },
    { kind: 'copied', bytes: 10, reason: 'unaligned' },
  ])
  expect(copiedTotal(copied)).toBe(4047)
})

test('the parts of a plan add up to what the files say, and empty ones are left out', () => {
  const plan: CreatePlan = {
    entries: 3,
    files: 2,
    folders: 1,
    logicalBytes: 1_000_000,
    inputs: [],
    clonedBytes: 600_000,
    packedBytes: 1_000,
    copied: { 'copy-on-write-off': 99_000 },
    holeBytes: 0,
    sharedBytes: 300_000,
    newOnDiskBytes: 100_000,
    freeBytes: undefined,
    canClone: true,
    problems: [],
    problemCount: 0,
    obstacle: undefined,
  }
  const parts = createParts(plan, false)
  expect(parts.map((part) => part.kind)).toEqual(['cloned', 'shared', 'packed', 'copied'])
  expect(parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(1_000_000)
  expect(createParts(plan, true)[2]).toEqual({ kind: 'packed', bytes: 1_000, reason: 'compressed' })
})
