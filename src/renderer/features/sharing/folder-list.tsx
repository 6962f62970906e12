/** The folders that were looked at, each with what of it is only here: what deleting it would free. */
import { ChevronDown, ChevronRight, Folder } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { SharingFolderRow, SharingState } from '../../../shared/ipc/sharing.ts'
import { useBackend } from '../../lib/backend.ts'
import { useWords } from '../../lib/use-words.ts'
import { Button } from '../../parts/button.tsx'
import { SharedBar } from '../../parts/shared-bar.tsx'
import type { LookKind } from '../../store/look-slice.ts'
import { useWindow } from '../../store/store.ts'
import { Freed } from './freed-sentences.tsx'
import styles from './look.module.css'
import type { CommonFolder } from './picture/common-folder.ts'
import { everyFile } from './picture/picture-state.ts'

interface FolderListProps {
  readonly kind: LookKind
  readonly sharing: SharingState
  /** Where the list begins. */
  readonly common: CommonFolder
  /** Shows the files of a folder. */
  readonly onShow: (folder: number) => void
}

export function FolderList({ kind, sharing, common, onShow }: FolderListProps) {
  const { text } = useWords()
  const [chosen, setChosen] = useState<Chosen>()
  const root = common.row === undefined ? undefined : { folder: common.folder, name: common.path }
  const asked = chosen?.version === sharing.version ? chosen : root
  const folder = asked?.folder
  const query = useMemo(
    () => (folder === undefined ? undefined : ({ kind: 'listed', query: { ...everyFile, folder } } as const)),
    [folder],
  )
  const branch = {
    sharing,
    onShow,
    chosen: folder,
    onChoose: ({ folder, name }: SharingFolderRow) => setChosen({ folder, name, version: sharing.version }),
  }
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
            <Branch {...branch} folder={0} level={0} />
          ) : (
            <FolderLine
              key={`${sharing.version} ${common.folder}`}
              {...branch}
              row={{ ...common.row, name: common.path }}
              level={0}
              startsOpen
            />
          )}
        </tbody>
      </table>
      {asked !== undefined && query !== undefined && (
        <div role="status">
          <h3 className={styles['asked']}>{text('savings.ofFolder', { name: asked.name })}</h3>
          <Freed kind={kind} sharing={sharing} of={query} className={styles['figures']} />
        </div>
      )}
      <p className={styles['figures']}>{text('sharing.onlyHereHint')}</p>
    </div>
  )
}

/** Which folder is asked about; folders have numbers of one version. */
interface Chosen {
  readonly folder: number
  readonly name: string
  readonly version: number
}

interface BranchProps extends Omit<FolderListProps, 'kind' | 'common'> {
  readonly chosen: number | undefined
  readonly onChoose: (row: SharingFolderRow) => void
  readonly folder: number
  readonly level: number
}

function Branch({ folder, level, ...lines }: BranchProps) {
  const backend = useBackend()
  const attempt = useWindow((state) => state.attempt)
  const [rows, setRows] = useState<readonly SharingFolderRow[]>([])
  const { sharingId, version } = lines.sharing
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
    <FolderLine {...lines} key={`${version} ${row.folder}`} row={row} level={level} startsOpen={false} />
  ))
}

interface FolderLineProps extends Omit<BranchProps, 'folder'> {
  readonly row: SharingFolderRow
  readonly startsOpen: boolean
}

function FolderLine({ row, level, startsOpen, ...lines }: FolderLineProps) {
  const { text, format } = useWords()
  const [isOpen, setOpen] = useState(startsOpen)
  const { folder, name, files, sizeBytes, onDiskBytes, onlyHereBytes, uncheckedBytes, hasFolders } = row
  const { chosen, onChoose, onShow } = lines
  const atLeast = (bytes: number): string => {
    if (uncheckedBytes === 0) return format.size(bytes)
    return bytes === 0 ? '?' : text('sharing.atLeastSize', { size: format.size(bytes) })
  }
  const hint = uncheckedBytes === 0 ? undefined : text('sharing.uncheckedIn', { size: format.size(uncheckedBytes) })
  const Twist = isOpen ? ChevronDown : ChevronRight
  return (
    <>
      <tr className={chosen === folder ? styles['chosenFolder'] : undefined}>
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
            <button
              type="button"
              aria-pressed={chosen === folder}
              className={styles['folderChoice']}
              onClick={() => onChoose(row)}
            >
              {name}
            </button>
          </span>
        </th>
        <td>{format.count(files)}</td>
        <td>{format.size(sizeBytes)}</td>
        <td title={hint}>{atLeast(onDiskBytes)}</td>
        <td title={hint}>{atLeast(onlyHereBytes)}</td>
        <td>
          <SharedBar sharedBytes={onDiskBytes - onlyHereBytes} storedBytes={onDiskBytes} />
        </td>
        <td>
          <Button look="quiet" onPress={() => onShow(folder)}>
            {text('sharing.showFiles')}
          </Button>
        </td>
      </tr>
      {isOpen && <Branch {...lines} folder={folder} level={level + 1} />}
    </>
  )
}
