/** Requests about who shares which blocks, handed to the threads that looked. */
import { dialog } from 'electron'
import { type ByteString, textToByteString } from '../../../shared/byte-string.ts'
import type { ReportFormat, SharingSubject } from '../../../shared/ipc/sharing.ts'
import { type Text, userLocale } from '../../language.ts'
import type { Desktop } from '../desktop.ts'
import type { Handlers } from '../handle.ts'

type Names =
  | 'openSharing'
  | 'stopSharing'
  | 'closeSharing'
  | 'sharingDiskMap'
  | 'sharingLanes'
  | 'sharingAtDiskMap'
  | 'sharingAtLane'
  | 'sharingFacts'
  | 'selectInSharing'
  | 'sharingFiles'
  | 'sharingFolders'
  | 'sharingGroups'
  | 'sharingExtents'
  | 'sharingFreed'
  | 'archiveSavings'
  | 'sharingVerdicts'
  | 'saveSharingReport'

export function sharingHandlers(
  { memory, grants, archives, window, sharing }: Desktop,
  text: Text,
): Pick<Handlers, Names> {
  const checked = async (subject: SharingSubject): Promise<SharingSubject> => {
    if (subject.kind === 'contents') {
      return { kind: 'contents', archivePath: await grants.requireOne(subject.archivePath, 'read') }
    }
    const { roots, extraction } = subject
    const named = [...roots.map(({ path }) => path), ...(extraction === undefined ? [] : [extraction.directory])]
    const paths = await grants.require(named, 'read')
    return { ...subject, roots: roots.map((root, at) => ({ ...root, path: paths[at] ?? root.path })) }
  }
  /** Where a report goes, as the user chooses. */
  const chosenFile = async (format: ReportFormat): Promise<ByteString | undefined> => {
    const options = {
      title: text('dialog.saveReport'),
      defaultPath: `${text('dialog.reportName')}.${format}`,
      filters: [{ name: format.toUpperCase(), extensions: [format] }],
    }
    const { filePath } = await (window.window === undefined
      ? dialog.showSaveDialog(options)
      : dialog.showSaveDialog(window.window, options))
    return filePath === '' ? undefined : textToByteString(filePath)
  }
  return {
    openSharing: async (subject) => sharing.open(await checked(subject)),
    stopSharing: (sharingId) => sharing.worker(sharingId).call('stop'),
    closeSharing: (sharingId) => sharing.close(sharingId),
    sharingDiskMap: (sharingId, view) => sharing.worker(sharingId).call('diskMap', view),
    sharingLanes: (sharingId, files, view) => sharing.worker(sharingId).call('lanes', files, view),
    sharingAtDiskMap: (sharingId, view, x, row) => sharing.worker(sharingId).call('atDiskMap', view, x, row),
    sharingAtLane: (sharingId, file, view, x) => sharing.worker(sharingId).call('atLane', file, view, x),
    sharingFacts: (sharingId, choice) => sharing.worker(sharingId).call('facts', choice),
    async selectInSharing(sharingId, archiveId, selection) {
      const paths = await archives.archive(archiveId).call('selectedPaths', selection)
      return sharing.worker(sharingId).call('select', paths)
    },
    sharingFiles: (sharingId, query, from, count) => sharing.worker(sharingId).call('files', query, from, count),
    sharingFolders: (sharingId, folder) => sharing.worker(sharingId).call('folders', folder),
    sharingGroups: (sharingId, from, count) => sharing.worker(sharingId).call('groups', from, count),
    sharingExtents: (sharingId, file, from, count) => sharing.worker(sharingId).call('extents', file, from, count),
    sharingFreed: (sharingId, of) => sharing.worker(sharingId).call('freed', of),
    async archiveSavings(sharingId, archiveId, selection) {
      const paths = await archives.archive(archiveId).call('selectedPaths', selection)
      return sharing.worker(sharingId).call('savings', paths)
    },
    sharingVerdicts: (sharingId, kind, from, count) => sharing.worker(sharingId).call('verdicts', kind, from, count),
    async saveSharingReport(sharingId, format) {
      const worker = sharing.worker(sharingId)
      const path = await chosenFile(format)
      if (path === undefined) return undefined
      await worker.call('saveReport', format, path, { locale: userLocale(memory), units: memory.settings.units })
      grants.allow([path], 'read')
      return path
    },
  }
}
