/** Settings, recent archives, what the user gave the window, and errors that belong to no place in it. */

import type { ByteString } from '../../shared/byte-string.ts'
import { type ErrorData, errorData } from '../../shared/errors.ts'
import type { WindowStart } from '../../shared/ipc/contract.ts'
import type { GivenPath, Settings } from '../../shared/ipc/settings.ts'
import { isDrawer, type Panel } from '../lib/layout.ts'
import type { Slice, WindowState } from './store.ts'

export interface AppSlice extends WindowStart {
  /** Something went wrong that no view shows: a banner says so until dismissed. */
  readonly failure: ErrorData | undefined
  /** The folder whose sharing is looked at, outside of any archive. */
  readonly sharingFolder: ByteString | undefined
  readonly chooseSharingFolder: () => Promise<void>
  /** Shows who shares blocks in a folder that main knows: the user chose it, or a job of his made it. */
  readonly showSharing: (folder: ByteString) => void
  /** The finished extraction whose sharing is looked at. */
  readonly sharingJobId: number | undefined
  readonly showExtraction: (jobId: number) => void
  readonly closeSharingFolder: () => void
  /** The panel that is open over the list where the window is too narrow to have it beside. */
  readonly drawer: Panel | undefined
  /** Shows a panel, or hides it. */
  readonly togglePanel: (panel: Panel) => void
  /** Settings change at once here, and are kept by main. */
  readonly changeSettings: (change: Partial<Settings>) => void
  readonly forgetRecent: (path: ByteString) => void
  /** Dropped, chosen or named on the command line: one archive opens, anything else starts a new archive. */
  readonly take: (given: readonly GivenPath[]) => void
  readonly takeDropped: (files: readonly File[]) => Promise<void>
  /** Runs an action; what it throws becomes `failure`. */
  readonly attempt: (action: () => Promise<unknown>) => Promise<void>
  readonly dismissFailure: () => void
}

/** Which screen is shown: a look at sharing covers the open archive. */
export function shownScreen({
  archive,
  sharingFolder,
  sharingJobId,
}: Pick<WindowState, 'archive' | 'sharingFolder' | 'sharingJobId'>): 'start' | 'archive' | 'sharing' {
  if (sharingFolder !== undefined || sharingJobId !== undefined) return 'sharing'
  return archive === undefined ? 'start' : 'archive'
}

/** Also a file that is only named like an archive: that it is damaged or something else is worth being told. */
function isMeantToOpen({ kind, path }: GivenPath): boolean {
  return kind === 'archive' || (kind === 'file' && path.endsWith('.reftar'))
}

export const createAppSlice =
  (start: WindowStart): Slice<AppSlice> =>
  (backend, set, get) => ({
    ...start,
    failure: undefined,
    sharingFolder: undefined,
    sharingJobId: undefined,
    drawer: undefined,

    togglePanel(panel) {
      const { settings, drawer } = get()
      if (isDrawer(panel)) set({ drawer: drawer === panel ? undefined : panel })
      else if (panel === 'tree') get().changeSettings({ showTree: !settings.showTree })
      else get().changeSettings({ showDetails: !settings.showDetails })
    },

    chooseSharingFolder: () =>
      get().attempt(async () => {
        const [folder] = await backend.request('chooseFolders')
        if (folder !== undefined) get().showSharing(folder.path)
      }),

    showSharing: (sharingFolder) => set({ sharingFolder, sharingJobId: undefined }),
    showExtraction: (sharingJobId) => set({ sharingJobId, sharingFolder: undefined }),
    closeSharingFolder: () => set({ sharingFolder: undefined, sharingJobId: undefined }),

    changeSettings(change) {
      set(({ settings }) => ({ settings: { ...settings, ...change } }))
      void get().attempt(() => backend.request('changeSettings', change))
    },

    forgetRecent(path) {
      void get().attempt(async () => set({ recents: await backend.request('forgetRecent', path) }))
    },

    take(given) {
      const [first] = given
      if (first === undefined) return
      if (given.length === 1 && isMeantToOpen(first) && get().dialog?.kind !== 'create')
        void get().openArchive(first.path)
      else get().openCreateDialog(given)
    },

    takeDropped: (files) => get().attempt(async () => get().take(await backend.dropped(files))),

    async attempt(action) {
      try {
        await action()
      } catch (error) {
        set({ failure: errorData(error) })
      }
    },

    dismissFailure: () => set({ failure: undefined }),
  })
