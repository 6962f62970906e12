/** How lanes are laid out, in pixels of style sheets: a line of words, then the bar. */
import type { RowGeometry } from './paint.ts'

/** As in picture.module.css: --lane-height. */
export const LANE_PIXELS = 40
/** Nearer to the bar below than to that of the lane above. */
export const NAME_TOP_PIXELS = 3
export const LANE_TOP_PIXELS = 21
export const LANE_BAR_PIXELS = 12
/** How far the frame of what is lit reaches beyond a bar, with the line of the surface around it. */
export const FRAME_PIXELS = 3
/** How far left of the lanes ribbons run from row to row. As in picture.module.css: .scroller. */
export const GUTTER_PIXELS = 8
/** Of a file that is small beside the longest. */
export const LEAST_LANE_PIXELS = 48

/** The same in pixels of a screen that has `ratio` of them in one. */
export function laneGeometry(ratio: number): RowGeometry {
  return {
    pitch: Math.round(LANE_PIXELS * ratio),
    top: Math.round(LANE_TOP_PIXELS * ratio),
    bar: Math.round(LANE_BAR_PIXELS * ratio),
  }
}
