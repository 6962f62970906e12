import { expect, it } from 'vitest'
import { blockClass } from '../../../../shared/sharing/block-class.ts'
import type { SharingTotals } from '../../../../shared/sharing/sharing-map.ts'
import { wordsIn } from '../../../lib/words.test-support.ts'
import { legendEntries } from './legend.tsx'

const { format } = wordsIn('en')

it('adds up to the sentence above it, and tells apart what isn’t seen on the map', () => {
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
  const drawn = new Set<number>([blockClass.sharedBy2, blockClass.sharedBy3To4, blockClass.sharedWithOthers])
  const entries = legendEntries({ totals, bytesByClass }, drawn, format)
  expect(entries.map(({ code, bytes, seen }) => [code, format.size(bytes), seen])).toEqual([
    [blockClass.onlyHere, '16 kB', 'when-zoomed'],
    [blockClass.sharedBy2, '26 MB', 'on-map'],
    [blockClass.sharedBy3To4, '180 MB', 'on-map'],
    [blockClass.sharedWithOthers, '638 MB', 'on-map'],
    [blockClass.hole, '33.6 GB', 'elsewhere'],
  ])
  // Until the map was drawn it isn't known what isn't seen on it.
  expect(legendEntries({ totals, bytesByClass }, undefined, format)[0]?.seen).toBe('on-map')
})
