/** Buttons: one look for every action. `primary` is the one that a screen or dialog is about. */
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import { classNames } from '../lib/class-names.ts'
import { keyNames } from '../lib/shortcuts.ts'
import { useText } from '../lib/texts.tsx'
import styles from './button.module.css'
import { Tooltip } from './tooltip.tsx'

interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  readonly children: ReactNode
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger'
  readonly size?: 'normal' | 'large'
  readonly icon?: LucideIcon
}

export function Button({ children, look = 'plain', size = 'normal', icon: Icon, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={classNames(styles['button'], styles[look], styles[size])}>
      {Icon && <Icon size={16} aria-hidden className={styles['icon'] ?? ''} />}
      {children}
    </AriaButton>
  )
}

interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'aria-label'> {
  readonly icon: LucideIcon
  /** Its name, also shown as a tooltip. */
  readonly label: string
  readonly shortcut?: string
  readonly pressed?: boolean
  readonly look?: 'quiet' | 'primary'
}

export function IconButton({ icon: Icon, label, shortcut, pressed, look = 'quiet', ...rest }: IconButtonProps) {
  const text = useText()
  return (
    <Tooltip text={!shortcut ? label : `${label} (${keyNames(shortcut, text)})`}>
      <AriaButton
        {...rest}
        aria-label={label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        className={classNames(
          styles['button'],
          styles[look],
          styles['iconOnly'],
          pressed === true && styles['pressed'],
        )}
      >
        <Icon size={16} aria-hidden />
      </AriaButton>
    </Tooltip>
  )
}
