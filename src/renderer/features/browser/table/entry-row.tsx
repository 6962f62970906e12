/** One line of the table. It follows its own row of the store, so that scrolling draws only lines that are new. */
import { memo } from 'react'
import { displayName } from '../../../../shared/byte-string.ts'
import { classNames } from '../../../lib/class-names.ts'
import { rowAt } from '../../../store/row-pages.ts'
import { isSelected } from '../../../store/selection.ts'
import { useWindow } from '../../../store/store.ts'
import { CellContent } from './cells.tsx'
import type { Column } from './columns.ts'
import styles from './table.module.css'

interface EntryRowProps {
  readonly index: number
  readonly topPixels: number
  readonly columns: readonly Column[]
}

export const rowId = (index: number): string => `entry-${index}`

export const EntryLine = memo(function EntryLine({ index, topPixels, columns }: EntryRowProps) {
  const row = useWindow(({ pages }) => rowAt(pages, index))
  const selected = useWindow(({ selection }) => row !== undefined && isSelected(selection, row.path))
  const isCursor = useWindow(({ cursor }) => cursor?.index === index)
  return (
    <div
      role="row"
      id={rowId(index)}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={row === undefined}
      draggable={row !== undefined}
      title={row === undefined ? undefined : displayName(row.path)}
      className={classNames(
        styles['row'],
        selected && styles['selected'],
        isCursor && styles['cursor'],
        row?.implied === true && styles['implied'],
      )}
      style={{ transform: `translateY(${topPixels}px)` }}
    >
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={classNames(styles['cell'], column.alignsEnd && styles['alignsEnd'])}
        >
          {row === undefined ? <span className={styles['skeleton']} /> : <CellContent column={column.id} row={row} />}
        </div>
      ))}
    </div>
  )
})
