/** Ribbons from what is chosen to every other place of the same blocks that is in view. */
import type { SharingFacts } from '../../../../shared/ipc/sharing.ts'
import type { FileRange } from '../../../../shared/sharing/sharers.ts'
import type { FindRange } from './lane-column.tsx'
import styles from './picture.module.css'
import { type RangeEnd, ribbonPath } from './ribbon-path.ts'

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
  const endOf = (range: FileRange): RangeEnd | undefined => {
    for (const find of finders) {
      const end = find(range)
      if (end !== undefined) return shifted(end, edge)
    }
    return undefined
  }
  const paths = new Set<string>()
  for (const { from, to } of facts.ribbons.slice(0, MOST_RIBBONS)) {
    const start = endOf(from)
    const end = endOf(to)
    const path = start && end && ribbonPath(start, end)
    if (path !== undefined) paths.add(path)
  }
  return (
    <svg aria-hidden className={styles['ribbons']}>
      {[...paths].map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  )
}

function shifted({ x, bottom, gutterX }: RangeEnd, edge: DOMRect): RangeEnd {
  return { x: x - edge.left, bottom: bottom - edge.top, gutterX: gutterX - edge.left }
}
