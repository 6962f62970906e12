/** The desktop app: makes its parts and connects them. */

import { join } from 'node:path'
import { app, dialog, nativeTheme, session } from 'electron'
import { type ByteString, textToByteString } from '../shared/byte-string.ts'
import type { GivenPath } from '../shared/ipc/settings.ts'
import { ArchiveSessions } from './archives/sessions.ts'
import { inBackground } from './background.ts'
import type { Desktop } from './ipc/desktop.ts'
import { isListOf, isPath } from './ipc/guards.ts'
import { handleRequests } from './ipc/handle.ts'
import { appHandlers } from './ipc/handlers/app.ts'
import { archiveHandlers } from './ipc/handlers/archives.ts'
import { jobHandlers } from './ipc/handlers/jobs.ts'
import { pathHandlers } from './ipc/handlers/paths.ts'
import { sharingHandlers } from './ipc/handlers/sharing.ts'
import { Plans } from './jobs/plans.ts'
import { JobQueue } from './jobs/queue.ts'
import { textsFor } from './language.ts'
import { lookAtAll, pathsOfCommandLine } from './paths/given.ts'
import { PathGrants } from './paths/grants.ts'
import { PrivateFolders } from './private-clones/private-folders.ts'
import { Quitting } from './quitting.ts'
import { JsonFile } from './settings/json-file.ts'
import { Memory } from './settings/memory.ts'
import { SharingSessions } from './sharing/sessions.ts'
import { JobSigns } from './windows/job-signs.ts'
import { isOurPage, MainWindow } from './windows/main-window.ts'
import { showMenu } from './windows/menu.ts'

/** The entries for worker threads lie beside this one (electron.vite.config.ts). */
const workerPath = (name: 'archive' | 'job' | 'plan' | 'sharing'): string =>
  join(import.meta.dirname, `${name}-worker.js`)

const isGivenPaths = isListOf(isPath, 100_000)

/** Makes everything and connects it; the window opens when Electron is ready. */
export function start(): void {
  const memory = new Memory(app.getPath('userData'))
  const text = textsFor(memory)
  const grants = new PathGrants()
  grants.allow(memory.recentPaths, 'read')

  const window = new MainWindow({
    pageGone: () => inBackground(closePage()),
    mayClose: () => quitting.mayClose(),
    moved: (place) => memory.rememberWindow(place),
    crashedAgain: (reload) => inBackground(askAfterCrashes(reload)),
  })
  const archives = new ArchiveSessions(workerPath('archive'), {
    viewChanged: (state) => window.send('viewChanged', state),
    archiveLost: (lost) => window.send('archiveLost', lost),
    closed: (archiveId) => clones.remove(archiveId),
  })
  const clonesFile = new JsonFile(join(app.getPath('userData'), 'private-folders.json'))
  const clones = new PrivateFolders(clonesFile, [app.getPath('temp'), app.getPath('userData')].map(textToByteString))
  const plans = new Plans(workerPath('plan'), {
    createPlan: (state) => window.send('createPlan', state),
    extractPlan: (state) => window.send('extractPlan', state),
  })
  const jobs = new JobQueue(workerPath('job'), (change) => {
    window.send('jobsChanged', change)
    signs.update(jobs.states, change.changed)
    // A job that is done doesn't change any more, so each archive that was made passes here once.
    for (const { kind, status, archivePath } of change.changed)
      if (status === 'done' && (kind === 'create' || kind === 'convert')) inBackground(rememberArchive(archivePath))
  })
  const sharing = new SharingSessions(workerPath('sharing'), (state) => window.send('sharingChanged', state))
  const signs = new JobSigns(window, text)
  const quitting = new Quitting(jobs, window, text, async () => {
    await closePage()
    await memory.written()
    await clonesFile.written()
  })
  /** An archive that was opened or made is the first on the start screen's list. */
  async function rememberArchive(path: ByteString): Promise<void> {
    memory.rememberArchive(path)
    window.send('recentChanged', await memory.recents())
  }
  /** What a page opened is of no use to the next one. Jobs are. */
  async function closePage(): Promise<void> {
    plans.dropAll()
    await Promise.all([archives.closeAll(), sharing.closeAll()])
  }

  async function askAfterCrashes(reload: () => void): Promise<void> {
    const buttons = [text('crash.reload'), text('menu.quit')]
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: text('crash.title'),
      detail: text('crash.text'),
      buttons,
    })
    if (response === 0) reload()
    else app.quit()
  }

  /** Named on the command line, or by the desktop when it opens a file with this app; taken by the page when it is there. */
  let notTaken = pathsOfCommandLine(process.argv, app.isPackaged)
  grants.allow(notTaken, 'read')
  const give = async (paths: readonly ByteString[]): Promise<void> => {
    grants.allow(paths, 'read')
    window.show(memory.window)
    if (paths.length > 0) window.send('given', await lookAtAll(paths))
  }
  const dropped = (names: readonly string[]): Promise<readonly GivenPath[]> => {
    // What has no path on disk, as text dragged from a browser, is an empty name.
    const paths = names.filter((name) => name !== '').map(textToByteString)
    grants.allow(paths, 'read')
    return lookAtAll(paths)
  }
  const followSettings = (): void => {
    nativeTheme.themeSource = memory.settings.theme
    showMenu(text, (command) => window.send('command', command))
  }

  const desktop: Desktop = { memory, rememberArchive, grants, window, archives, clones, plans, jobs, sharing }

  app.on('second-instance', (_event, _argv, _workingDirectory, given) => {
    if (isGivenPaths(given)) inBackground(give(given))
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  quitting.watch()

  // Not awaited at the top level: Electron is ready only after this module has run.
  void app.whenReady().then(() => {
    session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
    session.defaultSession.setPermissionCheckHandler(() => false)
    handleRequests(
      {
        ...appHandlers(desktop, followSettings),
        ...pathHandlers(desktop, text),
        ...archiveHandlers(desktop),
        ...jobHandlers(desktop),
        ...sharingHandlers(desktop, text),
        takeGiven() {
          const paths = notTaken
          notTaken = []
          return lookAtAll(paths)
        },
      },
      dropped,
      isOurPage,
    )
    inBackground(clones.removeLeftovers())
    followSettings()
    window.show(memory.window)
    app.on('activate', () => window.show(memory.window))
  })
}
