/** The keyboard in the table: moving, selecting, opening, going up, and typing the beginning of a name. */
import { type KeyboardEvent, useRef } from 'react'
import { useWindowStore } from '../../../store/store.ts'
import { useOpenRow } from '../open-row.ts'
import { findByPrefix } from './type-ahead.ts'

/** A pause after which typing begins anew. */
const TYPING_MILLISECONDS = 800

/** Where a key moves the cursor; undefined for keys that don't move it. */
export function movedTo(key: string, from: number | undefined, pageRows: number, rowCount: number): number | undefined {
  const at = from ?? -1
  switch (key) {
    case 'ArrowDown':
      return at + 1
    case 'ArrowUp':
      return from === undefined ? rowCount - 1 : at - 1
    case 'PageDown':
      return at + pageRows
    case 'PageUp':
      return at - pageRows
    case 'Home':
      return 0
    case 'End':
      return rowCount - 1
    default:
      return undefined
  }
}

/** The table's handler of keys; `pageRows` rows are visible at once. */
export function useTableKeys(pageRows: number): (event: KeyboardEvent) => void {
  const store = useWindowStore()
  const openRow = useOpenRow()
  const typed = useRef({ text: '', at: 0 })

  const typeAhead = (key: string): void => {
    const now = Date.now()
    const isOn = now - typed.current.at < TYPING_MILLISECONDS
    const text = isOn ? typed.current.text + key : key
    typed.current = { text, at: now }
    const { cursor, view, fetchRows, moveCursor, attempt } = store.getState()
    if (view === undefined || view.rowCount === 0) return
    // The first letter goes on to the next such name; further ones narrow down from here.
    const start = ((cursor?.index ?? -1) + (isOn && cursor !== undefined ? 0 : 1)) % view.rowCount
    void attempt(async () => {
      const found = await findByPrefix(text, start, view.rowCount, fetchRows, () => typed.current.text === text)
      if (found !== undefined) await moveCursor(found)
    })
  }

  return (event) => {
    // The head's buttons have keys of their own.
    if (event.target !== event.currentTarget || event.altKey) return
    const { cursor, view, selection, moveCursor, toggleRow, selectAllRows, clearSelection, goUp } = store.getState()
    const isCommand = event.ctrlKey || event.metaKey
    const target = movedTo(event.key, cursor?.index, pageRows, view?.rowCount ?? 0)
    if (target !== undefined) void moveCursor(target, event.shiftKey ? 'extend' : isCommand ? 'keep' : 'select')
    else if (event.key === ' ' && isCommand && cursor !== undefined) void toggleRow(cursor.index)
    else if (event.key === ' ' && typedRecently(typed.current)) typeAhead(' ')
    else if (event.key === ' ') openRow('preview')
    else if (event.key === 'Enter') openRow('open')
    else if (event.key === 'Backspace') goUp()
    else if (event.key === 'Escape' && (selection.kind === 'view' || selection.paths.size > 0)) clearSelection()
    else if (isCommand && event.key.toLowerCase() === 'a') selectAllRows()
    else if (!isCommand && event.key.length === 1) typeAhead(event.key)
    else return
    event.preventDefault()
  }
}

/** A space belongs to the name while one is typed. */
function typedRecently({ text, at }: { text: string; at: number }): boolean {
  return text !== '' && Date.now() - at < TYPING_MILLISECONDS
}
