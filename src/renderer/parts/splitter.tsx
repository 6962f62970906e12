/** The edge between a panel and the list: dragged, moved with the arrow keys, reset with a double click. */
import { type PointerEvent, useRef } from 'react'
import { useText } from '../lib/texts.tsx'
import styles from './splitter.module.css'

const KEY_STEP_PIXELS = 16

interface SplitterProps {
  /** The panel's name. */
  readonly panel: string
  readonly widthPixels: number
  readonly minPixels: number
  readonly maxPixels: number
  readonly defaultPixels: number
  /** On which side of the edge the panel is. */
  readonly side: 'start' | 'end'
  /** `isFinal` when the edge was let go. */
  readonly onResize: (widthPixels: number, isFinal: boolean) => void
}

export function Splitter(props: SplitterProps) {
  const { panel, widthPixels, minPixels, maxPixels, defaultPixels, side, onResize } = props
  const text = useText()
  const start = useRef<{ x: number; widthPixels: number }>(undefined)
  const clamp = (pixels: number): number => Math.round(Math.max(minPixels, Math.min(maxPixels, pixels)))
  const sign = side === 'start' ? 1 : -1

  const widthAt = ({ clientX }: PointerEvent): number | undefined =>
    start.current && clamp(start.current.widthPixels + sign * (clientX - start.current.x))
  const move = (isFinal: boolean) => (event: PointerEvent) => {
    const width = widthAt(event)
    if (width !== undefined) onResize(width, isFinal)
    if (isFinal) start.current = undefined
  }

  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={text('app.resize', { panel })}
      aria-valuenow={widthPixels}
      aria-valuemin={minPixels}
      aria-valuemax={maxPixels}
      tabIndex={0}
      className={styles['splitter']}
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { x: event.clientX, widthPixels }
      }}
      onPointerMove={move(false)}
      onPointerUp={move(true)}
      onDoubleClick={() => onResize(defaultPixels, true)}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowLeft' ? -KEY_STEP_PIXELS : event.key === 'ArrowRight' ? KEY_STEP_PIXELS : 0
        if (step !== 0) onResize(clamp(widthPixels + sign * step), true)
      }}
    />
  )
}
