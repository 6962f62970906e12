/** Searching the archive while typing. Enter and the down arrow go to what was found, Escape clears. */
import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button as AriaButton, SearchField as AriaSearchField, Input } from 'react-aria-components'
import { useText } from '../../lib/texts.tsx'
import { useWindow } from '../../store/store.ts'
import styles from './search-field.module.css'

/** A pause in typing after which it is worth asking. */
const TYPING_MILLISECONDS = 50

export function SearchField() {
  const text = useText()
  const input = useRef<HTMLInputElement>(null)
  const search = useWindow((state) => state.search)
  const setSearch = useWindow((state) => state.setSearch)
  const focusCount = useWindow((state) => state.searchFocus)
  const [typed, setTyped] = useState(search)

  // Left by going elsewhere, the search is cleared from outside.
  useEffect(() => setTyped(search), [search])

  useEffect(() => {
    if (typed === search) return
    const timer = setTimeout(() => setSearch(typed), TYPING_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [typed, search, setSearch])

  useEffect(() => {
    if (focusCount === 0) return
    input.current?.focus()
    input.current?.select()
  }, [focusCount])

  return (
    <AriaSearchField
      aria-label={text('browser.search')}
      value={typed}
      onChange={setTyped}
      onSubmit={() => setSearch(typed)}
      onClear={() => setSearch('')}
      className={styles['field'] ?? ''}
    >
      <Search size={14} aria-hidden className={styles['icon'] ?? ''} />
      <Input
        ref={input}
        placeholder={text('browser.search')}
        title={text('browser.searchHint')}
        spellCheck={false}
        className={styles['input'] ?? ''}
        onKeyDown={({ key }) => {
          if (key === 'Enter' || key === 'ArrowDown') document.querySelector<HTMLElement>('[role=grid]')?.focus()
        }}
      />
      <AriaButton className={styles['clear'] ?? ''} aria-label={text('browser.clearSearch')}>
        <X size={14} aria-hidden />
      </AriaButton>
    </AriaSearchField>
  )
}
