/** What reaches the store from outside: main's events, wired here and nowhere else, and the totals that follow the selection. */
import type { Backend } from '../lib/api.ts'
import { shownScreen } from './app-slice.ts'
import { runCommand } from './commands.ts'
import { entrySelection, nothingSelected } from './selection.ts'
import { countSelected } from './selection-slice.ts'
import type { WindowState, WindowStore } from './store.ts'

/** Rest of the selection before its totals are asked for: moving through a list asks once, not a hundred times. */
const SETTLED_MILLISECONDS = 80

/** Wires a store to main until the returned function is called. */
export function connectStore(store: WindowStore, backend: Backend): () => void {
  const state = store.getState
  const ends = [
    backend.on('given', (given) => state().take(given)),
    backend.on('command', (command) => runCommand(store, command)),
    backend.on('settingsChanged', (settings) => store.setState({ settings })),
    backend.on('recentChanged', (recents) => store.setState({ recents })),
    backend.on('viewChanged', (view) => state().applyViewState(view)),
    backend.on('archiveLost', ({ archiveId, error }) => state().loseArchive(archiveId, error)),
    backend.on('createPlan', (plan) => state().applyCreatePlan(plan)),
    backend.on('extractPlan', (plan) => state().applyExtractPlan(plan)),
    backend.on('sharingChanged', (sharing) => state().applySharingState(sharing)),
    backend.on('jobsChanged', (change) => {
      const { jobs } = state()
      state().applyJobsChange(change)
      // Whoever waits for a new archive on the start screen wants to see it; anybody else isn't interrupted.
      for (const { jobId, kind, status, archivePath } of change.changed)
        if (kind === 'create' && status === 'done' && jobs[jobId]?.status !== 'done' && isIdle(state()))
          void state().openArchive(archivePath)
      // A sealed archive says other things about itself than before.
      for (const { kind, status, archivePath } of change.changed)
        if (kind === 'seal' && status === 'done' && archivePath === state().archive?.path)
          void state().openArchive(archivePath)
    }),
    followSelection(store, backend),
  ]
  void state().attempt(async () => {
    state().applyJobsChange({ changed: await backend.request('jobs'), removedIds: [] })
    state().take(await backend.request('takeGiven'))
  })
  return () => {
    for (const end of ends) end()
  }
}

/** Nothing is open, being opened or asked. */
function isIdle(state: WindowState): boolean {
  return shownScreen(state) === 'start' && state.opening === undefined && state.dialog === undefined
}

function followSelection(store: WindowStore, backend: Backend): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const ask = async (): Promise<void> => {
    const { archive, selection, setTotals } = store.getState()
    if (archive === undefined || countSelected(store.getState()) === 0) return
    const totals = await backend.request('selectionTotals', archive.archiveId, entrySelection(selection))
    if (store.getState().selection !== selection) return
    setTotals(totals)
    // Main counts for a while before it answers.
    if (!totals.complete) later(0)
  }
  const later = (milliseconds: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void store.getState().attempt(ask), milliseconds)
  }
  const end = store.subscribe(({ selection, setTotals }, before) => {
    if (selection === before.selection) return
    if (selection === nothingSelected || countSelected(store.getState()) === 0) setTotals(undefined)
    else later(SETTLED_MILLISECONDS)
  })
  return () => {
    clearTimeout(timer)
    end()
  }
}
