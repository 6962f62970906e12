/** The part of a view's rows that is held here: pages around what is shown, a bounded number of them, each with its age. */
import type { EntryRow } from '../../shared/ipc/archives.ts'

/** About a screenful: sorted, each row may come from another part of the archive, which takes main its time. */
export const PAGE_ROWS = 50

/** 6,000 rows: some megabytes, and several screens in each direction. */
const MOST_PAGES = 120

interface RowPage {
  readonly rows: readonly EntryRow[]
  /** Which state of a growing view it was read in. */
  readonly version: number
}

export type RowPages = ReadonlyMap<number, RowPage>

/** Rows from `first` to `last`, both included. */
export interface RowRange {
  readonly first: number
  readonly last: number
}

const pageOf = (row: number): number => Math.floor(row / PAGE_ROWS)

/** The row at an index, where it is held. */
export function rowAt(pages: RowPages, index: number): EntryRow | undefined {
  return pages.get(pageOf(index))?.rows[index % PAGE_ROWS]
}

/** Pages with one more; those farthest from `range` go when there are too many. */
export function withPage(
  pages: RowPages,
  page: number,
  rows: readonly EntryRow[],
  version: number,
  range: RowRange,
): RowPages {
  const next = new Map(pages).set(page, { rows, version })
  const centre = pageOf((range.first + range.last) / 2)
  while (next.size > MOST_PAGES) {
    let farthest = page
    for (const held of next.keys()) if (Math.abs(held - centre) > Math.abs(farthest - centre)) farthest = held
    next.delete(farthest)
  }
  return next
}

/** The first page of a range that is not held in this version, those under way left out; then, with `ahead`, one beyond on either side. */
export function nextPage(
  pages: RowPages,
  range: RowRange,
  rowCount: number,
  version: number,
  underWay: ReadonlySet<number>,
  ahead: boolean,
): number | undefined {
  const lastPage = pageOf(rowCount - 1)
  const from = pageOf(range.first)
  const to = pageOf(Math.min(range.last, rowCount - 1))
  const isMissing = (page: number): boolean =>
    page >= 0 && page <= lastPage && !underWay.has(page) && (pages.get(page)?.version ?? -1) < version
  for (let page = from; page <= to; page++) if (isMissing(page)) return page
  return ahead ? [to + 1, from - 1].find(isMissing) : undefined
}

/** Rows of a range in order where all of them are held. */
export function heldRows(pages: RowPages, { first, last }: RowRange): EntryRow[] | undefined {
  const rows: EntryRow[] = []
  for (let index = first; index <= last; index++) {
    const row = rowAt(pages, index)
    if (row === undefined) return undefined
    rows.push(row)
  }
  return rows
}
