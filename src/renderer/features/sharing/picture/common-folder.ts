/** The deepest folder that holds everything that was looked at: what its path says needs saying only once. */
import { useMemo } from 'react'
import type { SharingFolderRow, SharingState } from '../../../../shared/ipc/sharing.ts'
import { useBackend } from '../../../lib/backend.ts'
import { useLatest } from '../../../lib/latest.ts'

export interface CommonFolder {
  /** 0 where there is none. */
  readonly folder: number
  /** For display; empty where there is none. */
  readonly path: string
  readonly row: SharingFolderRow | undefined
}

const noFolder: CommonFolder = { folder: 0, path: '', row: undefined }

/** Of the newest version; none until it is known. */
export function useCommonFolder({ sharingId, version, totals }: SharingState): CommonFolder {
  const backend = useBackend()
  const question = useMemo(() => ({ version, files: totals?.files ?? 0 }), [version, totals])
  const answered = useLatest(question, async ({ files }) => {
    let common = noFolder
    for (;;) {
      const [row, ...others] = await backend.request('sharingFolders', sharingId, common.folder)
      if (row === undefined || others.length > 0 || row.files < files) return common
      const path =
        common.path === '' || common.path.endsWith('/') ? common.path + row.name : `${common.path}/${row.name}`
      common = { folder: row.folder, path, row }
    }
  })
  return answered?.question.version === version ? answered.answer : noFolder
}

/** A path below a folder without that folder's. */
export function withoutFolder(path: string, folder: string): string {
  const start = folder.endsWith('/') ? folder : `${folder}/`
  return folder !== '' && path.startsWith(start) ? path.slice(start.length) : path
}
