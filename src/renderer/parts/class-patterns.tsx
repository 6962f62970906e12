/**
 * The second cues of the classes of bytes as SVG patterns, for whatever draws them: over a mark filled with the class's
 * colour, a mark filled with the pattern.
 */
import type { ClassStyle } from '../../shared/sharing/block-class.ts'
import styles from './class-patterns.module.css'

/** A mark of this height shows as many lines as the class has. */
export const CUE_PIXELS = 24

type Cue = ClassStyle['cue']

interface ClassRectProps {
  readonly style: ClassStyle
  readonly x: number | string
  readonly width: number | string
  readonly height: number
}

/** A mark in the colour and the second cue of a class; nothing for holes, which are what is left open. */
export function ClassRect({ style: { name, cue }, ...box }: ClassRectProps) {
  if (cue === 'outline') return null
  return (
    <>
      <rect {...box} style={{ fill: `var(--class-${name})` }} />
      {cue !== 'plain' && <rect {...box} fill={`url(#cue-${cue})`} />}
    </>
  )
}

/** Draws nothing itself; once in a page is enough. */
export function ClassPatterns() {
  const pattern = (cue: Cue, size: number, d: string, stroke: 'cue' | 'edge' = 'cue') => (
    <pattern id={`cue-${cue}`} width={size} height={size} patternUnits="userSpaceOnUse">
      <path d={d} className={styles[stroke]} />
    </pattern>
  )
  return (
    <svg aria-hidden className={styles['definitions']}>
      <defs>
        {pattern('one-line', CUE_PIXELS, 'M0 12H24')}
        {pattern('two-lines', CUE_PIXELS, 'M0 8H24M0 16H24')}
        {pattern('three-lines', CUE_PIXELS, 'M0 6H24M0 12H24M0 18H24')}
        {pattern('dashes', CUE_PIXELS, 'M0 11H6M12 11H18M0 13H6M12 13H18')}
        {pattern('dots', 6, 'M3 2.5V3.5M0 5.5V6M0 0V0.5M6 5.5V6')}
        {pattern('cross-hatch', 6, 'M0 0L6 6M6 0L0 6')}
        {pattern('ring', 8, 'M4 2A2 2 0 1 1 3.99 2')}
        {pattern('diagonal', 12, 'M-3 3L3 -3M0 12L12 0M9 15L15 9', 'edge')}
      </defs>
    </svg>
  )
}
