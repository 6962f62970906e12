/** Who shares which blocks in the archive. */
import { Network } from 'lucide-react'
import { useText } from '../../lib/texts.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { selectedRow } from '../../store/selection-slice.ts'
import { useWindow } from '../../store/store.ts'
import { EntryDetailsView } from '../details/entry-details.tsx'
import styles from './sharing-view.module.css'

export function SharingView() {
  const text = useText()
  const row = useWindow(selectedRow)
  return row === undefined ? (
    <EmptyState icon={Network} title={text('sharing.chooseFile')} />
  ) : (
    <div className={styles['sharing']}>
      <EntryDetailsView row={row} />
    </div>
  )
}
