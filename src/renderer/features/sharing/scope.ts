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
  const isWhole = view?.complete === true
  // Of a search that goes on, what it has found is asked for at its begin and at its end, not with every line.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what a view has found is asked of main
  const chosen = useMemo((): EntrySelection => {
    if (count > 0) return entrySelection(selection)
    if (viewId !== undefined) return { kind: 'view', viewId, exceptPaths: [] }
    return folder === '' ? { kind: 'all' } : { kind: 'paths', paths: [folder] }
  }, [count, selection, viewId, isWhole, folder])
  return { selection: chosen, title: title() }

  function title(): string {
    if (count > 0) return text('savings.ofSelection', { count })
    if (viewId !== undefined) return text('savings.ofFound', { count: view?.rowCount ?? 0 })
    if (folder !== '') return text('savings.ofFolder', { name: displayName(baseName(folder)) })
    return text('savings.ofArchive', { name: archivePath === undefined ? '' : displayName(baseName(archivePath)) })
  }
}
