/** Requests about open archives, handed to the threads behind them. */
import { nativeImage, shell } from 'electron'
import { type ByteString, byteStringToText, displayName } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { dragIcon } from '../../private-clones/drag-icon.ts'
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

export function archiveHandlers({ rememberArchive, grants, window, archives, clones }: Desktop): Pick<Handlers, Names> {
  return {
    async openArchive(path) {
      const opened = await archives.open(await grants.requireOne(path, 'read'))
      await rememberArchive(opened.path)
      return opened
    },
    closeArchive: (archiveId) => archives.close(archiveId),
    openView: (query, count) => archives.openView(query, count),
    viewRows: (viewId, from, count) => archives.view(viewId).call('viewRows', viewId, from, count),
    rowOf: (viewId, path) => archives.view(viewId).call('rowOf', viewId, path),
    closeView: (viewId) => archives.closeView(viewId),
    treeFolders: (archiveId, folder, after) => archives.archive(archiveId).call('treeFolders', folder, after),
    entryDetails: (archiveId, ordinal) => archives.archive(archiveId).call('entryDetails', ordinal),
    selectionTotals: (archiveId, selection) => archives.archive(archiveId).call('selectionTotals', selection),
    previewEntry: (archiveId, ordinal) => archives.archive(archiveId).call('previewEntry', ordinal),
    async openEntry(archiveId, ordinal) {
      const folder = await clones.make(archiveId, archives.pathOf(archiveId))
      const path = textPath(await archives.archive(archiveId).call('extractForOpening', ordinal, folder))
      const refusal = await shell.openPath(path)
      if (refusal !== '') throw new ReftarError('system-error', { verbatim: refusal }, { path })
    },
    async dragEntries(archiveId, selection) {
      const folder = await clones.make(archiveId, archives.pathOf(archiveId))
      const paths = await archives.archive(archiveId).call('extractPrivately', selection, folder)
      const [file, ...others] = paths.map(textPath)
      if (file === undefined) return
      const icon = nativeImage.createFromDataURL(dragIcon)
      window.window?.webContents.startDrag({ file, files: [file, ...others], icon })
    },
  }
}

/** Other programs are given text. */
function textPath(path: ByteString): string {
  const text = byteStringToText(path)
  if (text === undefined) {
    const message = 'Its name is no text that another program could be given; extract it instead'
    throw new ReftarError('not-supported', message, { path: displayName(path) })
  }
  return text
}
