/** The largest sets of blocks that the same files use. */

import { Network } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { SharingGroupRow, SharingState } from '../../../shared/ipc/sharing.ts'
import { useBackend } from '../../lib/backend.ts'
import { useWords } from '../../lib/use-words.ts'
import { Button } from '../../parts/button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { useWindow } from '../../store/store.ts'
import styles from './look.module.css'

const PAGE_GROUPS = 100

interface GroupListProps {
  readonly sharing: SharingState
  readonly shortPath: (path: string) => string
  /** Shows what shares with a file; where that can’t be shown there is no button. */
  readonly onShow?: (file: number) => void
}

export function GroupList({ sharing: { sharingId, version }, shortPath, onShow }: GroupListProps) {
  const { text, format } = useWords()
  const backend = useBackend()
  const attempt = useWindow((state) => state.attempt)
  const [groups, setGroups] = useState<readonly SharingGroupRow[]>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: groups are those of one version
  useEffect(() => {
    let isWanted = true
    void attempt(async () => {
      const found = await backend.request('sharingGroups', sharingId, 0, PAGE_GROUPS)
      if (isWanted) setGroups(found)
    })
    return () => {
      isWanted = false
    }
  }, [backend, attempt, sharingId, version])
  if (groups === undefined) return null
  if (groups.length === 0)
    return <EmptyState icon={Network} title={text('sharing.noGroups')} hint={text('sharing.noGroupsHint')} />
  return (
    <div className={styles['table']}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text('sharing.column.blocks')}</th>
            <th scope="col">{text('sharing.column.usedBy')}</th>
            <th scope="col">{text('sharing.column.groupFiles')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {groups.map(({ bytes, fileCount, withArchive, files }) => (
            <tr key={`${bytes} ${files.map(({ file }) => file).join(' ')}`}>
              <td>{format.size(bytes)}</td>
              <td>
                {withArchive
                  ? text('units.filesAndArchive', { count: fileCount - 1 })
                  : text('units.files', { count: fileCount })}
              </td>
              <td className={styles['groupFiles']}>
                {files.slice(0, 3).map(({ file, path }) => (
                  <div key={file} title={path}>
                    {shortPath(path)}
                  </div>
                ))}
                {fileCount > 3 && <div>{text('sharing.moreFiles', { count: fileCount - 3 })}</div>}
              </td>
              <td>
                {files[0] !== undefined && onShow !== undefined && (
                  <Button look="quiet" onPress={() => files[0] && onShow(files[0].file)}>
                    {text('sharing.showFiles')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
