/** The table's head: a click sorts, the edges resize, a menu chooses the columns. */
import { ChevronDown, ChevronUp } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useState } from 'react'
import type { SortColumn } from '../../../../shared/ipc/archives.ts'
import { classNames } from '../../../lib/class-names.ts'
import { useText } from '../../../lib/texts.tsx'
import { ContextMenu } from '../../../parts/menu.tsx'
import { useWindow } from '../../../store/store.ts'
import { allColumns, type Column, MAX_COLUMN_PIXELS, MIN_COLUMN_PIXELS, toggleColumn } from './columns.ts'
import styles from './table.module.css'

const KEY_STEP_PIXELS = 16

interface TableHeaderProps {
  readonly columns: readonly Column[]
  /** While an edge is dragged; `isFinal` when it is let go. */
  readonly onResize: (column: SortColumn, widthPixels: number, isFinal: boolean) => void
}

export function TableHeader({ columns, onResize }: TableHeaderProps) {
  const [menuAt, setMenuAt] = useState<{ x: number; y: number }>()
  const openMenu = (event: MouseEvent): void => {
    event.preventDefault()
    setMenuAt({ x: event.clientX, y: event.clientY })
  }
  return (
    <div role="rowgroup" className={styles['head']}>
      <div role="row" aria-rowindex={1} className={styles['headRow']} onContextMenu={openMenu}>
        {columns.map((column) => (
          <HeaderCell key={column.id} column={column} onResize={onResize} />
        ))}
      </div>
      <ColumnsMenu at={menuAt} onClose={() => setMenuAt(undefined)} />
    </div>
  )
}

function HeaderCell({
  column,
  onResize,
}: {
  readonly column: Column
  readonly onResize: TableHeaderProps['onResize']
}) {
  const text = useText()
  const { id, alignsEnd } = column
  const sort = useWindow((state) => state.sort)
  const sortBy = useWindow((state) => state.sortBy)
  const direction = sort.column !== id ? 'none' : sort.descending ? 'descending' : 'ascending'
  const Arrow = direction === 'descending' ? ChevronDown : ChevronUp
  return (
    <div role="columnheader" aria-sort={direction} className={styles['headCell']}>
      <button
        type="button"
        className={classNames(styles['sort'], alignsEnd && styles['alignsEnd'])}
        title={id === 'stored' ? text('column.storedHint') : id === 'shared' ? text('column.sharedHint') : undefined}
        onClick={() => sortBy(id)}
        onKeyDown={(event) => moveInHead(event)}
        tabIndex={id === 'name' ? 0 : -1}
      >
        <span className={styles['headText']}>{text(`column.${id}`)}</span>
        {direction !== 'none' && <Arrow size={14} aria-hidden />}
      </button>
      <ResizeEdge column={column} onResize={onResize} />
    </div>
  )
}

/** The head is one stop of the Tab key; arrows go from column to column. */
function moveInHead(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
  event.preventDefault()
  const cell = event.currentTarget.parentElement
  const next = event.key === 'ArrowLeft' ? cell?.previousElementSibling : cell?.nextElementSibling
  const button = next?.querySelector('button')
  if (button instanceof HTMLElement) button.focus()
}

function ResizeEdge({
  column,
  onResize,
}: {
  readonly column: Column
  readonly onResize: TableHeaderProps['onResize']
}) {
  const text = useText()
  const drag = (event: PointerEvent<HTMLElement>): void => {
    const edge = event.currentTarget
    const startX = event.clientX
    const startPixels = edge.parentElement?.offsetWidth ?? column.widthPixels
    const widthAt = (x: number): number =>
      Math.max(MIN_COLUMN_PIXELS, Math.min(MAX_COLUMN_PIXELS, Math.round(startPixels + x - startX)))
    const move = ({ clientX }: globalThis.PointerEvent): void => onResize(column.id, widthAt(clientX), false)
    edge.setPointerCapture(event.pointerId)
    edge.addEventListener('pointermove', move)
    const end = ({ clientX }: globalThis.PointerEvent): void => {
      edge.removeEventListener('pointermove', move)
      if (clientX !== startX) onResize(column.id, widthAt(clientX), true)
    }
    edge.addEventListener('pointerup', end, { once: true })
    event.preventDefault()
  }
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={text('column.resize', { column: text(`column.${column.id}`) })}
      aria-valuenow={column.widthPixels}
      aria-valuemin={MIN_COLUMN_PIXELS}
      aria-valuemax={MAX_COLUMN_PIXELS}
      tabIndex={-1}
      className={styles['edge']}
      onPointerDown={drag}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowLeft' ? -KEY_STEP_PIXELS : event.key === 'ArrowRight' ? KEY_STEP_PIXELS : 0
        if (step !== 0) onResize(column.id, Math.max(MIN_COLUMN_PIXELS, column.widthPixels + step), true)
      }}
    />
  )
}

interface ColumnsMenuProps {
  readonly at: { readonly x: number; readonly y: number } | undefined
  readonly onClose: () => void
}

function ColumnsMenu({ at, onClose }: ColumnsMenuProps) {
  const text = useText()
  const chosen = useWindow(({ settings }) => settings.columns)
  const foldersFirst = useWindow(({ settings }) => settings.foldersFirst)
  const changeSettings = useWindow((state) => state.changeSettings)
  const openView = useWindow((state) => state.openView)
  return (
    <ContextMenu
      label={text('column.menu')}
      at={at}
      onClose={onClose}
      items={[
        ...allColumns
          .filter((id) => id !== 'name')
          .map((id) => ({
            id,
            label: text(`column.${id}`),
            isChecked: chosen.includes(id),
            run: () => changeSettings({ columns: toggleColumn(chosen, id) }),
          })),
        undefined,
        {
          id: 'folders-first',
          label: text('column.foldersFirst'),
          isChecked: foldersFirst,
          run: () => {
            changeSettings({ foldersFirst: !foldersFirst })
            void openView()
          },
        },
        undefined,
        {
          id: 'reset',
          label: text('column.resetWidths'),
          run: () => changeSettings({ columnWidthsPixels: {} }),
        },
      ]}
    />
  )
}
