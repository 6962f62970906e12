/** The words beside the piece of the picture that the pointer or the keyboard is on. */
import { useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { FactWords } from './facts-words.ts'
import styles from './picture.module.css'

interface PieceTipProps {
  readonly tip: FactWords
  /** Below which point of the element around it. */
  readonly left: number
  readonly top: number
  /** Whether a screen reader says it: it came by a key. */
  readonly isAnnounced: boolean
}

const GAP_PIXELS = 6

export function PieceTip({ tip: { title, parts, lines }, left, top, isAnnounced }: PieceTipProps) {
  const anchor = useRef<HTMLSpanElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState({ left: 0, top: 0 })

  // biome-ignore lint/correctness/useExhaustiveDependencies: its size follows its words
  useLayoutEffect(() => {
    const around = anchor.current?.parentElement?.getBoundingClientRect()
    const own = box.current?.getBoundingClientRect()
    if (around === undefined || own === undefined) return
    const x = Math.max(GAP_PIXELS, Math.min(around.left + left + GAP_PIXELS, innerWidth - own.width - GAP_PIXELS))
    const below = around.top + top + GAP_PIXELS
    const above = around.top + top - own.height - 4 * GAP_PIXELS
    setPlace({ left: x, top: below + own.height < innerHeight || above < 0 ? below : above })
  }, [left, top, title, parts, lines])

  return (
    <>
      <span ref={anchor} hidden />
      {createPortal(
        <div ref={box} role={isAnnounced ? 'status' : 'tooltip'} className={styles['tip']} style={place}>
          <p className={styles['tipTitle']}>{title}</p>
          {parts.map(({ size, what, where }) => (
            <p key={`${size} ${what} ${where}`}>{[size, what, where].filter((word) => word !== '').join(' ')}</p>
          ))}
          {lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>,
        document.body,
      )}
    </>
  )
}
