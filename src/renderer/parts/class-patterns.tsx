/**
 * The second cues of the classes of bytes as SVG patterns, for whatever draws them: over a mark filled with the class's
 * colour, a mark filled with `url(#cue-…)`.
 */
import type { ClassStyle } from '../../shared/sharing/block-class.ts'
import styles from './class-patterns.module.css'

type Cue = ClassStyle['cue']

export function cueFill(cue: Cue): string {
  return `url(#cue-${cue})`
}

/** Draws nothing itself; once in a page is enough. */
export function ClassPatterns() {
  const pattern = (cue: Cue, size: number, d: string) => (
    <pattern id={`cue-${cue}`} width={size} height={size} patternUnits="userSpaceOnUse">
      <path d={d} className={styles['cue']} />
    </pattern>
  )
  return (
    <svg aria-hidden className={styles['definitions']}>
      <defs>
        {pattern('one-line', 8, 'M0 4H8')}
        {pattern('two-lines', 8, 'M0 2H8M0 6H8')}
        {pattern('three-lines', 6, 'M0 1H6M0 3H6M0 5H6')}
        {pattern('dots', 6, 'M3 2.5V3.5M0 5.5V6M0 0V0.5M6 5.5V6')}
        {pattern('cross-hatch', 6, 'M0 0L6 6M6 0L0 6')}
        {pattern('ring', 8, 'M4 2A2 2 0 1 1 3.99 2')}
        {pattern('diagonal', 6, 'M0 6L6 0')}
      </defs>
    </svg>
  )
}
