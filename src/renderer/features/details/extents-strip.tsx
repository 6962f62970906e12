/** Where a file's bytes are, as one strip from its begin to its end in the colours of the classes, with a legend in bytes. */
import type { EntryExtent } from '../../../shared/ipc/archives.ts'
import type { ClassStyle } from '../../../shared/sharing/block-class.ts'
import { useFormat, useText } from '../../lib/texts.tsx'
import { ClassPatterns, ClassRect, CUE_PIXELS } from '../../parts/class-patterns.tsx'
import { bytesByClass, stripRuns } from './extent-classes.ts'
import styles from './extents-strip.module.css'

/** Narrower ones would vanish; they are drawn as a hair. */
const LEAST_PERCENT = 0.4

interface ExtentsStripProps {
  readonly extents: readonly EntryExtent[]
  readonly extentCount: number
}

export function ExtentsStrip({ extents, extentCount }: ExtentsStripProps) {
  const text = useText()
  const format = useFormat()
  const last = extents.at(-1)
  const sizeBytes = last === undefined ? 0 : last.offsetBytes + last.lengthBytes
  if (sizeBytes === 0) return null
  const legend = bytesByClass(extents)
  const className = ({ name }: ClassStyle): string => text(`class.${name}`)
  const described = legend.map(({ style, bytes }) => `${className(style)} ${format.size(bytes)}`).join(', ')
  return (
    <figure className={styles['figure']}>
      <ClassPatterns />
      <svg
        role="img"
        aria-label={`${text('details.extents')}: ${described}`}
        height={CUE_PIXELS}
        className={styles['strip']}
      >
        {stripRuns(extents, sizeBytes).map(({ style, start, width }) => (
          <ClassRect
            key={start}
            style={style}
            x={`${start * 100}%`}
            width={`${Math.max(LEAST_PERCENT, width * 100)}%`}
            height={CUE_PIXELS}
          />
        ))}
      </svg>
      <ul className={styles['legend']}>
        {legend.map(({ style, bytes }) => (
          <li key={style.name} className={styles['entry']}>
            <Swatch style={style} />
            <span>{className(style)}</span>
            <span className={styles['bytes']}>{format.size(bytes)}</span>
          </li>
        ))}
      </ul>
      <figcaption className={styles['caption']}>
        {extentCount > extents.length
          ? text('details.extentsShown', { shown: extents.length, count: extentCount })
          : text('details.extentCount', { count: extentCount })}
      </figcaption>
    </figure>
  )
}

function Swatch({ style }: { readonly style: ClassStyle }) {
  return (
    <svg aria-hidden viewBox={`0 0 32 ${CUE_PIXELS}`} width={16} height={12} className={styles['swatch']}>
      <ClassRect style={style} x={0} width={32} height={CUE_PIXELS} />
    </svg>
  )
}
