/**
 * Which rows of a long list are drawn. Rows have one height; the list may be longer than the browser's largest element:
 * then the scrollbar stands for the whole, small steps move by pixels, and long drags by share.
 */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Browsers clip elements at about 33.5 million physical pixels; this is safe at 500 %. */
const MOST_PIXELS = 6_000_000
/** Rows drawn above and below what is visible, so that a quick step never shows a gap. */
const EXTRA_ROWS = 5

export interface RowWindow {
  /** The rows drawn: from `first` to `last`, both included; `last` is below `first` when there are none. */
  readonly first: number
  readonly last: number
  /** How many fit, for paging by keys. */
  readonly visibleRows: number
  /** At most so many are drawn: line `row % slots` can take the element of one that has gone out of sight. */
  readonly slots: number
  /** Height of the element that holds the rows. */
  readonly heightPixels: number
  /** Where a row goes in that element. */
  readonly topOf: (row: number) => number
  /** Scrolls just so far that a row is visible. */
  readonly reveal: (row: number) => void
}

interface Place {
  readonly first: number
  readonly last: number
  readonly visibleRows: number
  /** Where the rows are less where the scrollbar says. */
  readonly shift: number
}

/** Of a list in `scroller`, whose first `headPixels` are covered by something that stays. */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  rowCount: number,
  rowPixels: number,
  headPixels = 0,
): RowWindow {
  const totalPixels = rowCount * rowPixels
  const heightPixels = Math.min(totalPixels, MOST_PIXELS)
  /** Where the top of the list is, in rows' pixels, and the scrollbar's position that goes with it. */
  const top = useRef(0)
  const bar = useRef(0)
  const [place, setPlace] = useState<Place>({ first: 0, last: -1, visibleRows: 1, shift: 0 })

  const measure = useCallback(() => {
    const element = scroller.current
    if (element === null) return
    const viewPixels = Math.max(0, element.clientHeight - headPixels)
    const visibleRows = Math.max(1, Math.floor(viewPixels / rowPixels))
    const first = Math.max(0, Math.floor(top.current / rowPixels) - EXTRA_ROWS)
    const last = Math.min(rowCount - 1, Math.ceil((top.current + viewPixels) / rowPixels) + EXTRA_ROWS)
    const shift = bar.current - top.current
    setPlace((before) =>
      before.first === first && before.last === last && before.visibleRows === visibleRows && before.shift === shift
        ? before
        : { first, last, visibleRows, shift },
    )
  }, [scroller, rowCount, rowPixels, headPixels])

  const moveTo = useCallback(
    (pixels: number) => {
      const element = scroller.current
      if (element === null) return
      const viewPixels = element.clientHeight - headPixels
      const farthest = Math.max(0, totalPixels - viewPixels)
      const barFarthest = Math.max(0, heightPixels - viewPixels)
      top.current = Math.max(0, Math.min(farthest, pixels))
      element.scrollTop = farthest === 0 ? 0 : (top.current / farthest) * barFarthest
      bar.current = element.scrollTop
      // Unscaled, the scrollbar is the truth: it may have rounded.
      if (totalPixels === heightPixels) top.current = bar.current
      measure()
    },
    [scroller, headPixels, totalPixels, heightPixels, measure],
  )

  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    const scroll = (): void => {
      const step = element.scrollTop - bar.current
      if (step === 0) return
      const viewPixels = element.clientHeight - headPixels
      const farthest = totalPixels - viewPixels
      const barFarthest = heightPixels - viewPixels
      bar.current = element.scrollTop
      if (totalPixels === heightPixels) top.current = bar.current
      else if (Math.abs(step) < 2 * viewPixels) top.current = Math.max(0, Math.min(farthest, top.current + step))
      else top.current = (bar.current / barFarthest) * farthest
      measure()
    }
    // After small steps the scrollbar no longer stands for the place: put it right while nothing moves.
    const rest = (): void => moveTo(top.current)
    element.addEventListener('scroll', scroll, { passive: true })
    if (totalPixels !== heightPixels) element.addEventListener('scrollend', rest)
    return () => {
      element.removeEventListener('scroll', scroll)
      element.removeEventListener('scrollend', rest)
    }
  }, [scroller, headPixels, totalPixels, heightPixels, measure, moveTo])

  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    // The list may have become shorter than where it was scrolled to.
    moveTo(top.current)
    return () => observer.disconnect()
  }, [scroller, measure, moveTo])

  const reveal = useCallback(
    (row: number) => {
      const element = scroller.current
      if (element === null) return
      const viewPixels = element.clientHeight - headPixels
      const start = row * rowPixels
      if (start < top.current) moveTo(start)
      else if (start + rowPixels > top.current + viewPixels) moveTo(start + rowPixels - viewPixels)
    },
    [scroller, headPixels, rowPixels, moveTo],
  )

  const { shift } = place
  const topOf = useCallback((row: number) => row * rowPixels + shift, [rowPixels, shift])
  const slots = place.visibleRows + 2 * EXTRA_ROWS + 3
  return { ...place, last: Math.min(place.last, rowCount - 1), slots, heightPixels, topOf, reveal }
}
