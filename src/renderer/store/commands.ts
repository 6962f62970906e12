/** What the window does for each command, whether it comes from main's menu, a shortcut or a button. */
import type { WindowCommand } from '../../shared/ipc/settings.ts'
import type { Backend } from '../lib/api.ts'
import { entrySelection } from './selection.ts'
import type { WindowStore } from './store.ts'

/** Carries a command out; one that has nothing to act on now does nothing. */
export function runCommand(store: WindowStore, backend: Backend, command: WindowCommand): void {
  const state = store.getState()
  const { archive, selection } = state
  const add = (choose: 'chooseFiles' | 'chooseFolders'): Promise<void> =>
    state.attempt(async () => {
      const given = await backend.request(choose)
      if (given.length > 0) state.openCreateDialog(given)
    })
  const actions: { readonly [Command in WindowCommand]: () => unknown } = {
    'new-archive': () => state.openCreateDialog([]),
    'open-archive': () => state.chooseArchive(),
    'close-archive': () => state.closeArchive(),
    'analyse-folder': () => state.chooseSharingFolder(),
    'add-files': () => add('chooseFiles'),
    'add-folder': () => add('chooseFolders'),
    extract: () => archive && state.openExtractDialog(entrySelection(selection)),
    verify: () => archive && state.startJob({ kind: 'verify', archivePath: archive.path }),
    find: () => state.focusSearch(),
    'select-all': () => state.selectAllRows(),
    'go-up': () => state.goUp(),
    'go-back': () => state.goBack(),
    'go-forward': () => state.goForward(),
    'show-contents': () => state.showArchiveView('contents'),
    'show-savings': () => state.showArchiveView('savings'),
    'show-sharing': () => state.showArchiveView('sharing'),
    'toggle-tree': () => state.togglePanel('tree'),
    'toggle-details': () => state.togglePanel('details'),
    settings: () => state.openDialog('settings'),
    about: () => state.openDialog('about'),
    shortcuts: () => state.openDialog('shortcuts'),
  }
  actions[command]()
}
