/** A modal dialog: title, content that scrolls, one row of buttons. Escape and a click outside close it where it may be closed. */
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { classNames } from '../lib/class-names.ts'
import styles from './dialog.module.css'
import { EnterSubmits } from './enter-submits.tsx'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  /** What Enter does where it has no meaning of its own: as the primary button. Undefined while that can’t be done. */
  readonly onEnter?: (() => void) | undefined
  readonly children: ReactNode
  /** The buttons: on the right, the primary one last. */
  readonly footer?: ReactNode
  readonly width?: 'narrow' | 'normal' | 'wide'
  /** alertdialog: a question that must be answered, so that Escape and clicks outside do nothing. */
  readonly role?: 'dialog' | 'alertdialog'
}

export function Dialog({ title, onClose, onEnter, children, footer, width = 'normal', role = 'dialog' }: DialogProps) {
  return (
    <ModalOverlay
      isOpen
      isDismissable={role === 'dialog'}
      isKeyboardDismissDisabled={role === 'alertdialog'}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
      className={styles['overlay'] ?? ''}
    >
      <Modal className={classNames(styles['modal'], styles[width])}>
        <EnterSubmits onEnter={onEnter} className={styles['keys']}>
          <AriaDialog role={role} className={styles['dialog'] ?? ''}>
            <Heading slot="title" className={styles['title'] ?? ''}>
              {title}
            </Heading>
            <div className={styles['content']}>{children}</div>
            {footer !== undefined && <div className={styles['footer']}>{footer}</div>}
          </AriaDialog>
        </EnterSubmits>
      </Modal>
    </ModalOverlay>
  )
}
