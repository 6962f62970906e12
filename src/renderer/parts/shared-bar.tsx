/** How much of what is stored others use too: a bar and the share as a number. */
import { useFormat, useText } from '../lib/texts.tsx'
import styles from './shared-bar.module.css'

interface SharedBarProps {
  /** Undefined while not yet known. */
  readonly sharedBytes: number | undefined
  readonly storedBytes: number
}

export function SharedBar({ sharedBytes, storedBytes }: SharedBarProps) {
  const text = useText()
  const format = useFormat()
  if (storedBytes <= 0) return null
  if (!sharedBytes) return <span className={styles['none']}>{sharedBytes === 0 ? format.percent(0) : '…'}</span>
  const share = Math.min(1, sharedBytes / storedBytes)
  const percent = format.percent(share)
  return (
    <span className={styles['shared']} title={text('row.sharedPercent', { percent })}>
      <span className={styles['bar']} aria-hidden>
        <span className={styles['fill']} style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <span className={styles['percent']}>{percent}</span>
    </span>
  )
}
