/** The window: the start screen or an archive, over it the dialogs, below it the jobs. */

import { Suspense } from 'react'
import styles from './app.module.css'
import { DropTarget } from './features/start/drop-target.tsx'
import { StartScreen } from './features/start/start-screen.tsx'
import { lazyPart } from './lazy-part.ts'
import type { Backend } from './lib/api.ts'
import { BackendProvider } from './lib/backend.ts'
import { useDocument } from './lib/document.ts'
import { useShortcuts } from './lib/shortcuts.ts'
import { TextProvider } from './lib/texts.tsx'
import { CrashBoundary } from './parts/crash-boundary.tsx'
import { shownScreen } from './store/app-slice.ts'
import { StoreProvider, useWindow, type WindowStore } from './store/store.ts'

const Browser = lazyPart((later) => later.Browser)
const DialogHost = lazyPart((later) => later.DialogHost)
const ErrorNotice = lazyPart((later) => later.ErrorNotice)
const FolderSharing = lazyPart((later) => later.FolderSharing)
const JobsBar = lazyPart((later) => later.JobsBar)

export function App({ store, backend }: { readonly store: WindowStore; readonly backend: Backend }) {
  return (
    <BackendProvider value={backend}>
      <StoreProvider value={store}>
        <TextProvider>
          <CrashBoundary>
            <Screens />
          </CrashBoundary>
        </TextProvider>
      </StoreProvider>
    </BackendProvider>
  )
}

function Screens() {
  const title = useDocument()
  useShortcuts()
  const screen = useWindow(shownScreen)
  return (
    <DropTarget>
      <Failure />
      <main className={styles['screen']}>
        <h1 className={styles['title']}>{title}</h1>
        {screen === 'start' && <StartScreen />}
        <Suspense>
          {screen === 'archive' && <Browser />}
          {screen === 'sharing' && <FolderSharing />}
        </Suspense>
      </main>
      <Suspense>
        <JobsBar />
        <DialogHost />
      </Suspense>
    </DropTarget>
  )
}

function Failure() {
  const failure = useWindow((state) => state.failure)
  const dismiss = useWindow((state) => state.dismissFailure)
  if (failure === undefined) return null
  return (
    <Suspense>
      <ErrorNotice error={failure} onDismiss={dismiss} />
    </Suspense>
  )
}
