/** The panel on what is selected: the archive where nothing is, the entry, or the sum of several. */
import { X } from 'lucide-react'
import { useCommand } from '../../lib/command.ts'
import { useIsDrawer } from '../../lib/layout.ts'
import { useFormat, useText } from '../../lib/texts.tsx'
import { IconButton } from '../../parts/button.tsx'
import { countSelected, selectedRow } from '../../store/selection-slice.ts'
import { useWindow } from '../../store/store.ts'
import { ArchiveDetails } from './archive-details.tsx'
import styles from './details.module.css'
import { EntryDetailsView } from './entry-details.tsx'
import { Facts } from './facts.tsx'

export function DetailsPanel() {
  const text = useText()
  const run = useCommand()
  const isDrawer = useIsDrawer('details')
  const row = useWindow(selectedRow)
  const count = useWindow(countSelected)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled with the keyboard
    <section aria-label={text('details.title')} className={styles['details']} tabIndex={0}>
      {isDrawer && (
        <div className={styles['close']}>
          <IconButton icon={X} label={text('app.close')} onPress={() => run('toggle-details')} />
        </div>
      )}
      {row !== undefined ? <EntryDetailsView row={row} /> : count > 0 ? <Several count={count} /> : <ArchiveDetails />}
    </section>
  )
}

function Several({ count }: { readonly count: number }) {
  const text = useText()
  const format = useFormat()
  const totals = useWindow((state) => state.totals)
  return (
    <>
      <h2 className={styles['title']}>{text('details.severalSelected', { count })}</h2>
      {totals !== undefined && (
        <Facts
          facts={[
            [text('details.contents'), text('units.files', { count: totals.files })],
            [text('details.size'), format.size(totals.sizeBytes)],
            [text('details.onDisk'), format.size(totals.storedBytes)],
            [text('details.saves'), format.size(Math.max(0, totals.sizeBytes - totals.storedBytes))],
          ]}
        />
      )}
    </>
  )
}
