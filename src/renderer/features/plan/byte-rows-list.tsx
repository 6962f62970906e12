/** A bar of bytes by class and, below it, the same numbers in words. The words are what a screen reader gets. */
import { classNames } from '../../lib/class-names.ts'
import { useWords } from '../../lib/use-words.ts'
import type { ByteRow } from './byte-rows.ts'
import styles from './plan.module.css'

export function ByteRows({ rows }: { readonly rows: readonly ByteRow[] }) {
  const { text, format } = useWords()
  if (rows.length === 0) return null
  return (
    <>
      <div className={styles['bar']} aria-hidden>
        {rows.map(({ kind, bytes, note }) => (
          <div
            key={`${kind} ${note}`}
            className={classNames(styles['part'], styles[kind])}
            style={{ flexGrow: bytes }}
          />
        ))}
      </div>
      <ul className={styles['rows']}>
        {rows.map(({ kind, bytes, note }) => (
          <li key={`${kind} ${note}`} className={styles['row']}>
            <span className={classNames(styles['swatch'], styles[kind])} aria-hidden />
            <span className={styles['size']}>{format.size(bytes)}</span>{' '}
            <span className={styles['words']}>
              <span className={styles['term']}>{text(`part.${kind}`)}</span>{' '}
              <span className={styles['note']}>{note}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
