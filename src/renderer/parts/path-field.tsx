/** A path on disk that is chosen with the system's dialog, never typed: with its label and the button that chooses. */
import { useId } from 'react'
import { Group } from 'react-aria-components'
import { Button } from './button.tsx'
import styles from './path-field.module.css'

interface PathFieldProps {
  readonly label: string
  /** Safe to show; undefined while none is chosen. */
  readonly path: string | undefined
  readonly placeholder: string
  readonly chooseLabel: string
  readonly onChoose: () => void
}

export function PathField({ label, path, placeholder, chooseLabel, onChoose }: PathFieldProps) {
  const id = useId()
  return (
    <Group className={styles['field'] ?? ''} aria-labelledby={`${id}-label`}>
      <span id={`${id}-label`} className={styles['label']}>
        {label}
      </span>
      <span id={`${id}-path`} className={path === undefined ? styles['placeholder'] : styles['path']}>
        {path ?? placeholder}
      </span>
      <Button onPress={onChoose} aria-describedby={`${id}-path`}>
        {chooseLabel}
      </Button>
    </Group>
  )
}
