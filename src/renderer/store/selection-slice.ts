/** The cursor and the selection in the table, and the totals of what is selected. */
import type { ByteString } from '../../shared/byte-string.ts'
import type { EntryRow, SelectionTotals } from '../../shared/ipc/archives.ts'
import { rowAt } from './row-pages.ts'
import { nothingSelected, type Selection, selectedCount, selectPaths, toggle } from './selection.ts'
import type { Slice, WindowState } from './store.ts'

/** Where the keyboard is: an index of the view; its row as soon as that is known. */
interface Cursor {
  readonly index: number
  readonly path: ByteString | undefined
}

export interface SelectionSlice {
  readonly selection: Selection
  readonly cursor: Cursor | undefined
  /** Where a range begins that Shift extends. */
  readonly anchor: number
  /** Of `selection`; undefined when nothing is selected or not yet known. */
  readonly totals: SelectionTotals | undefined
  readonly setTotals: (totals: SelectionTotals | undefined) => void
  /** Puts the cursor on a row without selecting it; undefined takes it away. */
  readonly placeCursor: (index: number | undefined, path?: ByteString) => void
  /** Moves the cursor: selects that row alone, or all from the anchor to it, or (`keep`) nothing new. */
  readonly moveCursor: (index: number, how?: 'select' | 'extend' | 'keep') => Promise<void>
  readonly toggleRow: (index: number) => Promise<void>
  readonly selectAllRows: () => void
  readonly clearSelection: () => void
}

/** The row that the details are about: the only one selected. */
export function selectedRow({ selection, cursor, pages }: WindowState): EntryRow | undefined {
  if (cursor === undefined || selection.kind !== 'paths' || selection.paths.size !== 1) return undefined
  const row = rowAt(pages, cursor.index)
  return row !== undefined && selection.paths.has(row.path) ? row : undefined
}

export function countSelected({ selection, view }: Pick<WindowState, 'selection' | 'view'>): number {
  return selectedCount(selection, view?.rowCount ?? 0)
}

export const createSelectionSlice: Slice<SelectionSlice> = (_backend, set, get) => {
  /** Of two moves that had to wait for rows, the later one counts. */
  let latestMove = 0

  /** Everything from the anchor to `index`: by naming the rows, or, for most of a view, by naming all the others. */
  const rangeTo = async (index: number): Promise<Selection> => {
    const { anchor, view, fetchRows } = get()
    const last = (view?.rowCount ?? 0) - 1
    const range = { first: Math.min(anchor, index), last: Math.max(anchor, index) }
    if (view === undefined || range.last - range.first < last / 2)
      return selectPaths((await fetchRows(range)).map(({ path }) => path))
    const before = range.first > 0 ? await fetchRows({ first: 0, last: range.first - 1 }) : []
    const after = range.last < last ? await fetchRows({ first: range.last + 1, last }) : []
    return { kind: 'view', viewId: view.viewId, except: new Set([...before, ...after].map(({ path }) => path)) }
  }

  const clamped = (index: number): number => Math.max(0, Math.min(index, (get().view?.rowCount ?? 0) - 1))

  return {
    selection: nothingSelected,
    cursor: undefined,
    anchor: 0,
    totals: undefined,
    setTotals: (totals) => set({ totals }),

    placeCursor(index, path) {
      latestMove++
      set({ cursor: index === undefined ? undefined : { index, path }, anchor: index ?? 0 })
    },

    async moveCursor(wanted, how = 'select') {
      if ((get().view?.rowCount ?? 0) === 0) return
      const index = clamped(wanted)
      const move = ++latestMove
      const held = rowAt(get().pages, index)
      set({ cursor: { index, path: held?.path }, ...(how === 'extend' ? {} : { anchor: index }) })
      await get().attempt(async () => {
        const row = held ?? (await get().fetchRows({ first: index, last: index }))[0]
        if (row === undefined || move !== latestMove) return
        set({ cursor: { index, path: row.path } })
        if (how === 'select') set({ selection: selectPaths([row.path]) })
        if (how !== 'extend') return
        const selection = await rangeTo(index)
        if (move === latestMove) set({ selection })
      })
    },

    async toggleRow(index) {
      await get().moveCursor(index, 'keep')
      const path = get().cursor?.path
      if (path !== undefined) set(({ selection }) => ({ selection: toggle(selection, path) }))
    },

    selectAllRows() {
      const { view } = get()
      if (view !== undefined && view.rowCount > 0)
        set({ selection: { kind: 'view', viewId: view.viewId, except: new Set() } })
    },

    clearSelection: () => set({ selection: nothingSelected, cursor: undefined, anchor: 0, totals: undefined }),
  }
}
