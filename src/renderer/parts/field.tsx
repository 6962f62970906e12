/** A line of text that the user types, with its label and what is wrong with it. */
import type { ReactNode } from 'react'
import { FieldError, Input, Label, Text, TextField, type TextFieldProps } from 'react-aria-components'
import styles from './field.module.css'

interface FieldProps extends Omit<TextFieldProps, 'children' | 'className' | 'style' | 'isInvalid'> {
  readonly label: string
  readonly placeholder?: string
  readonly description?: string | undefined
  /** Why the value can't be used; undefined when it can. */
  readonly error?: string | undefined
  /** Beside the input: a button that browses, for one. */
  readonly after?: ReactNode
}

export function Field({ label, placeholder, description, error, after, ...rest }: FieldProps) {
  return (
    <TextField {...rest} isInvalid={error !== undefined} className={styles['field'] ?? ''}>
      <Label className={styles['label'] ?? ''}>{label}</Label>
      <div className={styles['line']}>
        <Input
          className={styles['input'] ?? ''}
          {...(placeholder === undefined ? {} : { placeholder })}
          spellCheck={false}
        />
        {after}
      </div>
      {description !== undefined && (
        <Text slot="description" className={styles['description'] ?? ''}>
          {description}
        </Text>
      )}
      <FieldError className={styles['error'] ?? ''}>{error ?? ''}</FieldError>
    </TextField>
  )
}
