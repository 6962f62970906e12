/** A panel over the window's edge, where there is no room beside the list. Escape and a click outside close it. */
import type { ReactNode } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { classNames } from '../lib/class-names.ts'
import styles from './drawer.module.css'

interface DrawerProps {
  readonly label: string
  readonly side: 'start' | 'end'
  readonly onClose: () => void
  readonly children: ReactNode
}

export function Drawer({ label, side, onClose, children }: DrawerProps) {
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
      className={styles['overlay'] ?? ''}
    >
      <Modal className={classNames(styles['drawer'], styles[side])}>
        <Dialog aria-label={label} className={styles['content'] ?? ''}>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
