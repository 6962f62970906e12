/** The window's state: one store of slices, made by a factory so that tests have one each. Big data stays in main and is paged. */
import { createContext, useContext } from 'react'
import { createStore, type StateCreator, type StoreApi, useStore } from 'zustand'
import type { WindowStart } from '../../shared/ipc/contract.ts'
import type { Backend } from '../lib/api.ts'
import { type AppSlice, createAppSlice } from './app-slice.ts'
import { type ArchiveSlice, createArchiveSlice } from './archive-slice.ts'
import { createDialogSlice, type DialogSlice } from './dialog-slice.ts'
import { createJobsSlice, type JobsSlice } from './jobs-slice.ts'
import { createLookSlice, type LookSlice } from './look-slice.ts'
import { createPlansSlice, type PlansSlice } from './plans-slice.ts'
import { createSelectionSlice, type SelectionSlice } from './selection-slice.ts'
import { createTreeSlice, type TreeSlice } from './tree-slice.ts'
import { createViewSlice, type ViewSlice } from './view-slice.ts'

export type WindowState = AppSlice &
  ArchiveSlice &
  ViewSlice &
  SelectionSlice &
  TreeSlice &
  DialogSlice &
  JobsSlice &
  PlansSlice &
  LookSlice

export type WindowStore = StoreApi<WindowState>

/** A slice: its part of the state, given main and the way to the whole. */
export type Slice<Part> = (
  backend: Backend,
  set: Parameters<StateCreator<WindowState>>[0],
  get: () => WindowState,
) => Part

/** A store over `backend`, beginning with what main said when the window opened. */
export function createWindowStore(backend: Backend, start: WindowStart): WindowStore {
  return createStore<WindowState>()((set, get) => ({
    ...createAppSlice(start)(backend, set, get),
    ...createArchiveSlice(backend, set, get),
    ...createViewSlice(backend, set, get),
    ...createTreeSlice(backend, set, get),
    ...createSelectionSlice(backend, set, get),
    ...createDialogSlice(backend, set, get),
    ...createJobsSlice(backend, set, get),
    ...createPlansSlice(backend, set, get),
    ...createLookSlice(backend, set, get),
  }))
}

const StoreContext = createContext<WindowStore | undefined>(undefined)

export const StoreProvider = StoreContext.Provider

/** The store itself, for reading once in a callback. */
export function useWindowStore(): WindowStore {
  const store = useContext(StoreContext)
  if (store === undefined) throw new Error('used outside of StoreProvider')
  return store
}

/** A part of the state; the component renders again when that part is another one. */
export function useWindow<Part>(select: (state: WindowState) => Part): Part {
  return useStore(useWindowStore(), select)
}
