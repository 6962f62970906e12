/** Several lines of text that the user types, with their label and what they are for. */
import { TextArea as AriaTextArea, Label, Text, TextField } from 'react-aria-components'
import styles from './field.module.css'

interface TextAreaProps {
  readonly label: string
  readonly description: string
  readonly value: string
  readonly onChange: (value: string) => void
}

export function TextArea({ label, description, value, onChange }: TextAreaProps) {
  return (
    <TextField value={value} onChange={onChange} className={styles['field'] ?? ''}>
      <Label className={styles['label'] ?? ''}>{label}</Label>
      <AriaTextArea rows={3} spellCheck={false} className={styles['input'] ?? ''} />
      <Text slot="description" className={styles['description'] ?? ''}>
        {description}
      </Text>
    </TextField>
  )
}
