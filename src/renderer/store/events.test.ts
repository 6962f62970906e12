/** What the store does when it hears of something, or has asked for something that takes its time. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ByteString } from '../../shared/byte-string.ts'
import type { OpenArchive, SelectionTotals } from '../../shared/ipc/archives.ts'
import type { Requests } from '../../shared/ipc/contract.ts'
import type { Settings } from '../../shared/ipc/settings.ts'
import type { Backend } from '../lib/api.ts'
import { connectStore } from './events.ts'
import { createWindowStore } from './store.ts'

const totalsOf = (entries: number, complete: boolean): SelectionTotals => ({
  entries,
  files: entries,
  sizeBytes: entries,
  storedBytes: entries,
  complete,
})

/** A window with a million rows, whose totals main gives one after the other. */
function openWindow(answers: readonly SelectionTotals[]) {
  const left = [...answers]
  const asked: unknown[] = []
  const answer = (name: string, args: readonly unknown[]): unknown => {
    if (name !== 'selectionTotals') return []
    asked.push(args[1])
    return left.shift()
  }
  const backend: Backend = {
    on: () => () => undefined,
    dropped: async () => [],
    request: async (name, ...args) => answer(name, args) as Promise<Requests[typeof name]['result']>,
  }
  const store = createWindowStore(backend, {
    product: { name: 'Reftar', version: '0', locale: 'en', homeDirectory: '/home/ann' as ByteString },
    settings: { foldersFirst: true } as Settings,
    recents: [],
  })
  const end = connectStore(store, backend)
  store.setState({
    archive: { archiveId: 1, path: '/a.reftar' as ByteString } as OpenArchive,
    view: { viewId: 4, rowCount: 1_000_000, complete: true, scannedEntries: 0, error: undefined },
  })
  return { store, asked, end }
}

describe('the totals of a selection', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('are asked for until they are complete, and shown meanwhile', async () => {
    const { store, asked, end } = openWindow([totalsOf(5, false), totalsOf(9, false), totalsOf(12, true)])
    const shown: (number | undefined)[] = []
    store.subscribe(({ totals }, before) => {
      if (totals !== before.totals) shown.push(totals?.entries)
    })
    store.getState().selectAllRows()
    await vi.runAllTimersAsync()
    expect(shown).toEqual([5, 9, 12])
    expect(asked).toEqual(Array(3).fill({ kind: 'view', viewId: 4, exceptPaths: [] }))
    end()
  })

  it('are no longer asked for when something else is selected', async () => {
    const { store, asked, end } = openWindow([totalsOf(5, false), totalsOf(9, true)])
    store.subscribe(({ totals }) => {
      if (totals?.complete === false) store.getState().clearSelection()
    })
    store.getState().selectAllRows()
    await vi.runAllTimersAsync()
    expect(store.getState().totals).toBeUndefined()
    expect(asked).toHaveLength(1)
    end()
  })
})
