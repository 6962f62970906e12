/** The list of entries: a grid that has the focus as one, draws only the lines in view, and pages its rows from main. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { SortColumn } from '../../../../shared/ipc/archives.ts'
import { useRowWindow } from '../../../lib/row-window.ts'
import { useText } from '../../../lib/texts.tsx'
import { useWindow } from '../../../store/store.ts'
import { isSearching } from '../../../store/view-slice.ts'
import { columnTemplate, leastTablePixels, shownColumns } from './columns.ts'
import { EntryLine, rowId } from './entry-row.tsx'
import { RowMenu } from './row-menu.tsx'
import styles from './table.module.css'
import { TableHeader } from './table-header.tsx'
import { useTableKeys } from './table-keys.ts'
import { useTablePointer } from './table-pointer.ts'
import { TableState } from './table-state.tsx'

/** As in tokens.css: --row-height. */
const ROW_PIXELS = 28

export function EntryTable() {
  const text = useText()
  const scroller = useRef<HTMLDivElement>(null)
  const rowCount = useWindow(({ view }) => view?.rowCount ?? 0)
  const viewId = useWindow(({ view }) => view?.viewId)
  const cursorIndex = useWindow(({ cursor }) => cursor?.index)
  const showRows = useWindow((state) => state.showRows)
  const { columns, resize } = useColumns()
  const rows = useRowWindow(scroller, rowCount, ROW_PIXELS, ROW_PIXELS)
  const { first, last, reveal, topOf } = rows
  const [menuAt, setMenuAt] = useState<{ x: number; y: number }>()
  const onKeyDown = useTableKeys(rows.visibleRows - 1)
  const pointer = useTablePointer(setMenuAt)

  // A new list begins at its top, or where the cursor is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a view that replaces another must scroll even when the cursor stands
  useEffect(() => reveal(cursorIndex ?? 0), [viewId, cursorIndex])

  // An archive that opens is there for the keys at once, unless they are needed elsewhere.
  useEffect(() => {
    if (document.activeElement === document.body) scroller.current?.focus({ preventScroll: true })
  }, [])

  useEffect(() => {
    if (viewId !== undefined && last >= first) showRows({ first, last })
  }, [viewId, first, last, showRows])

  return (
    <div className={styles['table']}>
      <div
        ref={scroller}
        role="grid"
        aria-label={text('browser.table')}
        aria-rowcount={rowCount + 1}
        aria-multiselectable
        aria-activedescendant={
          cursorIndex !== undefined && cursorIndex >= first && cursorIndex <= last ? rowId(cursorIndex) : undefined
        }
        tabIndex={0}
        className={styles['scroller']}
        style={{
          ['--columns' as string]: columnTemplate(columns),
          ['--least-width' as string]: `${leastTablePixels(columns)}px`,
        }}
        onKeyDown={onKeyDown}
        {...pointer}
      >
        <TableHeader columns={columns} onResize={resize} />
        <div role="rowgroup" className={styles['body']} style={{ blockSize: rows.heightPixels }}>
          {Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i).map((index) => (
            <EntryLine key={index % rows.slots} index={index} topPixels={topOf(index)} columns={columns} />
          ))}
        </div>
      </div>
      <TableState />
      <RowMenu at={menuAt} onClose={() => setMenuAt(undefined)} />
    </div>
  )
}

function useColumns() {
  const chosen = useWindow(({ settings }) => settings.columns)
  const widths = useWindow(({ settings }) => settings.columnWidthsPixels)
  const searching = useWindow(isSearching)
  const changeSettings = useWindow((state) => state.changeSettings)
  const [dragged, setDragged] = useState<{ readonly [Column in SortColumn]?: number }>({})
  const columns = useMemo(
    () => shownColumns({ columns: chosen, columnWidthsPixels: { ...widths, ...dragged } }, searching),
    [chosen, widths, dragged, searching],
  )
  const resize = (column: SortColumn, widthPixels: number, isFinal: boolean): void => {
    setDragged(isFinal ? {} : { [column]: widthPixels })
    if (isFinal) changeSettings({ columnWidthsPixels: { ...widths, [column]: widthPixels } })
  }
  return { columns, resize }
}
