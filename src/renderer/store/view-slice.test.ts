/** Answers and events of main in orders that a real one gives only by chance. */
import { describe, expect, it } from 'vitest'
import type { ByteString } from '../../shared/byte-string.ts'
import type { EntryRow, OpenArchive, ViewRows, ViewState } from '../../shared/ipc/archives.ts'
import type { Requests } from '../../shared/ipc/contract.ts'
import type { Settings } from '../../shared/ipc/settings.ts'
import type { Backend } from '../lib/api.ts'
import { rowAt } from './row-pages.ts'
import { createWindowStore, type WindowStore } from './store.ts'

const path = (text: string): ByteString => text as ByteString

function row(ordinal: number): EntryRow {
  return {
    ordinal,
    path: path(`e${ordinal}`),
    kind: 'file',
    sizeBytes: 1,
    storedBytes: 1,
    sharedBytes: 0,
    modifyTime: { seconds: 0, nanoseconds: 0 },
    mode: 0o644,
    linkTarget: path(''),
    implied: false,
  }
}

const stateOf = (viewId: number, rowCount: number, complete = true): ViewState => ({
  viewId,
  rowCount,
  complete,
  scannedEntries: rowCount,
  error: undefined,
})

function rowsOf(state: ViewState, from: number, count: number): ViewRows {
  const rows = Array.from({ length: Math.max(0, Math.min(count, state.rowCount - from)) }, (_, i) => row(from + i))
  return { from, rows, state }
}

/** A main whose views open when the test says so. */
class ScriptedMain {
  readonly closed: number[] = []
  readonly opening: { folder: ByteString; answer: (state: ViewState) => void }[] = []
  rowCounts = new Map<number, number>()

  readonly backend: Backend = {
    on: () => () => undefined,
    dropped: async () => [],
    request: async (name, ...args) => this.#answer(name, args) as Promise<Requests[typeof name]['result']>,
  }

  #answer(name: string, args: readonly unknown[]): unknown {
    switch (name) {
      case 'openView':
        return new Promise<ViewRows>((resolve) => {
          const answer = (state: ViewState): void => resolve(rowsOf(state, 0, args[1] as number))
          this.opening.push({ folder: (args[0] as { folder: ByteString }).folder, answer })
        })
      case 'viewRows': {
        const [viewId, from, count] = args as [number, number, number]
        return rowsOf(stateOf(viewId, this.rowCounts.get(viewId) ?? 0), from, count)
      }
      case 'closeView':
        this.closed.push(args[0] as number)
        return undefined
      default:
        return undefined
    }
  }

  /** Answers the request that has waited for the place-th longest. */
  async open(place: number, viewId: number, rowCount: number): Promise<void> {
    const [request] = this.opening.splice(place, 1)
    this.rowCounts.set(viewId, rowCount)
    request?.answer(stateOf(viewId, rowCount))
    await new Promise((resolve) => setTimeout(resolve))
  }
}

function openStore(): { main: ScriptedMain; store: WindowStore } {
  const main = new ScriptedMain()
  const store = createWindowStore(main.backend, {
    product: { name: 'Reftar', version: '0', locale: 'en', homeDirectory: path('/home/ann') },
    settings: { foldersFirst: true } as Settings,
    recents: [],
  })
  store.setState({ archive: { archiveId: 1, path: path('/a.reftar') } as OpenArchive })
  return { main, store }
}

describe('view', () => {
  it('of the folder entered last is shown, even when it answers first; the other one is closed', async () => {
    const { main, store } = openStore()
    store.getState().goTo(path('slow'))
    store.getState().goTo(path('fast'))
    expect(main.opening.map(({ folder }) => folder)).toEqual(['slow', 'fast'])
    await main.open(1, 2, 10)
    await main.open(0, 1, 99)
    expect(store.getState().view).toMatchObject({ viewId: 2, rowCount: 10 })
    expect(main.closed).toEqual([1])
  })

  it('takes what was told of it before it was here', async () => {
    const { main, store } = openStore()
    void store.getState().openView()
    store.getState().applyViewState(stateOf(7, 500))
    main.rowCounts.set(7, 500)
    const [request] = main.opening
    request?.answer(stateOf(7, 20, false))
    await new Promise((resolve) => setTimeout(resolve))
    expect(store.getState().view).toMatchObject({ viewId: 7, rowCount: 500, complete: true })
    expect(rowAt(store.getState().pages, 30)?.path).toBe('e30')
  })

  it('reads the rows shown again when it has grown', async () => {
    const { main, store } = openStore()
    void store.getState().openView()
    await main.open(0, 3, 5)
    expect(rowAt(store.getState().pages, 50)).toBeUndefined()
    main.rowCounts.set(3, 80)
    store.setState({ view: stateOf(3, 5, false) })
    store.getState().applyViewState(stateOf(3, 80))
    await new Promise((resolve) => setTimeout(resolve))
    expect(rowAt(store.getState().pages, 50)?.path).toBe('e50')
  })

  it('selects all of a million rows by naming the view, and most of them by naming the rest', async () => {
    const { main, store } = openStore()
    void store.getState().openView()
    await main.open(0, 4, 1_000_000)
    await store.getState().moveCursor(3)
    await store.getState().moveCursor(999_998, 'extend')
    const { selection } = store.getState()
    expect(selection).toEqual({ kind: 'view', viewId: 4, except: new Set(['e0', 'e1', 'e2', 'e999999']) })
  })
})
