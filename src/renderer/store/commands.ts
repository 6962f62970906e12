/** What the window does for each command, whether it comes from main's menu, a shortcut or a button. */
import type { WindowCommand } from '../../shared/ipc/settings.ts'
import { archiveGone } from './look-slice.ts'
import { entrySelection } from './selection.ts'
import type { WindowState, WindowStore } from './store.ts'

/** A dialog, or a job's question, has the window to itself. */
function hasModal({ dialog, jobs }: WindowState): boolean {
  return dialog !== undefined || Object.values(jobs).some(({ status }) => status === 'waiting')
}

/** Carries a command out; one that has nothing to act on now does nothing. */
export function runCommand(store: WindowStore, command: WindowCommand): void {
  const state = store.getState()
  if (hasModal(state)) return
  const { archive, selection, archiveView } = state
  const isGone = archiveGone(state) !== undefined
  const actions: { readonly [Command in WindowCommand]: () => unknown } = {
    'new-archive': () => state.openCreateDialog([]),
    'open-archive': () => state.chooseArchive(),
    'close-archive': () => state.closeArchive(),
    'analyse-folder': () => state.chooseSharingFolder(),
    extract: () => archive && !isGone && state.openExtractDialog(entrySelection(selection)),
    verify: () => archive && !isGone && state.startJob({ kind: 'verify', archivePath: archive.path }),
    find: () => state.focusSearch(),
    'select-all': () => state.selectAllRows(),
    'go-up': () => state.goUp(),
    'go-back': () => state.goBack(),
    'go-forward': () => state.goForward(),
    'show-contents': () => state.showArchiveView('contents'),
    'show-savings': () => state.showArchiveView('savings'),
    'show-sharing': () => state.showArchiveView('sharing'),
    'toggle-tree': () => state.togglePanel('tree'),
    'toggle-details': () => archiveView === 'contents' && state.togglePanel('details'),
    settings: () => state.openDialog('settings'),
    about: () => state.openDialog('about'),
    shortcuts: () => state.openDialog('shortcuts'),
  }
  actions[command]()
}
