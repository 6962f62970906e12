/** The tooltip itself, placed where there is room for it. */
import type { RefObject } from 'react'
import { Tooltip, TooltipTriggerStateContext } from 'react-aria-components'
import type { TooltipTriggerState } from 'react-stately/useTooltipTriggerState'
import styles from './tooltip.module.css'

export interface TooltipBubbleProps {
  readonly id?: string | undefined
  readonly text: string
  readonly state: TooltipTriggerState
  readonly triggerRef: RefObject<Element | null>
}

export function TooltipBubble({ text, state, ...rest }: TooltipBubbleProps) {
  return (
    <TooltipTriggerStateContext value={state}>
      <Tooltip {...rest} offset={6} className={styles['tooltip'] ?? ''}>
        {text}
      </Tooltip>
    </TooltipTriggerStateContext>
  )
}
