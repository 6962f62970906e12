/** A short text beside what the pointer rests on or the keyboard stands on. */
import { type HTMLAttributes, type ReactNode, type RefObject, Suspense } from 'react'
import { useTooltipTrigger } from 'react-aria/useTooltipTrigger'
import { useTooltipTriggerState } from 'react-stately/useTooltipTriggerState'
import { lazyPart } from '../lazy-part.ts'

const TooltipBubble = lazyPart((later) => later.TooltipBubble)
const delays = { delay: 600, closeDelay: 80 } as const

/** What an element with a tooltip hears, and the tooltip while it is shown. */
export function useTooltip(
  text: string,
  ref: RefObject<HTMLElement | null>,
): { readonly handlers: HTMLAttributes<HTMLElement>; readonly tooltip: ReactNode } {
  const state = useTooltipTriggerState(delays)
  const { triggerProps, tooltipProps } = useTooltipTrigger(delays, state, ref)
  const tooltip = state.isOpen && (
    <Suspense>
      <TooltipBubble {...tooltipProps} text={text} state={state} triggerRef={ref} />
    </Suspense>
  )
  return { handlers: triggerProps, tooltip }
}
