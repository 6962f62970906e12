import { describe, expect, it } from 'vitest'
import { millionExtents } from '../../../test/support/million-extents.ts'
import { PictureIndex } from './picture-index.ts'
import { freedBytes, otherPlaces } from './sharers.ts'

describe('a million extents', () => {
  const map = millionExtents()
  const before = process.memoryUsage()
  const index = new PictureIndex(map)
  const after = process.memoryUsage()

  it('take little memory', () => {
    const columns = [map.extents, map.intervals, map.files, map.folders].flatMap((part) => Object.values(part))
    const bytes = columns.reduce((sum, column) => sum + (ArrayBuffer.isView(column) ? column.byteLength : 0), 0)
    expect(map.extents.files.length).toBe(1_000_000)
    expect(bytes).toBeLessThan(120e6)
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(120e6)
  })

  it('are all found again', () => {
    expect(otherPlaces(index, { file: 0, offset: 0, lengthBytes: 163_840 }, 200).ranges.length).toBeGreaterThan(0)
    expect(freedBytes(index, (file) => file >= 50_000).certainBytes).toBeGreaterThan(0)
  })
})
