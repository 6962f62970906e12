/** The pointer in the table: selecting, opening, dragging out, and the menu of what is under it. */
import { type DragEvent, type MouseEvent, useRef } from 'react'
import { useBackend } from '../../../lib/backend.ts'
import { rowAt } from '../../../store/row-pages.ts'
import { entrySelection, isSelected } from '../../../store/selection.ts'
import { countSelected } from '../../../store/selection-slice.ts'
import { useWindowStore } from '../../../store/store.ts'
import { useOpenRow } from '../open-row.ts'
import { rowId } from './entry-row.tsx'

/** Below the line's name. */
const KEY_MENU_INDENT_PIXELS = 32

function indexAt({ target }: MouseEvent): number | undefined {
  const line = target instanceof Element ? target.closest('[data-index]') : null
  return line instanceof HTMLElement ? Number(line.dataset['index']) : undefined
}

interface TablePointer {
  readonly onMouseDown: (event: MouseEvent) => void
  readonly onClick: (event: MouseEvent) => void
  readonly onDoubleClick: (event: MouseEvent) => void
  readonly onContextMenu: (event: MouseEvent) => void
  readonly onDragStart: (event: DragEvent) => void
}

/** Handlers for the element that holds the rows; `openMenu` is told where. */
export function useTablePointer(openMenu: (at: { x: number; y: number }) => void): TablePointer {
  const store = useWindowStore()
  const backend = useBackend()
  const openRow = useOpenRow()
  /** Pressed on one of several selected: they may be dragged, so that only letting go selects it alone. */
  const pressed = useRef<number>(undefined)

  const isSelectedAt = (index: number): boolean => {
    const { pages, selection } = store.getState()
    const row = rowAt(pages, index)
    return row !== undefined && isSelected(selection, row.path)
  }

  return {
    onMouseDown(event) {
      const index = indexAt(event)
      const state = store.getState()
      pressed.current = undefined
      if (event.button !== 0) return
      if (index === undefined) state.clearSelection()
      else if (event.shiftKey) void state.moveCursor(index, 'extend')
      else if (event.ctrlKey || event.metaKey) void state.toggleRow(index)
      else if (isSelectedAt(index) && countSelected(state) > 1) pressed.current = index
      else void state.moveCursor(index)
    },
    onClick(event) {
      if (pressed.current !== undefined && pressed.current === indexAt(event))
        void store.getState().moveCursor(pressed.current)
      pressed.current = undefined
    },
    onDoubleClick(event) {
      if (indexAt(event) !== undefined && !event.ctrlKey && !event.shiftKey) openRow('open')
    },
    onContextMenu(event) {
      event.preventDefault()
      // The menu key means the line under the cursor, and opens the menu there.
      const isKey = event.button !== 2
      const index = isKey ? store.getState().cursor?.index : indexAt(event)
      const line = index === undefined ? null : document.getElementById(rowId(index))
      if (index === undefined || line === null) return
      if (isSelectedAt(index)) store.getState().placeCursor(index)
      else void store.getState().moveCursor(index)
      const { left, bottom } = line.getBoundingClientRect()
      openMenu(isKey ? { x: left + KEY_MENU_INDENT_PIXELS, y: bottom } : { x: event.clientX, y: event.clientY })
    },
    onDragStart(event) {
      event.preventDefault()
      const { archive, selection, attempt } = store.getState()
      if (archive !== undefined)
        void attempt(() => backend.request('dragEntries', archive.archiveId, entrySelection(selection)))
    },
  }
}
