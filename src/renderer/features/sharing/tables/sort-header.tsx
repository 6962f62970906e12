/** The head of a column; where the column can order the rows, a press does. */
import { ArrowDown, ArrowUp } from 'lucide-react'
import styles from './tables.module.css'

interface SortHeaderProps {
  readonly label: string
  readonly direction: 'ascending' | 'descending' | undefined
  readonly onSort: (() => void) | undefined
}

export function SortHeader({ label, direction, onSort }: SortHeaderProps) {
  const Arrow = direction === 'ascending' ? ArrowUp : ArrowDown
  return (
    <span role="columnheader" aria-sort={direction ?? 'none'}>
      {onSort === undefined ? (
        label
      ) : (
        <button type="button" className={styles['sort']} onClick={onSort}>
          {label}
          {direction !== undefined && <Arrow size={12} aria-hidden />}
        </button>
      )}
    </span>
  )
}
