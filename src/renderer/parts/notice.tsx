/** Something that the user should know about what is shown, with what can be done; no error. */
import { Info, TriangleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from '../lib/class-names.ts'
import { useText } from '../lib/texts.tsx'
import { IconButton } from './button.tsx'
import styles from './notice.module.css'

interface NoticeProps {
  readonly kind: 'info' | 'warning'
  readonly title: string
  readonly lines?: readonly string[]
  readonly onDismiss?: (() => void) | undefined
  readonly children?: ReactNode
}

export function Notice({ kind, title, lines = [], onDismiss, children }: NoticeProps) {
  const text = useText()
  const Icon = kind === 'warning' ? TriangleAlert : Info
  return (
    <div role="status" className={classNames(styles['notice'], styles[kind])}>
      <Icon size={18} aria-hidden className={styles['icon'] ?? ''} />
      <div className={styles['words']}>
        <p className={styles['title']}>{title}</p>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {children !== undefined && <div className={styles['actions']}>{children}</div>}
      </div>
      {onDismiss && <IconButton icon={X} label={text('app.dismiss')} onPress={onDismiss} />}
    </div>
  )
}
