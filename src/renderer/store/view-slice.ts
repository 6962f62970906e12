/** What the table shows: a view of main's, of which the rows around the visible ones are held here. */
import { type ByteString, parentPath } from '../../shared/byte-string.ts'
import { type ErrorData, errorData } from '../../shared/errors.ts'
import type { EntryRow, SortColumn, ViewFilter, ViewState } from '../../shared/ipc/archives.ts'
import { currentPlace, visit } from './history.ts'
import { heldRows, nextPage, PAGE_ROWS, type RowPages, type RowRange, withPage } from './row-pages.ts'
import { nothingSelected } from './selection.ts'
import type { Slice, WindowState } from './store.ts'

/** Enough to keep main busy, few enough that what is shown now doesn't wait behind what was scrolled past. */
const MOST_REQUESTS = 2

/** How often rows are read again whose order may have changed while a view grows: each reading takes time from its scan. */
const GROWING_MILLISECONDS = 500

export const noFilter: ViewFilter = { kinds: [], packedOnly: false, sharesWithOrdinal: undefined }

export interface ViewSlice {
  readonly search: string
  /** The folder in which the rows held now were asked for. */
  readonly shownPlace: ByteString
  readonly filter: ViewFilter
  /** The entry that `filter.sharesWithOrdinal` means. */
  readonly sharesWith: ByteString | undefined
  /** Whether a search is limited to the folder that is shown. */
  readonly searchInFolder: boolean
  readonly sort: { readonly column: SortColumn; readonly descending: boolean }
  readonly view: ViewState | undefined
  readonly pages: RowPages
  readonly viewFailure: ErrorData | undefined
  /** Milliseconds since 1970 when the view asked for now was asked for; undefined when it is here. */
  readonly viewAskedAt: number | undefined
  /** Grows by one each time the search field should be focused. */
  readonly searchFocus: number
  readonly enterFolder: (folder: ByteString) => void
  readonly setSearch: (search: string) => void
  readonly setSearchInFolder: (searchInFolder: boolean) => void
  readonly setFilter: (change: Partial<ViewFilter>) => void
  readonly sortBy: (column: SortColumn) => void
  /** Asks for the view anew, keeping the cursor at `cursorPath`. */
  readonly openView: (cursorPath?: ByteString) => Promise<void>
  readonly applyViewState: (state: ViewState) => void
  /** The rows that should be held because they are shown. */
  readonly showRows: (range: RowRange) => void
  /** Rows of a range, from main where they aren't held. Throws ReftarError. */
  readonly fetchRows: (range: RowRange) => Promise<readonly EntryRow[]>
  /** Leaves the search and shows an entry where it lies. */
  readonly revealEntry: (path: ByteString) => Promise<void>
  /** Shows the entries that use blocks of this one too. */
  readonly findSharers: (row: EntryRow) => void
  readonly leaveView: () => void
  readonly focusSearch: () => void
}

/** Whether the table shows matches from below the folder instead of its children. */
export function isSearching({ search, filter }: Pick<ViewSlice, 'search' | 'filter'>): boolean {
  return search !== '' || filter.kinds.length > 0 || filter.packedOnly || filter.sharesWithOrdinal !== undefined
}

/** The folder whose children, or below which the matches, are shown. */
export function shownFolder(state: Pick<WindowState, 'search' | 'filter' | 'searchInFolder' | 'history'>): ByteString {
  return isSearching(state) && !state.searchInFolder ? ('' as ByteString) : currentPlace(state.history)
}

function newerState(known: ViewState, told: ViewState): ViewState {
  if (known.viewId !== told.viewId || known.complete) return known
  return told.complete || told.scannedEntries >= known.scannedEntries ? told : known
}

