/** The folders that were looked at, each with what of it is only here: what deleting it would free. */
import { ChevronDown, ChevronRight, Folder } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { SharingFolderRow, SharingState } from '../../../shared/ipc/sharing.ts'
import { useBackend } from '../../lib/backend.ts'
import { useWords } from '../../lib/use-words.ts'
import { Button } from '../../parts/button.tsx'
import { SharedBar } from '../../parts/shared-bar.tsx'
import { useWindow } from '../../store/store.ts'
import styles from './look.module.css'
import type { CommonFolder } from './picture/common-folder.ts'

interface FolderListProps {
  readonly sharing: SharingState
  /** Where the list begins. */
  readonly common: CommonFolder
  /** Shows the files of a folder. */
  readonly onShow: (folder: number) => void
}

export function FolderList({ sharing, common, onShow }: FolderListProps) {
  const { text } = useWords()
  return (
    <div className={styles['table']}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text('sharing.column.folder')}</th>
            <th scope="col">{text('sharing.column.files')}</th>
            <th scope="col">{text('column.size')}</th>
            <th scope="col">{text('column.stored')}</th>
            <th scope="col" title={text('sharing.onlyHereHint')}>
              {text('sharing.column.onlyHere')}
            </th>
            <th scope="col">{text('sharing.column.sharedElsewhere')}</th>
            <th scope="col" aria-label={text('sharing.showFiles')} />
          </tr>
        </thead>
        <tbody>
          {common.row === undefined ? (
            <Branch sharing={sharing} folder={0} level={0} onShow={onShow} />
          ) : (
            <FolderLine
              key={`${sharing.version} ${common.folder}`}
              row={{ ...common.row, name: common.path }}
              sharing={sharing}
              level={0}
              onShow={onShow}
              startsOpen
            />
          )}
        </tbody>
      </table>
      <p className={styles['figures']}>{text('sharing.onlyHereHint')}</p>
    </div>
  )
}

interface BranchProps extends Omit<FolderListProps, 'common'> {
  readonly folder: number
  readonly level: number
}

function Branch({ sharing, folder, level, onShow }: BranchProps) {
  const backend = useBackend()
  const attempt = useWindow((state) => state.attempt)
  const [rows, setRows] = useState<readonly SharingFolderRow[]>([])
  const { sharingId, version } = sharing
  // biome-ignore lint/correctness/useExhaustiveDependencies: folders have numbers of one version
  useEffect(() => {
    let isWanted = true
    void attempt(async () => {
      const found = await backend.request('sharingFolders', sharingId, folder)
      if (isWanted) setRows(found)
    })
    return () => {
      isWanted = false
    }
  }, [backend, attempt, sharingId, folder, version])
  return rows.map((row) => (
    <FolderLine
      key={`${version} ${row.folder}`}
      row={row}
      sharing={sharing}
      level={level}
      onShow={onShow}
      startsOpen={false}
    />
  ))
}

interface FolderLineProps extends Omit<FolderListProps, 'common'> {
  readonly row: SharingFolderRow
  readonly level: number
  readonly startsOpen: boolean
}

function FolderLine({ row, sharing, level, onShow, startsOpen }: FolderLineProps) {
  const { text, format } = useWords()
  const [isOpen, setOpen] = useState(startsOpen)
  const { folder, name, files, sizeBytes, onDiskBytes, onlyHereBytes, certainBytes, hasFolders } = row
  const Twist = isOpen ? ChevronDown : ChevronRight
  return (
    <>
      <tr>
        <th scope="row" style={{ paddingInlineStart: `${level * 16 + 4}px` }}>
          <span className={styles['folderName']}>
            {hasFolders ? (
              <button
                type="button"
                aria-expanded={isOpen}
                aria-label={text(isOpen ? 'sharing.closeFolder' : 'sharing.openFolder', { name })}
                className={styles['twist']}
                onClick={() => setOpen(!isOpen)}
              >
                <Twist size={14} aria-hidden />
              </button>
            ) : (
              <span className={styles['twist']} />
            )}
            <Folder size={16} strokeWidth={1.75} aria-hidden className={styles['folderIcon'] ?? ''} />
            {name}
          </span>
        </th>
        <td>{format.count(files)}</td>
        <td>{format.size(sizeBytes)}</td>
        <td>{format.size(onDiskBytes)}</td>
        <td
          title={
            certainBytes < onlyHereBytes ? text('sharing.certain', { size: format.size(certainBytes) }) : undefined
          }
        >
          {format.size(onlyHereBytes)}
        </td>
        <td>
          <SharedBar sharedBytes={onDiskBytes - onlyHereBytes} storedBytes={onDiskBytes} />
        </td>
        <td>
          <Button look="quiet" onPress={() => onShow(folder)}>
            {text('sharing.showFiles')}
          </Button>
        </td>
      </tr>
      {isOpen && <Branch sharing={sharing} folder={folder} level={level + 1} onShow={onShow} />}
    </>
  )
}
