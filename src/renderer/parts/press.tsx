/** A button without a look of its own: what is pressed by mouse, touch or keyboard. Menus open from it, too. */
import { type HTMLAttributes, type ReactNode, type RefObject, useRef } from 'react'
import { mergeProps } from 'react-aria/mergeProps'
import { type AriaButtonOptions, useButton } from 'react-aria/useButton'

export type PressProps = Pick<
  AriaButtonOptions<'button'>,
  'aria-current' | 'aria-describedby' | 'aria-label' | 'aria-pressed' | 'autoFocus' | 'id' | 'isDisabled' | 'onPress'
>

interface OwnProps extends PressProps {
  readonly className?: string | undefined
  readonly children: ReactNode
  /** For what belongs to it, as a tooltip does. */
  readonly buttonRef?: RefObject<HTMLButtonElement | null>
  readonly handlers?: HTMLAttributes<HTMLButtonElement>
}

/**
 * By react-aria's hook: react-aria-components' button brings its progress bar along, and that lists the system's locales,
 * for which the first picture would wait (lazy-part.ts).
 */
export function Press({ className, children, buttonRef, handlers = {}, ...props }: OwnProps) {
  const own = useRef<HTMLButtonElement>(null)
  const ref = buttonRef ?? own
  const { buttonProps } = useButton(props, ref)
  return (
    <button {...mergeProps(buttonProps, handlers)} ref={ref} className={className}>
      {children}
    </button>
  )
}
