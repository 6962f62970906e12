import { describe, expect, it } from 'vitest'
import { fc } from '../../../../test/support/fast-check.ts'
import type { FileSystem, Handle, NodeStatus } from '../ports.ts'
import { dataRanges } from './data-ranges.ts'

/** SEEK_DATA and SEEK_HOLE over a string of `d` and `-`, one unit each. */
function seekable(map: string): Pick<FileSystem, 'seekData' | 'seekHole'> {
  return {
    seekData: (_handle, offset) => map.indexOf('d', offset),
    seekHole: (_handle, offset) => {
      const hole = map.indexOf('-', offset)
      return offset >= map.length ? offset : hole < 0 ? map.length : hole
    },
  }
}

function rangesOf(map: string, sizeBytes: number, allocatedBytes = 0): string {
  const files = seekable(map) as FileSystem
  const status = { sizeBytes, allocatedBytes } as NodeStatus
  let at = 0
  let found = ''
  for (const { start, end, isHole } of dataRanges(files, 3 as Handle, status)) {
    expect(start).toBe(at)
    expect(end).toBeGreaterThan(start)
    found += (isHole ? '-' : 'd').repeat(end - start)
    at = end
  }
  expect(at).toBe(sizeBytes)
  return found
}

describe('dataRanges', () => {
  it('covers a file exactly', () => {
    const map = fc.array(fc.constantFrom('d', '-', 'ddd', '----'), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(map, (parts) => {
        const text = parts.join('')
        expect(rangesOf(text, text.length)).toBe(text)
      }),
    )
  })

  it('asks for holes unless every page takes its space and no more', () => {
    const map = `-${'d'.repeat(8191)}`
    expect(rangesOf(map, 8192, 8192)).toBe('d'.repeat(8192))
    for (const allocated of [0, 4096, 8704, 12_288]) expect(rangesOf(map, 8192, allocated)).toBe(map)
  })

  it('covers the size that was asked for when the file grew or shrank meanwhile', () => {
    expect(rangesOf('d-dd--dddd', 4)).toBe('d-dd')
    expect(rangesOf('dddddddddd', 4)).toBe('dddd')
    expect(rangesOf('d-d', 6)).toBe('d-d---')
    expect(rangesOf('', 3)).toBe('---')
  })
})
