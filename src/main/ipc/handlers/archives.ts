/** Requests about open archives, handed to the threads behind them. */
import { ReftarError } from '../../../shared/errors.ts'
import type { Desktop } from '../desktop.ts'
import type { Handlers } from '../handle.ts'

type Names =
  | 'openArchive'
  | 'closeArchive'
  | 'openView'
  | 'viewRows'
  | 'rowOf'
  | 'closeView'
  | 'treeFolders'
  | 'entryDetails'
  | 'selectionTotals'
  | 'previewEntry'
  | 'openEntry'
  | 'dragEntries'

function notYet(): never {
  throw new ReftarError('not-supported', 'Entries can’t be opened outside of the window yet')
}

export function archiveHandlers({ memory, grants, window, archives }: Desktop): Pick<Handlers, Names> {
  return {
    async openArchive(path) {
      const opened = await archives.open(await grants.requireOne(path, 'read'))
      memory.rememberArchive(opened.path)
      window.send('recentChanged', await memory.recents())
      return opened
    },
    closeArchive: (archiveId) => archives.close(archiveId),
    openView: (query) => archives.openView(query),
    viewRows: (viewId, from, count) => archives.view(viewId).call('viewRows', viewId, from, count),
    rowOf: (viewId, path) => archives.view(viewId).call('rowOf', viewId, path),
    closeView: (viewId) => archives.closeView(viewId),
    treeFolders: (archiveId, folder, after) => archives.archive(archiveId).call('treeFolders', folder, after),
    entryDetails: (archiveId, ordinal) => archives.archive(archiveId).call('entryDetails', ordinal),
    selectionTotals: (archiveId, selection) => archives.archive(archiveId).call('selectionTotals', selection),
    previewEntry: (archiveId, ordinal) => archives.archive(archiveId).call('previewEntry', ordinal),
    openEntry: notYet,
    dragEntries: notYet,
  }
}
