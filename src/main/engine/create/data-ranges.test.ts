import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FileSystem, Handle } from '../ports.ts'
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

function rangesOf(map: string, sizeBytes: number): string {
  const files = seekable(map) as FileSystem
  let at = 0
  let found = ''
  for (const { start, end, isHole } of dataRanges(files, 3 as Handle, sizeBytes)) {
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

  it('covers the size that was asked for when the file grew or shrank meanwhile', () => {
    expect(rangesOf('d-dd--dddd', 4)).toBe('d-dd')
    expect(rangesOf('dddddddddd', 4)).toBe('dddd')
    expect(rangesOf('d-d', 6)).toBe('d-d---')
    expect(rangesOf('', 3)).toBe('---')
  })
})
