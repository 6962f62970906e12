import { describe, expect, test } from 'vitest'
import type { Segment } from '../entry.ts'
import type { Handle } from '../ports.ts'
import { compareHoles } from './holes.ts'

const block = 4096
const handle = 3 as Handle

/** A file with data in some blocks; the letter of each: `d`ata or `.` hole. Its last block may be a part only. */
function onDisk(map: string, sizeBytes = map.length * block) {
  const next = (letter: string, offset: number): number => {
    const at = map.indexOf(letter, Math.floor(offset / block))
    return at < 0 ? -1 : Math.max(offset, at * block)
  }
  return {
    seekData: (_: Handle, offset: number) => next('d', offset),
    seekHole: (_: Handle, offset: number) => {
      const at = next('.', offset)
      return at < 0 ? sizeBytes : at
    },
  }
}

const segments = (...list: readonly (readonly [Segment['kind'], number])[]): Segment[] =>
  list.map(([kind, lengthBytes]): Segment => {
    if (kind === 'data') return { kind, lengthBytes, archiveOffset: 0 }
    return kind === 'pack' ? { kind, lengthBytes, pack: 0, packOffset: 0 } : { kind, lengthBytes }
  })

const compare = (map: string, list: readonly Segment[], exact = false) =>
  compareHoles(onDisk(map), handle, list, block, exact)

describe('holes', () => {
  const stored = segments(['data', block], ['hole', 2 * block], ['zero', block], ['pack', block])

  test('equal, or with zeros as holes', () => {
    expect(compare('d..dd', stored)).toEqual({ filledBytes: 0, missingBytes: 0 })
    expect(compare('d...d', stored)).toEqual({ filledBytes: 0, missingBytes: 0 })
    expect(compare('d..dd', stored, true)).toEqual({ filledBytes: 0, missingBytes: 0 })
  })

  test('filled and missing ones are counted in bytes', () => {
    expect(compare('dd.dd', stored)).toEqual({ filledBytes: block, missingBytes: 0 })
    expect(compare('ddddd', stored)).toEqual({ filledBytes: 2 * block, missingBytes: 0 })
    expect(compare('d...d', stored, true)).toEqual({ filledBytes: 0, missingBytes: block })
    expect(compare('.....', stored, true)).toEqual({ filledBytes: 0, missingBytes: 3 * block })
  })

  test('parts of blocks can’t be holes, but for the last', () => {
    const odd = segments(['pack', 100], ['hole', 2 * block - 200], ['pack', 100], ['hole', 50])
    expect(compareHoles(onDisk('ddd', 2 * block + 50), handle, odd, block, true)).toEqual({
      filledBytes: 50,
      missingBytes: 0,
    })
    expect(compareHoles(onDisk('dd.', 2 * block + 50), handle, odd, block, true)).toEqual({
      filledBytes: 0,
      missingBytes: 0,
    })
  })

  test('files of nothing', () => {
    expect(compare('', [])).toEqual({ filledBytes: 0, missingBytes: 0 })
    expect(compare('....', segments(['hole', 4 * block]))).toEqual({ filledBytes: 0, missingBytes: 0 })
  })
})
