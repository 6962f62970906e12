/** Ribbons from what is chosen to every other place of the same blocks that is in view. */
import type { SharingFacts } from '../../../../shared/ipc/sharing.ts'
import { blockClasses } from '../../../../shared/sharing/block-class.ts'
import type { FindRange, RangeBox } from './lane-column.tsx'
import styles from './picture.module.css'

interface RibbonsProps {
  readonly facts: SharingFacts
  readonly finders: readonly FindRange[]
  /** What they are drawn over. */
  readonly around: HTMLElement
}

/** More couldn't be told apart. */
const MOST_RIBBONS = 200

export function Ribbons({ facts, finders, around }: RibbonsProps) {
  const edge = around.getBoundingClientRect()
  const boxOf = (range: SharingFacts['ranges'][number]): RangeBox | undefined => {
    for (const find of finders) {
      const box = find(range)
      if (box !== undefined) return shifted(box, edge)
    }
    return undefined
  }
  const classes = new Map<string, number>()
  for (const { from, to, classCode } of facts.ribbons.slice(0, MOST_RIBBONS)) {
    const start = boxOf(from)
    const end = boxOf(to)
    if (start !== undefined && end !== undefined) classes.set(ribbonPath(start, end), classCode)
  }
  return (
    <svg aria-hidden className={styles['ribbons']}>
      {[...classes].map(([path, classCode]) => (
        <path key={path} d={path} style={{ stroke: `var(--class-${blockClasses[classCode]?.name ?? 'only-here'})` }} />
      ))}
    </svg>
  )
}

function shifted({ left, right, top, bottom }: RangeBox, edge: DOMRect): RangeBox {
  return { left: left - edge.left, right: right - edge.left, top: top - edge.top, bottom: bottom - edge.top }
}

/** How far a ribbon between places at the same height hangs below them. */
const SAG_PIXELS = 14

/** A line from the middle of one place to that of the other: as thin as it is, it hides nothing of what lies between them. */
function ribbonPath(a: RangeBox, b: RangeBox): string {
  const [upper, lower] = a.top <= b.top ? [a, b] : [b, a]
  const from = `${(upper.left + upper.right) / 2} ${upper.bottom}`
  const isLevel = lower.top < upper.bottom
  const endX = (lower.left + lower.right) / 2
  const endY = isLevel ? lower.bottom : lower.top
  const middle = isLevel ? upper.bottom + SAG_PIXELS : (upper.bottom + lower.top) / 2
  return `M${from}C${(upper.left + upper.right) / 2} ${middle} ${endX} ${middle} ${endX} ${endY}`
}