export const createViewSlice: Slice<ViewSlice> = (backend, set, get) => {
  let latestOpening = 0
  let shown: RowRange = { first: 0, last: 0 }
  /** Grows with each change of the view; a page of an older version is shown until it has been read again. */
  let version = 0
  let underWay = new Set<number>()
  let refreshedAt = 0
  /** Of views that aren't open yet: an event can overtake the answer. */
  const early = new Map<number, ViewState>()

  const close = (view: ViewState | undefined): void => {
    if (view !== undefined) void backend.request('closeView', view.viewId).catch(() => undefined)
  }

  const readPages = (): void => {
    const { view, pages } = get()
    if (view === undefined || underWay.size >= MOST_REQUESTS) return
    const page = nextPage(pages, shown, view.rowCount, version, underWay, view.complete)
    if (page === undefined) return
    const asked = underWay.add(page)
    const askedVersion = version
    backend.request('viewRows', view.viewId, page * PAGE_ROWS, PAGE_ROWS).then(
      ({ rows, state }) => {
        asked.delete(page)
        const current = get().view
        if (current?.viewId !== view.viewId) return
        set({ pages: withPage(get().pages, page, rows, askedVersion, shown), view: newerState(current, state) })
        readPages()
      },
      (error: unknown) => {
        asked.delete(page)
        if (get().view?.viewId === view.viewId) set({ viewFailure: errorData(error) })
      },
    )
    readPages()
  }

  return {
    shownPlace: '' as ByteString,
    search: '',
    filter: noFilter,
    sharesWith: undefined,
    searchInFolder: false,
    sort: { column: 'name', descending: false },
    view: undefined,
    pages: new Map(),
    viewFailure: undefined,
    viewAskedAt: undefined,
    searchFocus: 0,

    enterFolder(folder) {
      const from = get().view === undefined ? undefined : get().shownPlace
      get().clearSelection()
      set({ search: '', filter: noFilter })
      // Coming up from a folder, the cursor stands on it.
      void get().openView(from !== undefined && parentPath(from) === folder && from !== folder ? from : undefined)
    },

    setSearch(search) {
      if (search === get().search) return
      get().clearSelection()
      set({ search })
      void get().openView()
    },

    setSearchInFolder(searchInFolder) {
      get().clearSelection()
      set({ searchInFolder })
      void get().openView()
    },

    setFilter(change) {
      get().clearSelection()
      set(({ filter }) => ({ filter: { ...filter, ...change } }))
      void get().openView()
    },

    sortBy(column) {
      const { sort, cursor } = get()
      // Sizes and times are looked for from the large and recent end.
      const startsDescending = column === 'size' || column === 'stored' || column === 'shared' || column === 'modified'
      set({ sort: { column, descending: sort.column === column ? !sort.descending : startsDescending } })
      void get().openView(cursor?.path)
    },

    async openView(cursorPath) {
      const { archive, search, filter, sort, settings, selection: before } = get()
      if (archive === undefined) return
      const opening = ++latestOpening
      set({ viewAskedAt: Date.now(), viewFailure: undefined })
      const query = {
        archiveId: archive.archiveId,
        folder: shownFolder(get()),
        search,
        filter,
        sort,
        foldersFirst: settings.foldersFirst,
      }
      try {
        // The first rows come with the view, so that nothing flickers between two folders.
        const { rows, state: opened } = await backend.request('openView', query, PAGE_ROWS)
        const cursorIndex =
          cursorPath === undefined ? undefined : await backend.request('rowOf', opened.viewId, cursorPath)
        if (opening !== latestOpening) return close(opened)
        const view = newerState(opened, early.get(opened.viewId) ?? opened)
        early.clear()
        const pages = withPage(new Map(), 0, rows, version, { first: 0, last: PAGE_ROWS - 1 })
        // The rows came with what was known before.
        if (view !== opened) version++
        close(get().view)
        underWay = new Set()
        shown = { first: 0, last: PAGE_ROWS - 1 }
        const selection = get().selection
        set({
          view,
          viewAskedAt: undefined,
          pages,
          shownPlace: currentPlace(get().history),
          // All rows of the view before are all rows of this one: only their order has changed.
          selection:
            selection === before && selection.kind === 'view' ? { ...selection, viewId: view.viewId } : selection,
        })
        get().placeCursor(cursorIndex, cursorPath)
        readPages()
      } catch (error) {
        if (opening === latestOpening) set({ viewFailure: errorData(error), viewAskedAt: undefined })
      }
    },

    applyViewState(state) {
      const { view, pages } = get()
      if (view?.viewId !== state.viewId) {
        early.set(state.viewId, state)
        return
      }
      set({ view: newerState(view, state) })
      const now = Date.now()
      const isShort =
        heldRows(pages, { first: shown.first, last: Math.min(shown.last, state.rowCount - 1) }) === undefined
      if (state.complete || isShort || now - refreshedAt >= GROWING_MILLISECONDS) {
        version++
        refreshedAt = now
      }
      readPages()
    },

    showRows(range) {
      shown = range
      readPages()
    },

    async fetchRows({ first, last }) {
      const { view, pages } = get()
      if (view === undefined) return []
      const held = heldRows(pages, { first, last })
      if (held !== undefined) return held
      const rows: EntryRow[] = []
      for (let from = first; from <= last; from += 1000) {
        rows.push(...(await backend.request('viewRows', view.viewId, from, Math.min(1000, last - from + 1))).rows)
      }
      return rows
    },

    async revealEntry(path) {
      const history = visit(get().history, parentPath(path))
      set({ search: '', filter: noFilter, history })
      get().clearSelection()
      get().revealFolder(currentPlace(history))
      await get().openView(path)
      const { cursor, moveCursor } = get()
      if (cursor !== undefined) await moveCursor(cursor.index)
    },

    findSharers(row) {
      get().clearSelection()
      set({
        search: '',
        filter: { ...noFilter, sharesWithOrdinal: row.ordinal },
        sharesWith: row.path,
        searchInFolder: false,
      })
      void get().openView()
    },

    leaveView() {
      latestOpening++
      close(get().view)
      early.clear()
      set({
        view: undefined,
        pages: new Map(),
        viewFailure: undefined,
        viewAskedAt: undefined,
        search: '',
        filter: noFilter,
        selection: nothingSelected,
      })
    },

    focusSearch: () => set(({ searchFocus }) => ({ searchFocus: searchFocus + 1 })),
  }
}
