/** “What this will do”: said before it is done, and updated as the choices change. */
import { type ReactNode, useId } from 'react'
import type { ErrorData } from '../../../shared/errors.ts'
import { classNames } from '../../lib/class-names.ts'
import { useWords } from '../../lib/use-words.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import type { ByteRow } from './byte-rows.ts'
import { ByteRows } from './byte-rows-list.tsx'
import styles from './plan.module.css'
import type { ShownPlan } from './use-plan.ts'

interface PlanBlockProps {
  readonly shown: ShownPlan<{ readonly files: number; readonly obstacle: ErrorData | undefined }>
  readonly rows: readonly ByteRow[]
  /** How much is new on disk, in words. */
  readonly newOnDisk: string | undefined
  readonly freeBytes: number | undefined
  /** More that is worth knowing before starting. */
  readonly children?: ReactNode
}

export function PlanBlock({
  shown: { plan, isCurrent, isComplete, error },
  rows,
  newOnDisk,
  freeBytes,
  children,
}: PlanBlockProps) {
  const { text, format } = useWords()
  const headingId = useId()
  const obstacle = error ?? (isCurrent ? plan?.obstacle : undefined)
  // What would be cloned and copied is worth knowing where there is no room for it; elsewhere nothing will be done.
  const showsBytes = obstacle === undefined || obstacle.code === 'no-space'
  return (
    <section className={styles['block']} aria-labelledby={headingId} aria-busy={!isCurrent || !isComplete}>
      <h3 id={headingId} className={styles['heading']}>
        {text('plan.title')}
      </h3>
      {plan === undefined && error === undefined && <p className={styles['muted']}>{text('plan.waiting')}</p>}
      {plan !== undefined && showsBytes && (
        <div className={classNames(styles['content'], !isCurrent && styles['outdated'])}>
          {rows.length === 0 && isComplete && <p className={styles['muted']}>{text('plan.empty')}</p>}
          <ByteRows rows={rows} />
          <p className={styles['figures']}>
            {newOnDisk !== undefined && <strong>{newOnDisk}</strong>}
            {freeBytes !== undefined && <span>{text('plan.free', { size: format.size(freeBytes) })}</span>}
            {!isComplete && <span className={styles['muted']}>{text('plan.counting', { files: plan.files })}</span>}
          </p>
          {children}
        </div>
      )}
      {obstacle !== undefined && <ErrorNotice error={obstacle} />}
    </section>
  )
}
