/** Buttons: one look for every action. `primary` is the one that a screen or dialog is about. */
import type { LucideIcon } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { classNames } from '../lib/class-names.ts'
import { keyNames } from '../lib/shortcuts.ts'
import { useText } from '../lib/texts.tsx'
import styles from './button.module.css'
import { Press, type PressProps } from './press.tsx'
import { useTooltip } from './tooltip.tsx'

interface ButtonProps extends PressProps {
  readonly children: ReactNode
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly size?: 'normal' | 'large'
  readonly icon?: LucideIcon
}

export function Button({ children, look = 'plain', size = 'normal', icon: Icon, ...rest }: ButtonProps) {
  return (
    <Press {...rest} className={classNames(styles['button'], styles[look], styles[size])}>
      {Icon && <Icon size={16} aria-hidden className={styles['icon'] ?? ''} />}
      {children}
    </Press>
  )
}

interface IconButtonProps extends Omit<PressProps, 'aria-label' | 'aria-pressed'> {
  readonly icon: LucideIcon
  /** Its name, also shown as a tooltip. */
  readonly label: string
  readonly shortcut?: string
  readonly pressed?: boolean
  readonly look?: 'quiet' | 'primary'
}

export function IconButton({ icon: Icon, label, shortcut, pressed, look = 'quiet', ...rest }: IconButtonProps) {
  const text = useText()
  const ref = useRef<HTMLButtonElement>(null)
  const { handlers, tooltip } = useTooltip(!shortcut ? label : `${label} (${keyNames(shortcut, text)})`, ref)
  return (
    <>
      <Press
        {...rest}
        aria-label={label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        className={classNames(
          styles['button'],
          styles[look],
          styles['iconOnly'],
          pressed === true && styles['pressed'],
        )}
        buttonRef={ref}
        handlers={handlers}
      >
        <Icon size={16} aria-hidden />
      </Press>
      {tooltip}
    </>
  )
}
