/** The window: the start screen or an archive, over it the dialogs, below it the jobs. */

import styles from './app.module.css'
import { Browser } from './features/browser/browser.tsx'
import { DialogHost } from './features/dialogs/dialog-host.tsx'
import { JobsBar } from './features/jobs/jobs-bar.tsx'
import { FolderSharing } from './features/sharing/folder-sharing.tsx'
import { DropTarget } from './features/start/drop-target.tsx'
import { StartScreen } from './features/start/start-screen.tsx'
import type { Backend } from './lib/api.ts'
import { BackendProvider } from './lib/backend.ts'
import { useDocument } from './lib/document.ts'
import { useShortcuts } from './lib/shortcuts.ts'
import { TextProvider } from './lib/texts.tsx'
import { CrashBoundary } from './parts/crash-boundary.tsx'
import { ErrorNotice } from './parts/error-notice.tsx'
import { shownScreen } from './store/app-slice.ts'
import { StoreProvider, useWindow, type WindowStore } from './store/store.ts'

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
        {screen === 'archive' && <Browser />}
        {screen === 'sharing' && <FolderSharing />}
      </main>
      <JobsBar />
      <DialogHost />
    </DropTarget>
  )
}

function Failure() {
  const failure = useWindow((state) => state.failure)
  const dismiss = useWindow((state) => state.dismissFailure)
  return failure === undefined ? null : <ErrorNotice error={failure} onDismiss={dismiss} />
}
