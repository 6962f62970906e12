/** Enter carries out the one thing that a dialog is about, wherever it has no meaning of its own. */
import type { KeyboardEvent, ReactNode } from 'react'

/** What takes Enter for itself. */
const takesEnter = 'button, a, textarea, [role="row"], [role="option"], [role="menuitem"]'

interface EnterSubmitsProps {
  /** Undefined while it can't be done. */
  readonly onEnter: (() => void) | undefined
  readonly className?: string | undefined
  readonly children: ReactNode
}

export function EnterSubmits({ onEnter, className, children }: EnterSubmitsProps) {
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.defaultPrevented || onEnter === undefined) return
    if (event.target instanceof Element && event.target.closest(takesEnter) !== null) return
    event.preventDefault()
    onEnter()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: passes on a key that its button answers too
    <div className={className} onKeyDown={press}>
      {children}
    </div>
  )
}
