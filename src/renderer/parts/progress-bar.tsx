/** How far something is: a bar with its label; running without end while the total isn't known. */
import { ProgressBar as AriaProgressBar } from 'react-aria-components'
import { classNames } from '../lib/class-names.ts'
import styles from './progress-bar.module.css'

interface ProgressBarProps {
  readonly label: string
  /** 0…1; undefined while the total is unknown. */
  readonly share: number | undefined
}

export function ProgressBar({ label, share }: ProgressBarProps) {
  const isIndeterminate = share === undefined
  return (
    <AriaProgressBar
      aria-label={label}
      isIndeterminate={isIndeterminate}
      value={(share ?? 0) * 100}
      className={styles['bar'] ?? ''}
    >
      <div
        className={classNames(styles['fill'], isIndeterminate && styles['running'])}
        style={isIndeterminate ? {} : { inlineSize: `${Math.min(1, Math.max(0, share)) * 100}%` }}
      />
    </AriaProgressBar>
  )
}
