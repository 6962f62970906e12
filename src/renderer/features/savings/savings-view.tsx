/** What the archive saves, and through what. */
import { useFormat, useText } from '../../lib/texts.tsx'
import { useWindow } from '../../store/store.ts'
import { Facts } from '../details/facts.tsx'
import styles from './savings-view.module.css'

export function SavingsView() {
  const text = useText()
  const format = useFormat()
  const info = useWindow(({ archive }) => archive?.info)
  if (info === undefined) return null
  const { totals } = info
  return (
    <div className={styles['savings']}>
      <Facts
        facts={[
          [text('details.size'), format.size(totals.logicalBytes)],
          [text('class.hole'), format.size(totals.holeBytes + totals.zeroBytes)],
          [text('details.shared'), format.size(totals.sharedBytes + totals.duplicateBytes)],
          [text('class.packed'), format.size(totals.packStoredBytes)],
          [text('details.onDisk'), format.size(info.fileSizeBytes)],
        ]}
      />
    </div>
  )
}
