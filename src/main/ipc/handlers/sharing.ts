/** Requests about who shares which blocks, handed to the threads that looked. */
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
  | 'sharingFiles'
  | 'sharingFolders'
  | 'sharingGroups'
  | 'sharingExtents'
  | 'sharingFreed'

export function sharingHandlers({ grants, sharing }: Desktop): Pick<Handlers, Names> {
  return {
    async openSharing(roots) {
      const paths = await grants.require(
        roots.map(({ path }) => path),
        'read',
      )
      return sharing.open(roots.map((root, at) => ({ ...root, path: paths[at] ?? root.path })))
    },
    stopSharing: (sharingId) => sharing.worker(sharingId).call('stop'),
    closeSharing: (sharingId) => sharing.close(sharingId),
    sharingDiskMap: (sharingId, view) => sharing.worker(sharingId).call('diskMap', view),
    sharingLanes: (sharingId, files, view) => sharing.worker(sharingId).call('lanes', files, view),
    sharingAtDiskMap: (sharingId, view, x, row) => sharing.worker(sharingId).call('atDiskMap', view, x, row),
    sharingAtLane: (sharingId, file, view, x) => sharing.worker(sharingId).call('atLane', file, view, x),
    sharingFacts: (sharingId, choice) => sharing.worker(sharingId).call('facts', choice),
    sharingFiles: (sharingId, query, from, count) => sharing.worker(sharingId).call('files', query, from, count),
    sharingFolders: (sharingId, folder) => sharing.worker(sharingId).call('folders', folder),
    sharingGroups: (sharingId, from, count) => sharing.worker(sharingId).call('groups', from, count),
    sharingExtents: (sharingId, file, from, count) => sharing.worker(sharingId).call('extents', file, from, count),
    sharingFreed: (sharingId, files, folder) => sharing.worker(sharingId).call('freed', files, folder),
  }
}
