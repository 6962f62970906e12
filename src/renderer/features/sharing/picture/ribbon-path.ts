/** The way of a ribbon between two places in lanes: below bars and beside lanes, where it hides nothing. Pure. */

/** Where a ribbon begins or ends, all in pixels of style sheets. */
export interface RangeEnd {
  /** The middle of the place. */
  readonly x: number
  /** Below its frame. */
  readonly bottom: number
  /** Left of the lanes of its column. */
  readonly gutterX: number
}

/** How far below a place a ribbon turns aside: above the name of the next lane. */
const BELOW_PIXELS = 4

/**
 * Down from one place, aside to the gutter of the column further right, along it, and up to the other place; undefined
 * where both are drawn as one.
 */
export function ribbonPath(from: RangeEnd, to: RangeEnd): string | undefined {
  if (from.x === to.x && from.bottom === to.bottom) return undefined
  const gutter = Math.max(from.gutterX, to.gutterX)
  const row = from.bottom + BELOW_PIXELS
  const otherRow = to.bottom + BELOW_PIXELS
  return `M${from.x} ${from.bottom}V${row}H${gutter}V${otherRow}H${to.x}V${to.bottom}`
}
