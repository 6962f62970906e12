/** An open archive: toolbar, folder tree, one of three views, details, status bar. */
import { useText } from '../../lib/texts.tsx'
import { TabPanel } from '../../parts/tabs.tsx'
import { useWindow } from '../../store/store.ts'
import { DetailsPanel } from '../details/details-panel.tsx'
import { SavingsView } from '../savings/savings-view.tsx'
import { SharingView, useClosingLooks } from '../sharing/sharing-view.tsx'
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
  useClosingLooks()
  const archiveId = useWindow(({ archive }) => archive?.archiveId)
  return (
    <div key={archiveId} className={styles['browser']}>
      <Toolbar />
      <ArchiveNotices />
      <div className={styles['panels']}>
        {view !== 'sharing' && (
          <SidePanel panel="tree" side="start" label={text('browser.tree')} minPixels={140} defaultPixels={220}>
            <FolderTree />
          </SidePanel>
        )}
        <div className={styles['main']}>
          {view === 'contents' && <FilterBar />}
          <TabPanel id={view}>
            {view === 'contents' && <EntryTable />}
            {view === 'savings' && <SavingsView />}
            {view === 'sharing' && <SharingView />}
          </TabPanel>
        </div>
        {view === 'contents' && (
          <SidePanel panel="details" side="end" label={text('details.title')} minPixels={220} defaultPixels={300}>
            <DetailsPanel />
          </SidePanel>
        )}
      </div>
      <StatusBar />
    </div>
  )
}
