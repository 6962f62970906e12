/** The whole window takes drops: an archive opens, anything else starts a new archive. */
import { Archive } from 'lucide-react'
import { type DragEvent, type ReactNode, useState } from 'react'
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

  const drop = (event: DragEvent): void => {
    if (!hasFiles(event)) return
    event.preventDefault()
    setOver(false)
    void takeDropped([...event.dataTransfer.files])
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: drops have keyboard ways beside them, “New archive…” and “Open archive…”
    <div
      className={styles['window']}
      onDragLeave={({ relatedTarget, currentTarget }) => {
        if (!(relatedTarget instanceof Node) || !currentTarget.contains(relatedTarget)) setOver(false)
      }}
      onDragOver={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        setOver(true)
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
