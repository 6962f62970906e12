import { describe, expect, it } from 'vitest'
import { type ByteString, textToByteString } from '../../../../shared/byte-string.ts'
import type { EntryRow } from '../../../../shared/ipc/archives.ts'
import type { RowRange } from '../../../store/row-pages.ts'
import { movedTo } from './table-keys.ts'
import { findByPrefix } from './type-ahead.ts'

function rowsOf(names: readonly string[]): EntryRow[] {
  return names.map((name, ordinal) => ({
    ordinal,
    path: textToByteString(`folder/${name}`),
    kind: 'file',
    sizeBytes: 0,
    storedBytes: 0,
    sharedBytes: 0,
    modifyTime: { seconds: 0, nanoseconds: 0 },
    mode: undefined,
    linkTarget: '' as ByteString,
    implied: false,
  }))
}

const wanted = (): boolean => true

describe('typing the beginning of a name', () => {
  const rows = rowsOf(['alpha', 'beta', 'Über', 'bravo', 'alp'])
  const fetch = async ({ first, last }: RowRange) => rows.slice(first, last + 1)
  const find = (typed: string, start: number) => findByPrefix(typed, start, rows.length, fetch, wanted)

  it('goes on from the cursor and around the end, in either case', async () => {
    expect(await find('b', 0)).toBe(1)
    expect(await find('b', 2)).toBe(3)
    expect(await find('B', 4)).toBe(1)
    expect(await find('üb', 3)).toBe(2)
  })

  it('stays where the name still fits, and says when there is none', async () => {
    expect(await find('alp', 4)).toBe(4)
    expect(await find('x', 2)).toBeUndefined()
  })

  it('looks through a long list in parts, not further than it can answer in time, and stops when unwanted', async () => {
    const asked: RowRange[] = []
    const far = async (range: RowRange) => {
      asked.push(range)
      return rowsOf(Array.from({ length: range.last - range.first + 1 }, () => 'same'))
    }
    expect(await findByPrefix('x', 999_500, 1_000_000, far, wanted)).toBeUndefined()
    expect(asked.slice(0, 2)).toEqual([
      { first: 999_500, last: 999_999 },
      { first: 0, last: 999 },
    ])
    expect(asked.reduce((sum, { first, last }) => sum + last - first + 1, 0)).toBe(50_000)
    expect(await findByPrefix('same', 0, 1_000_000, far, () => false)).toBeUndefined()
  })
})

describe('moving the cursor', () => {
  it.each([
    ['ArrowDown', undefined, 0],
    ['ArrowUp', undefined, 99],
    ['ArrowUp', 5, 4],
    ['PageDown', 5, 25],
    ['PageUp', 25, 5],
    ['Home', 5, 0],
    ['End', 5, 99],
    ['x', 5, undefined],
  ])('%s from %s goes to %s', (key, from, to) => {
    expect(movedTo(key, from, 20, 100)).toBe(to)
  })
})
