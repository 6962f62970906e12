/** Something that is there when wanted: a line that opens what belongs to it. */
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Disclosure as AriaDisclosure, Button, DisclosurePanel } from 'react-aria-components'
import styles from './disclosure.module.css'

interface DisclosureProps {
  readonly title: string
  readonly children: ReactNode
}

export function Disclosure({ title, children }: DisclosureProps) {
  return (
    <AriaDisclosure className={styles['disclosure'] ?? ''}>
      {({ isExpanded }) => (
        <>
          <Button slot="trigger" className={styles['trigger'] ?? ''}>
            <ChevronRight size={14} aria-hidden className={styles['chevron'] ?? ''} />
            {title}
          </Button>
          <DisclosurePanel>{isExpanded && <div className={styles['panel']}>{children}</div>}</DisclosurePanel>
        </>
      )}
    </AriaDisclosure>
  )
}
