/** What the window is about in all of its views: what is selected, else what was searched for, else the folder, else everything. */
import { useMemo } from 'react'
import { baseName, displayName } from '../../../shared/byte-string.ts'
import type { EntrySelection } from '../../../shared/ipc/archives.ts'
import { useText } from '../../lib/texts.tsx'
import { currentPlace } from '../../store/history.ts'
import { entrySelection } from '../../store/selection.ts'
import { countSelected } from '../../store/selection-slice.ts'
import { useWindow } from '../../store/store.ts'
import { isSearching } from '../../store/view-slice.ts'

export interface Scope {
  /** Of kind `all` where it is the whole archive. */
  readonly selection: EntrySelection
  readonly title: string
}

export function useScope(): Scope {
  const text = useText()
  const count = useWindow(countSelected)
  const selection = useWindow((state) => state.selection)
  const isFiltered = useWindow(isSearching)
  const view = useWindow((state) => state.view)
  const folder = useWindow(({ history }) => currentPlace(history))
  const archivePath = useWindow(({ archive }) => archive?.path)
  const viewId = isFiltered ? view?.viewId : undefined
  const found = viewId === undefined ? 0 : (view?.rowCount ?? 0)
  return useMemo(() => {
    if (count > 0) return { selection: entrySelection(selection), title: text('savings.ofSelection', { count }) }
    if (viewId !== undefined)
      return { selection: { kind: 'view', viewId, exceptPaths: [] }, title: text('savings.ofFound', { count: found }) }
    if (folder !== '')
      return {
        selection: { kind: 'paths', paths: [folder] },
        title: text('savings.ofFolder', { name: displayName(baseName(folder)) }),
      }
    const name = archivePath === undefined ? '' : displayName(baseName(archivePath))
    return { selection: { kind: 'all' }, title: text('savings.ofArchive', { name }) }
  }, [text, count, selection, viewId, found, folder, archivePath])
}
