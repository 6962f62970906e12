import { expect, it } from 'vitest'
import { blockClass } from '../../../../shared/sharing/block-class.ts'
import type { SharingTotals } from '../../../../shared/sharing/sharing-map.ts'
import { wordsIn } from '../../../lib/words.test-support.ts'
import { legendEntries } from './legend.tsx'

const { format } = wordsIn('en')

it('adds up to the sentence above it, and tells apart what has no place on the map', () => {
  const totals = {
    onDiskBytes: 844_300_000,
    onlyHereBytes: 16_000,
    sharedBytes: 206_600_000,
    sharedWithOthersBytes: 637_684_000,
    holeBytes: 33_600_000_000,
    inlineBytes: 0,
    uncheckedBytes: 0,
  } as SharingTotals
  const bytesByClass: number[] = []
  bytesByClass[blockClass.onlyHere] = 16_000
  bytesByClass[blockClass.sharedBy2] = 26_300_000
  bytesByClass[blockClass.sharedBy3To4] = 180_300_000
  bytesByClass[blockClass.sharedWithOthers] = 637_684_000
  const entries = legendEntries({ totals, bytesByClass }, format)
  expect(entries.map(({ code, bytes, isOnMap }) => [code, format.size(bytes), isOnMap])).toEqual([
    [blockClass.onlyHere, '16 kB', true],
    [blockClass.sharedBy2, '26 MB', true],
    [blockClass.sharedBy3To4, '180 MB', true],
    [blockClass.sharedWithOthers, '638 MB', true],
    [blockClass.hole, '33.6 GB', false],
  ])
})
