/** One choice of a few, each with a line in plain words on what it means. */
import { useId } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import styles from './radio-choice.module.css'

interface RadioChoiceProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly {
    readonly value: Value
    readonly label: string
    readonly description?: string
    readonly isDisabled?: boolean
  }[]
  readonly onChange: (value: Value) => void
}

export function RadioChoice<Value extends string>({ label, value, options, onChange }: RadioChoiceProps<Value>) {
  const id = useId()
  return (
    <RadioGroup
      value={value}
      onChange={(chosen) => {
        const option = options.find((candidate) => candidate.value === chosen)
        if (option !== undefined) onChange(option.value)
      }}
      className={styles['group'] ?? ''}
    >
      <Label className={styles['label'] ?? ''}>{label}</Label>
      {options.map((option) => (
        <div key={option.value}>
          <Radio
            value={option.value}
            isDisabled={option.isDisabled ?? false}
            {...(option.description === undefined ? {} : { 'aria-describedby': `${id}-${option.value}` })}
            className={styles['radio'] ?? ''}
          >
            <span className={styles['dot']} />
            {option.label}
          </Radio>
          {option.description !== undefined && (
            <p id={`${id}-${option.value}`} className={styles['description']}>
              {option.description}
            </p>
          )}
        </div>
      ))}
    </RadioGroup>
  )
}
