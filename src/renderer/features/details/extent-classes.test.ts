import { describe, expect, it } from 'vitest'
import type { EntryExtent } from '../../../shared/ipc/archives.ts'
import { bytesByClass, classOfExtent, stripRuns } from './extent-classes.ts'

const extent = (kind: EntryExtent['kind'], offsetBytes: number, lengthBytes: number, users = 0): EntryExtent => ({
  kind,
  offsetBytes,
  lengthBytes,
  archiveOffset: undefined,
  users,
})

const file = [
  extent('data', 0, 100, 2),
  extent('data', 100, 100, 2),
  extent('hole', 200, 400),
  extent('zero', 600, 200),
  extent('data', 800, 150, 1),
  extent('pack', 950, 50),
]

describe('extents as classes', () => {
  it('tell who uses a block, and that it isn’t known yet', () => {
    const names = [1, 2, 3, 4, 5, 1000, undefined].map((users) => classOfExtent({ kind: 'data', users }).name)
    expect(names).toEqual(['only-here', 'shared-2', 'shared-3-4', 'shared-3-4', 'shared-5', 'shared-5', 'unchecked'])
  })

  it('join neighbours of one class into a run', () => {
    expect(stripRuns(file, 1000).map(({ style, start, width }) => [style.name, start, width])).toEqual([
      ['shared-2', 0, 0.2],
      ['hole', 0.2, expect.closeTo(0.6)],
      ['only-here', 0.8, 0.15],
      ['packed', 0.95, 0.05],
    ])
  })

  it('add up to the file, in the order of legends', () => {
    expect(bytesByClass(file).map(({ style, bytes }) => [style.name, bytes])).toEqual([
      ['only-here', 150],
      ['shared-2', 200],
      ['packed', 50],
      ['hole', 600],
    ])
  })
})
