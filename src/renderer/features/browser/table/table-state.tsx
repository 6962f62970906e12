/** What stands in the table's place while there are no rows: loading (when it lasts), empty, nothing found, an error. */
import { FolderOpen, PackageOpen, PackageX, SearchX } from 'lucide-react'
import { useDelayed } from '../../../lib/delayed.ts'
import { useText } from '../../../lib/texts.tsx'
import { Button } from '../../../parts/button.tsx'
import { EmptyState } from '../../../parts/empty-state.tsx'
import { ErrorNotice } from '../../../parts/error-notice.tsx'
import { useWindow } from '../../../store/store.ts'
import { isSearching, noFilter, shownFolder } from '../../../store/view-slice.ts'
import styles from './table.module.css'

export function TableState() {
  const text = useText()
  const failure = useWindow((state) => state.viewFailure)
  const isLost = useWindow(({ lost }) => lost !== undefined)
  const openView = useWindow((state) => state.openView)
  const isEmpty = useWindow(({ view }) => view?.rowCount === 0 && view.complete)
  const isAsked = useWindow(({ view, viewAskedAt }) =>
    viewAskedAt !== undefined || (view?.rowCount === 0 && !view.complete) ? true : undefined,
  )
  const isLoading = useDelayed(isAsked)
  // Said above the list already.
  if (isLost && failure !== undefined) return null
  if (failure !== undefined)
    return (
      <div className={styles['state']}>
        <ErrorNotice error={failure} title={text('browser.viewFailed')}>
          <Button onPress={() => void openView()}>{text('app.retry')}</Button>
        </ErrorNotice>
      </div>
    )
  if (isEmpty)
    return (
      <div className={styles['state']}>
        <Nothing />
      </div>
    )
  if (isLoading === undefined) return null
  return (
    <p className={styles['loading']} role="status">
      {text('browser.loading')}
    </p>
  )
}

function Nothing() {
  const text = useText()
  const searching = useWindow(isSearching)
  const isComplete = useWindow(({ archive }) => archive?.info.complete)
  const isTop = useWindow((state) => shownFolder(state) === '')
  const setSearch = useWindow((state) => state.setSearch)
  const setFilter = useWindow((state) => state.setFilter)
  if (!searching && !isComplete && isTop) return <EmptyState icon={PackageX} title={text('browser.nothingReadable')} />
  if (!searching)
    return isTop ? (
      <EmptyState icon={PackageOpen} title={text('browser.emptyArchive')} />
    ) : (
      <EmptyState icon={FolderOpen} title={text('browser.emptyFolder')} />
    )
  return (
    <EmptyState icon={SearchX} title={text('browser.nothingFound')} hint={text('browser.nothingFoundHint')}>
      <Button
        onPress={() => {
          setFilter(noFilter)
          setSearch('')
        }}
      >
        {text('browser.clearSearch')}
      </Button>
    </EmptyState>
  )
}
