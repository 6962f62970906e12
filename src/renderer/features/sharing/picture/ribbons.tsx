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
  const paths = facts.ribbons.slice(0, MOST_RIBBONS).flatMap(({ from, to }) => {
    const start = boxOf(from)
    const end = boxOf(to)
    return start === undefined || end === undefined ? [] : [ribbonPath(start, end)]
  })
  return (
    <svg aria-hidden className={styles['ribbons']}>
      {paths.map((path) => (
        <path
          key={path}
          d={path}
          style={{ fill: `var(--class-${blockClasses[facts.classCode]?.name ?? 'only-here'})` }}
        />
      ))}
    </svg>
  )
}

function shifted({ left, right, top, bottom }: RangeBox, edge: DOMRect): RangeBox {
  return { left: left - edge.left, right: right - edge.left, top: top - edge.top, bottom: bottom - edge.top }
}

/** The outline of a ribbon: between columns from side to side, within one from lane to lane. */
function ribbonPath(a: RangeBox, b: RangeBox): string {
  const [start, end] = a.left <= b.left ? [a, b] : [b, a]
  if (end.left > start.right + 24 && Math.abs(start.top - end.top) < 4 * (end.left - start.right)) {
    const middle = (start.right + end.left) / 2
    return `M${start.right} ${start.top}C${middle} ${start.top} ${middle} ${end.top} ${end.left} ${end.top}V${end.bottom}C${middle} ${end.bottom} ${middle} ${start.bottom} ${start.right} ${start.bottom}Z`
  }
  const [upper, lower] = a.top <= b.top ? [a, b] : [b, a]
  const middle = (upper.bottom + lower.top) / 2
  return `M${upper.left} ${upper.bottom}C${upper.left} ${middle} ${lower.left} ${middle} ${lower.left} ${lower.top}H${lower.right}C${lower.right} ${middle} ${upper.right} ${middle} ${upper.right} ${upper.bottom}Z`
}
