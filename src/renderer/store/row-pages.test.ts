import { describe, expect, it } from 'vitest'
import type { ByteString } from '../../shared/byte-string.ts'
import type { EntryRow } from '../../shared/ipc/archives.ts'
import { heldRows, nextPage, PAGE_ROWS, type RowPages, rowAt, withPage } from './row-pages.ts'

function page(number: number): EntryRow[] {
  return Array.from({ length: PAGE_ROWS }, (_, i) => ({
    ordinal: number * PAGE_ROWS + i,
    path: `${number * PAGE_ROWS + i}` as ByteString,
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

const none: RowPages = new Map()
const nothingUnderWay = new Set<number>()
const million = 1_000_000

describe('row pages', () => {
  it('find a row by its index', () => {
    const pages = withPage(none, 7, page(7), 0, { first: 350, last: 370 })
    expect(rowAt(pages, 392)?.path).toBe('392')
    expect(rowAt(pages, 342)).toBeUndefined()
  })

  it('keep a bounded number, the ones near what is shown', () => {
    let pages = none
    for (let i = 0; i < 500; i++)
      pages = withPage(pages, i, page(i), 0, { first: i * PAGE_ROWS, last: i * PAGE_ROWS + 40 })
    expect(pages.size).toBe(120)
    expect(pages.has(499)).toBe(true)
    expect(pages.has(0)).toBe(false)
  })

  it('ask for what is shown first, then for one page on either side, then for nothing', () => {
    const range = { first: 475, last: 505 }
    const asked: number[] = []
    let pages = none
    for (let next: number | undefined; ; ) {
      next = nextPage(pages, range, million, 0, nothingUnderWay, true)
      if (next === undefined) break
      asked.push(next)
      pages = withPage(pages, next, page(next), 0, range)
    }
    expect(asked).toEqual([9, 10, 11, 8])
    const shown = new Map([...pages].filter(([number]) => number === 9 || number === 10))
    expect(nextPage(shown, range, million, 0, nothingUnderWay, false)).toBeUndefined()
  })

  it('leave out what is under way, and ask again for what is older than the view', () => {
    const range = { first: 0, last: 30 }
    expect(nextPage(none, range, 50, 0, new Set([0]), true)).toBeUndefined()
    const pages = withPage(none, 0, page(0), 3, range)
    expect(nextPage(pages, range, 50, 3, nothingUnderWay, true)).toBeUndefined()
    expect(nextPage(pages, range, 50, 4, nothingUnderWay, true)).toBe(0)
  })

  it('never ask beyond the last row', () => {
    expect(nextPage(none, { first: 0, last: 30 }, 0, 0, nothingUnderWay, true)).toBeUndefined()
    const pages = withPage(none, 0, page(0), 0, { first: 0, last: 30 })
    expect(nextPage(pages, { first: 0, last: 5000 }, PAGE_ROWS, 0, nothingUnderWay, true)).toBeUndefined()
  })

  it('give a range only when all of it is held', () => {
    const pages = withPage(none, 1, page(1), 0, { first: 50, last: 99 })
    expect(heldRows(pages, { first: 75, last: 77 })?.map(({ ordinal }) => ordinal)).toEqual([75, 76, 77])
    expect(heldRows(pages, { first: 99, last: 100 })).toBeUndefined()
  })
})
