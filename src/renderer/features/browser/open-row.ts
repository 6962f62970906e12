/** Opening the entry under the cursor: a folder is entered, anything else is shown. */
import { rowAt } from '../../store/row-pages.ts'
import { useWindowStore } from '../../store/store.ts'

/** `open` enters folders and previews files; `preview` previews whatever can be. */
export function useOpenRow(): (how: 'open' | 'preview') => void {
  const store = useWindowStore()
  return (how) => {
    const { cursor, pages, goTo, openPreview } = store.getState()
    const row = cursor === undefined ? undefined : rowAt(pages, cursor.index)
    if (row === undefined) return
    if (row.kind !== 'directory') openPreview(row)
    else if (how === 'open') goTo(row.path)
  }
}
