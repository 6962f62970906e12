/**
 * The surface of a map or of lanes: what the pointer and the keys do there, and the words beside the piece that they are
 * on. It draws nothing itself.
 */
import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react'
import type { Cells } from '../../../../shared/sharing/cells.ts'
import type { FactWords } from './facts-words.ts'
import { type LitMark, markAt } from './lit.ts'
import type { RowGeometry } from './paint.ts'
import styles from './picture.module.css'
import { PieceTip } from './piece-tip.tsx'
import { type Pixel, stepCell, ZOOM_STEP } from './places.ts'

interface SurfaceActions {
  /** Zooms by a factor (below 1: in) around a pixel. */
  readonly zoom: (factor: number, at: Pixel) => void
  /** Moves by pixels and rows. */
  readonly pan: (pixels: number, rows: number) => void
  readonly showWhole: () => void
  readonly point: (at: Pixel | undefined) => void
  /** `extend`: from what is chosen up to this. */
  readonly choose: (at: Pixel, extend: boolean) => void
  readonly chooseNothing: () => void
}

interface CanvasSurfaceProps {
  readonly label: string
  readonly box: RefObject<HTMLDivElement | null>
  readonly cells: Cells | undefined
  readonly ratio: number
  readonly geometry: RowGeometry
  /** What is lit up in it. */
  readonly lit: readonly LitMark[] | undefined
  readonly rows: number
  readonly pointed: Pixel | undefined
  readonly tip: FactWords | undefined
  /** Whether the wheel alone zooms; else it scrolls, and zooms with Ctrl. */
  readonly wheelZooms: boolean
  readonly actions: SurfaceActions
  readonly className?: string | undefined
  readonly style?: CSSProperties
  readonly children: ReactNode
}

/** Further than this, a press is a drag. */
const DRAG_PIXELS = 4
const WHEEL_ZOOM = 1.25
/** How far the keyboard's cursor reaches above and below a bar. */
const CURSOR_BEYOND_PIXELS = 3
/** Beyond every end. */
const FARTHEST_PIXELS = 2 ** 40

const directions: { readonly [Key in string]: 'left' | 'right' | 'up' | 'down' } = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

export function CanvasSurface(props: CanvasSurfaceProps) {
  const {
    label,
    box,
    cells,
    ratio,
    geometry,
    lit,
    rows,
    pointed,
    tip,
    wheelZooms,
    actions,
    className,
    style,
    children,
  } = props
  const { pitch, top, bar } = geometry
  const drag = useRef<{ x: number; y: number; isDragging: boolean }>(undefined)
  const [isByKey, setByKey] = useState(false)
  /** What is chosen is said below the picture. */
  const [isTipDue, setTipDue] = useState(true)

  const pixelAt = ({ clientX, clientY }: { clientX: number; clientY: number }): Pixel => {
    const edge = box.current?.getBoundingClientRect()
    return {
      x: Math.max(0, Math.floor((clientX - (edge?.left ?? 0)) * ratio)),
      row: Math.max(0, Math.floor(((clientY - (edge?.top ?? 0)) * ratio) / pitch)),
    }
  }
  const latest = useRef({ pixelAt, actions, wheelZooms })
  latest.current = { pixelAt, actions, wheelZooms }

  // React's own wheel events can't be kept from scrolling.
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const wheel = (event: WheelEvent): void => {
      const { pixelAt, actions, wheelZooms } = latest.current
      const sideways = event.deltaX !== 0 ? event.deltaX : event.shiftKey ? event.deltaY : 0
      if (sideways !== 0) actions.pan(sideways, 0)
      else if (wheelZooms || event.ctrlKey) {
        actions.zoom(event.deltaY > 0 ? WHEEL_ZOOM : 1 / WHEEL_ZOOM, pixelAt(event))
      } else return
      event.preventDefault()
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  }, [box])

  const move = (event: PointerEvent): void => {
    const from = drag.current
    if (from === undefined) {
      setByKey(false)
      setTipDue(true)
      actions.point(pixelAt(event))
      return
    }
    const dx = event.clientX - from.x
    const dy = event.clientY - from.y
    if (!from.isDragging && Math.hypot(dx, dy) < DRAG_PIXELS) return
    const rowsMoved = Math.trunc((dy * ratio) / pitch)
    actions.point(undefined)
    actions.pan(-Math.round(dx * ratio), -rowsMoved)
    drag.current = { x: event.clientX, y: from.y + (rowsMoved * pitch) / ratio, isDragging: true }
  }

  const press = (event: KeyboardEvent): void => {
    if (event.altKey || event.metaKey || event.ctrlKey) return
    const middle: Pixel = pointed ?? { x: 0, row: 0 }
    const direction = directions[event.key]
    if (direction !== undefined) {
      const next = cells === undefined ? undefined : stepCell(cells, pointed, direction)
      if (next !== undefined) actions.point(next)
      else if (direction === 'left' || direction === 'right') actions.pan(direction === 'left' ? -32 : 32, 0)
      else actions.pan(0, direction === 'up' ? -1 : 1)
    } else if (!pressed(event, actions, middle, pointed, rows)) return
    setByKey(true)
    setTipDue(direction !== undefined)
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div
      ref={box}
      role="application"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it has the keys
      tabIndex={0}
      className={className}
      style={style}
      onKeyDown={press}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { x: event.clientX, y: event.clientY, isDragging: false }
      }}
      onPointerMove={move}
      onPointerUp={(event) => {
        if (drag.current?.isDragging === false) {
          actions.choose(pixelAt(event), event.shiftKey)
          setTipDue(false)
        }
        drag.current = undefined
      }}
      onPointerLeave={() => actions.point(undefined)}
    >
      {children}
      {pointed !== undefined && tip !== undefined && isTipDue && (
        <PieceTip tip={tip} left={pointed.x / ratio} top={((pointed.row + 1) * pitch) / ratio} isAnnounced={isByKey} />
      )}
      {isByKey && pointed !== undefined && markAt(lit ?? [], pointed)?.columns === undefined && (
        <div
          aria-hidden
          className={styles['cursor']}
          style={{
            left: pointed.x / ratio,
            top: (pointed.row * pitch + top) / ratio - CURSOR_BEYOND_PIXELS,
            height: bar / ratio + 2 * CURSOR_BEYOND_PIXELS,
          }}
        />
      )}
    </div>
  )
}

/** Carries out what a key means besides moving; false where it means nothing. */
function pressed(
  { key, shiftKey }: KeyboardEvent,
  actions: SurfaceActions,
  middle: Pixel,
  pointed: Pixel | undefined,
  rows: number,
): boolean {
  switch (key) {
    case '+':
    case '=':
      actions.zoom(1 / ZOOM_STEP, middle)
      return true
    case '-':
      actions.zoom(ZOOM_STEP, middle)
      return true
    case '0':
      actions.showWhole()
      return true
    case 'PageDown':
    case 'PageUp':
      actions.pan(0, key === 'PageDown' ? rows : -rows)
      return true
    case 'Home':
    case 'End':
      actions.pan(key === 'Home' ? -FARTHEST_PIXELS : FARTHEST_PIXELS, 0)
      return true
    case 'Enter':
    case ' ':
      if (pointed !== undefined) actions.choose(pointed, shiftKey)
      return true
    case 'Escape':
      actions.chooseNothing()
      return true
    default:
      return false
  }
}
