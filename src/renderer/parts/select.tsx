/** One of a few choices, in a list that opens below its button. */
import { Check, ChevronDown } from 'lucide-react'
import { Select as AriaSelect, Button, Label, ListBox, ListBoxItem, Popover, SelectValue } from 'react-aria-components'
import styles from './select.module.css'

interface SelectProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
  readonly isDisabled?: boolean
  /** Where what is around says what it is: the label is for screen readers only. */
  readonly hidesLabel?: boolean
}

export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
  isDisabled = false,
  hidesLabel = false,
}: SelectProps<Value>) {
  return (
    <AriaSelect
      value={value}
      isDisabled={isDisabled}
      {...(hidesLabel ? { 'aria-label': label } : {})}
      onChange={(key) => {
        const option = options.find((candidate) => candidate.value === key)
        if (option !== undefined) onChange(option.value)
      }}
      className={styles['select'] ?? ''}
    >
      {!hidesLabel && <Label className={styles['label'] ?? ''}>{label}</Label>}
      <Button className={styles['button'] ?? ''}>
        <SelectValue className={styles['value'] ?? ''} />
        <ChevronDown size={14} aria-hidden />
      </Button>
      <Popover className={styles['popover'] ?? ''}>
        <ListBox className={styles['list'] ?? ''}>
          {options.map((option) => (
            <ListBoxItem key={option.value} id={option.value} textValue={option.label} className={styles['item'] ?? ''}>
              {option.label}
              <Check size={14} aria-hidden className={styles['check'] ?? ''} />
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
