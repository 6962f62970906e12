/** What the table says about an entry, column by column. */
import { baseName, displayName, parentPath } from '../../../../shared/byte-string.ts'
import { modeText } from '../../../../shared/format-mode.ts'
import type { EntryRow, SortColumn } from '../../../../shared/ipc/archives.ts'
import { useFormat, useText } from '../../../lib/texts.tsx'
import { SharedBar } from '../../../parts/shared-bar.tsx'
import { EntryIcon } from '../entry-icon.tsx'
import styles from './table.module.css'

/** Whether sizes say something about an entry of this kind. */
function hasContent({ kind }: EntryRow): boolean {
  return kind === 'file'
}

export function CellContent({ column, row }: { readonly column: SortColumn; readonly row: EntryRow }) {
  const text = useText()
  const format = useFormat()
  switch (column) {
    case 'name':
      return (
        <>
          <EntryIcon kind={row.kind} path={row.path} />
          <span className={styles['name']}>
            {displayName(baseName(row.path))}
            {row.linkTarget !== '' && <span className={styles['muted']}> → {displayName(row.linkTarget)}</span>}
          </span>
        </>
      )
    case 'path':
      return <span className={styles['muted']}>{displayName(parentPath(row.path)) || '/'}</span>
    case 'size':
      return hasContent(row) ? format.size(row.sizeBytes) : null
    case 'stored':
      return hasContent(row) ? format.size(row.storedBytes) : null
    case 'shared':
      return <SharedBar sharedBytes={row.sharedBytes} storedBytes={row.storedBytes} />
    case 'modified':
      return format.date(row.modifyTime)
    case 'mode':
      return <span className={styles['mode']}>{modeText(row.kind, row.mode)}</span>
    case 'kind':
      return text(`kind.${row.kind}`)
  }
}
