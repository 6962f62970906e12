/** The whole window takes drops: an archive opens, anything else starts a new archive. */
import { Archive } from 'lucide-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { useText } from '../../lib/texts.tsx'
import { useWindow } from '../../store/store.ts'
import styles from './drop-target.module.css'

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes('Files')
}

export function DropTarget({ children }: { readonly children: ReactNode }) {
  const text = useText()
  const takeDropped = useWindow((state) => state.takeDropped)
  const [isOver, setOver] = useState(false)
  /** Enter and leave come for each element on the way: only when as many were left as entered is the pointer outside. */
  const depth = useRef(0)

  const over = (by: 1 | -1) => (event: DragEvent) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    depth.current += by
    setOver(depth.current > 0)
  }

  const drop = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    event.preventDefault()
    depth.current = 0
    setOver(false)
    void takeDropped([...event.dataTransfer.files])
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: drops have keyboard ways beside them, “New archive…” and “Open archive…”
    <div
      className={styles['window']}
      onDragEnter={over(1)}
      onDragLeave={over(-1)}
      onDragOver={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
      }}
      onDrop={drop}
    >
      {children}
      {isOver && (
        <div className={styles['over']} data-testid="drop-over">
          <Archive size={40} strokeWidth={1.25} aria-hidden />
          <p>{text('start.dropNow')}</p>
        </div>
      )}
    </div>
  )
}
