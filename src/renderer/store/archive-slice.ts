/** The open archive (one a window), where in it the user is, and which of the three views shows it. */
import type { ByteString } from '../../shared/byte-string.ts'
import { parentPath } from '../../shared/byte-string.ts'
import { type ErrorData, errorData } from '../../shared/errors.ts'
import type { OpenArchive } from '../../shared/ipc/archives.ts'
import { isAboutArchive } from './dialog-slice.ts'
import { currentPlace, type History, startHistory, step, visit } from './history.ts'
import type { Slice } from './store.ts'

type ArchiveView = 'contents' | 'savings' | 'sharing'

export interface ArchiveSlice {
  readonly archive: OpenArchive | undefined
  /** What is being opened. */
  readonly opening: ByteString | undefined
  readonly openFailure: { readonly path: ByteString; readonly error: ErrorData } | undefined
  /** Why the open archive answers no more. */
  readonly lost: ErrorData | undefined
  readonly history: History
  readonly archiveView: ArchiveView
  readonly openArchive: (path: ByteString) => Promise<void>
  /** Asks which. */
  readonly chooseArchive: () => Promise<void>
  readonly closeArchive: () => void
  readonly loseArchive: (archiveId: number, error: ErrorData) => void
  readonly dismissOpenFailure: () => void
  readonly goTo: (folder: ByteString) => void
  readonly goUp: () => void
  readonly goBack: () => void
  readonly goForward: () => void
  readonly showArchiveView: (view: ArchiveView) => void
}

const root = '' as ByteString

export const createArchiveSlice: Slice<ArchiveSlice> = (backend, set, get) => {
  const move = (history: History): void => {
    if (history === get().history) return
    set({ history })
    get().enterFolder(currentPlace(history))
    get().revealFolder(currentPlace(history))
  }

  return {
    archive: undefined,
    opening: undefined,
    openFailure: undefined,
    lost: undefined,
    history: startHistory(root),
    archiveView: 'contents',

    async openArchive(path) {
      // What comes of it is shown where archives are.
      get().closeSharingFolder()
      set({ opening: path, openFailure: undefined })
      try {
        const archive = await backend.request('openArchive', path)
        // Another one was asked for meanwhile.
        if (get().opening !== path) return void backend.request('closeArchive', archive.archiveId)
        get().closeArchive()
        set({ archive, opening: undefined, history: startHistory(root), archiveView: 'contents' })
        get().enterFolder(root)
        get().resetTree()
      } catch (error) {
        if (get().opening === path) set({ opening: undefined, openFailure: { path, error: errorData(error) } })
      }
    },

    chooseArchive: () =>
      get().attempt(async () => {
        const path = await backend.request('chooseArchive')
        if (path !== undefined) await get().openArchive(path)
      }),

    closeArchive() {
      const { archive } = get()
      if (archive === undefined) return
      get().leaveView()
      get().clearSelection()
      if (isAboutArchive(get().dialog)) get().closeDialog()
      set({ archive: undefined, lost: undefined })
      void backend.request('closeArchive', archive.archiveId).catch(() => undefined)
    },

    loseArchive(archiveId, error) {
      if (get().archive?.archiveId === archiveId) set({ lost: error })
    },

    dismissOpenFailure: () => set({ openFailure: undefined }),

    goTo: (folder) => move(visit(get().history, folder)),
    goUp() {
      const here = currentPlace(get().history)
      if (here !== root) get().goTo(parentPath(here))
    },
    goBack: () => move(step(get().history, -1)),
    goForward: () => move(step(get().history, 1)),
    showArchiveView: (archiveView) => set({ archiveView }),
  }
}
