/** An open archive: toolbar, folder tree, one of three views, details, status bar. */
import { TabPanel, Tabs } from 'react-aria-components'
import { useText } from '../../lib/texts.tsx'
import type { ArchiveView } from '../../store/archive-slice.ts'
import { useWindow } from '../../store/store.ts'
import { DetailsPanel } from '../details/details-panel.tsx'
import { SavingsView } from '../savings/savings-view.tsx'
import { SharingView } from '../sharing/sharing-view.tsx'
import { ArchiveNotices } from './archive-notices.tsx'
import styles from './browser.module.css'
import { FilterBar } from './filter-bar.tsx'
import { FolderTree } from './folder-tree.tsx'
import { SidePanel } from './side-panel.tsx'
import { StatusBar } from './status-bar.tsx'
import { EntryTable } from './table/entry-table.tsx'
import { Toolbar } from './toolbar.tsx'

export function Browser() {
  const text = useText()
  const view = useWindow((state) => state.archiveView)
  const show = useWindow((state) => state.showArchiveView)
  const archiveId = useWindow(({ archive }) => archive?.archiveId)
  return (
    <Tabs
      key={archiveId}
      selectedKey={view}
      onSelectionChange={(key) => show(key as ArchiveView)}
      className={styles['browser'] ?? ''}
    >
      <Toolbar />
      <ArchiveNotices />
      <div className={styles['panels']}>
        <SidePanel panel="tree" side="start" label={text('browser.tree')} minPixels={140} defaultPixels={220}>
          <FolderTree />
        </SidePanel>
        <div className={styles['main']}>
          <FilterBar />
          <TabPanel id="contents" className={styles['view'] ?? ''}>
            <EntryTable />
          </TabPanel>
          <TabPanel id="savings" className={styles['view'] ?? ''}>
            <SavingsView />
          </TabPanel>
          <TabPanel id="sharing" className={styles['view'] ?? ''}>
            <SharingView />
          </TabPanel>
        </div>
        <SidePanel panel="details" side="end" label={text('details.title')} minPixels={220} defaultPixels={300}>
          <DetailsPanel />
        </SidePanel>
      </div>
      <StatusBar />
    </Tabs>
  )
}
