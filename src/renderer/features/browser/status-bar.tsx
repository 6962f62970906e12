/** Below the list: the three views, and what is selected (or what the folder and the archive hold) in figures. */
import { useFormat, useText } from '../../lib/texts.tsx'
import { TabList } from '../../parts/tabs.tsx'
import { archiveGone } from '../../store/look-slice.ts'
import { countSelected } from '../../store/selection-slice.ts'
import { useWindow } from '../../store/store.ts'
import styles from './status-bar.module.css'

const views = ['contents', 'savings', 'sharing'] as const

export function StatusBar() {
  const text = useText()
  const view = useWindow((state) => state.archiveView)
  const show = useWindow((state) => state.showArchiveView)
  return (
    <footer className={styles['bar']}>
      <TabList
        label={text('status.views')}
        tabs={views.map((id) => ({ id, label: text(`command.show-${id}`) }))}
        selected={view}
        onSelect={show}
      />
      <p role="status" className={styles['figures']}>
        <Figures />
      </p>
    </footer>
  )
}

function Figures() {
  const text = useText()
  const format = useFormat()
  const count = useWindow(countSelected)
  const totals = useWindow((state) => state.totals)
  const rowCount = useWindow(({ view }) => view?.rowCount ?? 0)
  const info = useWindow(({ archive }) => archive?.info)
  const isGone = useWindow(archiveGone) !== undefined
  if (count === 0) {
    const logicalBytes = info?.totals.logicalBytes ?? 0
    const fileSizeBytes = info?.fileSizeBytes ?? 0
    return [
      ...(isGone ? [text('status.lastRead')] : []),
      text('units.items', { count: rowCount }),
      text('status.archive', { size: format.size(logicalBytes), onDisk: format.size(fileSizeBytes) }),
    ].join(' · ')
  }
  const selected = text('status.selected', { count })
  if (totals === undefined) return selected
  const { entries, sizeBytes, storedBytes, complete } = totals
  return [
    selected,
    ...(entries > count ? [text('status.contains', { count: entries })] : []),
    format.size(sizeBytes),
    text('status.onDisk', { size: format.size(storedBytes) }),
    ...(sizeBytes > storedBytes ? [text('status.saves', { size: format.size(sizeBytes - storedBytes) })] : []),
    ...(complete ? [] : [text('status.counting')]),
  ].join(' · ')
}
