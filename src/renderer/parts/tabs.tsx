/**
 * Views of one thing: a list of tabs, of which the arrow keys choose, and the panel of the chosen one. Not
 * react-aria-components' own, which draw all their contents a second time out of sight.
 */
import type { KeyboardEvent, ReactNode } from 'react'
import { classNames } from '../lib/class-names.ts'
import styles from './tabs.module.css'

const tabId = (id: string): string => `tab-${id}`
const panelId = (id: string): string => `panel-${id}`

interface TabListProps<Id extends string> {
  readonly label: string
  readonly tabs: readonly { readonly id: Id; readonly label: string }[]
  readonly selected: Id
  readonly onSelect: (id: Id) => void
}

export function TabList<Id extends string>({ label, tabs, selected, onSelect }: TabListProps<Id>) {
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0 || event.altKey) return
    event.preventDefault()
    const at = tabs.findIndex(({ id }) => id === selected)
    const next = tabs[(at + step + tabs.length) % tabs.length]
    if (next === undefined) return
    onSelect(next.id)
    document.getElementById(tabId(next.id))?.focus()
  }
  return (
    <div role="tablist" aria-label={label} className={styles['list']}>
      {tabs.map(({ id, label: name }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={tabId(id)}
          aria-selected={id === selected}
          {...(id === selected ? { 'aria-controls': panelId(id) } : {})}
          tabIndex={id === selected ? 0 : -1}
          className={classNames(styles['tab'], id === selected && styles['selected'])}
          onClick={() => onSelect(id)}
          onKeyDown={move}
        >
          {name}
        </button>
      ))}
    </div>
  )
}

interface TabPanelProps {
  readonly id: string
  readonly children: ReactNode
}

/** What the chosen tab shows. */
export function TabPanel({ id, children }: TabPanelProps) {
  return (
    <div role="tabpanel" id={panelId(id)} aria-labelledby={tabId(id)} className={styles['panel']}>
      {children}
    </div>
  )
}
