/** An error as the user meets it: what happened, to what, and what to do. */
import { CircleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { describeError, type ErrorData } from '../../shared/errors.ts'
import { classNames } from '../lib/class-names.ts'
import { useErrorText, useSay } from '../lib/said.ts'
import { useText } from '../lib/texts.tsx'
import { IconButton } from './button.tsx'
import styles from './notice.module.css'

interface ErrorNoticeProps {
  readonly error: ErrorData
  /** What failed, where the error's own title doesn't tell. */
  readonly title?: string | undefined
  readonly onDismiss?: (() => void) | undefined
  /** Buttons: what can be done about it. */
  readonly children?: ReactNode
}

export function ErrorNotice({ error, title, onDismiss, children }: ErrorNoticeProps) {
  const text = useText()
  const say = useSay()
  const { title: errorTitle, remedy } = useErrorText()(error.code)
  /** The system's words may be the title's. */
  const isSaid = say(error.message) === errorTitle && error.offsetBytes === undefined
  return (
    <div role="alert" className={classNames(styles['notice'], styles['error'])}>
      <CircleAlert size={18} aria-hidden className={styles['icon'] ?? ''} />
      <div className={styles['words']}>
        <p className={styles['title']}>{title === undefined ? errorTitle : `${title}: ${errorTitle}`}</p>
        <p className={styles['subject']}>{isSaid ? (error.entry ?? error.path) : describeError(error, say)}</p>
        <p>{remedy}</p>
        {children !== undefined && <div className={styles['actions']}>{children}</div>}
      </div>
      {onDismiss && <IconButton icon={X} label={text('app.dismiss')} onPress={onDismiss} />}
    </div>
  )
}
