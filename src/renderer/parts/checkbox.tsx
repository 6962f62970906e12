/** A choice that is on or off, with a line in plain words on what it does. */
import { Check } from 'lucide-react'
import { useId } from 'react'
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaCheckboxProps } from 'react-aria-components'
import styles from './checkbox.module.css'

interface CheckboxProps extends Omit<AriaCheckboxProps, 'children' | 'className' | 'style' | 'aria-describedby'> {
  readonly label: string
  readonly description?: string | undefined
}

export function Checkbox({ label, description, ...rest }: CheckboxProps) {
  const descriptionId = useId()
  return (
    <div className={styles['line']}>
      <AriaCheckbox
        {...rest}
        {...(description === undefined ? {} : { 'aria-describedby': descriptionId })}
        className={styles['checkbox'] ?? ''}
      >
        <span className={styles['box']}>
          <Check size={12} strokeWidth={3.5} aria-hidden />
        </span>
        {label}
      </AriaCheckbox>
      {description !== undefined && (
        <p id={descriptionId} className={styles['description']}>
          {description}
        </p>
      )}
    </div>
  )
}
