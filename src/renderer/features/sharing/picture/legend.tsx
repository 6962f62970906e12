/** What the colours mean, with the bytes of each on the disk map; each can be made faint. */
import type { SharingState } from '../../../../shared/ipc/sharing.ts'
import { blockClass, blockClasses, type ClassStyle } from '../../../../shared/sharing/block-class.ts'
import { useWords } from '../../../lib/use-words.ts'
import type { Words } from '../../../lib/words.ts'
import { ClassPatterns, ClassRect, CUE_PIXELS } from '../../../parts/class-patterns.tsx'
import { partsOnDisk } from '../summary-words.ts'
import { className } from './facts-words.ts'
import styles from './picture.module.css'
import type { PictureState } from './picture-state.ts'

/** Cues that are lines along a mark come apart only in one that is high; the others look alike in any. */
const lineCues: ReadonlySet<ClassStyle['cue']> = new Set(['one-line', 'two-lines', 'three-lines', 'dashes'])
const SWATCH_PIXELS = { width: 16, height: 12 }

/** A sample of a class's colour and cue; its patterns must be on the page. */
export function ClassSwatch({ style }: { readonly style: ClassStyle }) {
  const { width, height } = SWATCH_PIXELS
  const scale = lineCues.has(style.cue) ? CUE_PIXELS / height : 1
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${width * scale} ${height * scale}`}
      width={width}
      height={height}
      className={styles['swatch']}
    >
      <ClassRect style={style} x={0} width={width * scale} height={height * scale} />
    </svg>
  )
}

/** Classes in the order of the legend, by what of the sentence above the picture they are parts of. */
const onMap = {
  onlyHere: [blockClass.onlyHere, blockClass.packed, blockClass.copied],
  shared: [blockClass.sharedBy2, blockClass.sharedBy3To4, blockClass.sharedBy5],
  sharedWithOthers: [blockClass.sharedWithOthers],
} as const

/** Where a class is seen: in all of the map, only in a part of it that is zoomed in on, or not on it. */
type Seen = 'on-map' | 'when-zoomed' | 'elsewhere'

/**
 * Each class that occurs with its bytes, those of the map so that they add up to what the sentence says. `drawn` are the
 * classes in all of the map, undefined until it was drawn.
 */
export function legendEntries(
  { totals, bytesByClass }: Pick<SharingState, 'totals' | 'bytesByClass'>,
  drawn: ReadonlySet<number> | undefined,
  format: Words['format'],
): { readonly code: number; readonly bytes: number; readonly seen: Seen }[] {
  if (totals === undefined) return []
  const shown = partsOnDisk(totals, format)
  const mapped = (['onlyHere', 'shared', 'sharedWithOthers'] as const).flatMap((part) => {
    const parts = format.parts(
      shown[part],
      onMap[part].map((code) => bytesByClass[code] ?? 0),
    )
    return onMap[part].map((code, at) => {
      const seen: Seen = drawn?.has(code) === false ? 'when-zoomed' : 'on-map'
      return { code, bytes: parts[at] ?? 0, seen }
    })
  })
  const elsewhere = [
    { code: blockClass.inline, bytes: totals.inlineBytes },
    { code: blockClass.unchecked, bytes: totals.uncheckedBytes },
    { code: blockClass.hole, bytes: totals.holeBytes },
  ].map((entry) => ({ ...entry, seen: 'elsewhere' as const }))
  return [...mapped, ...elsewhere].filter(({ bytes }) => bytes > 0)
}

interface LegendProps {
  readonly state: PictureState
  /** Classes in all of the disk map; undefined until it was drawn. */
  readonly drawn: ReadonlySet<number> | undefined
}

export function Legend({ state: { sharing, faint, toggleClass }, drawn }: LegendProps) {
  const words = useWords()
  const { text, format } = words
  const entries = legendEntries(sharing, drawn, format)
  const entry = ({ code, bytes }: (typeof entries)[number]) => {
    const style = blockClasses[code]
    return (
      style !== undefined && (
        <button
          key={code}
          type="button"
          aria-pressed={!faint.has(code)}
          title={text(`class.${style.name}.meaning`)}
          className={styles['legendEntry']}
          onClick={() => toggleClass(code)}
        >
          <ClassSwatch style={style} />
          {className(code, words)}
          <span className={styles['legendQuiet']}>{format.size(bytes)}</span>
        </button>
      )
    )
  }
  const groups = [
    { title: text('sharing.legend.whenZoomed'), seen: 'when-zoomed' },
    { title: text('sharing.legend.notOnMap'), seen: 'elsewhere' },
  ].map(({ title, seen }) => ({ title, entries: entries.filter((entry) => entry.seen === seen) }))
  return (
    <div role="group" aria-label={text('sharing.legend')} className={styles['legend']}>
      <ClassPatterns />
      {entries.filter(({ seen }) => seen === 'on-map').map(entry)}
      {groups.map(
        ({ title, entries }) =>
          entries.length > 0 && (
            <span key={title} className={styles['legendGroup']}>
              <span className={styles['legendQuiet']}>{title}</span>
              {entries.map(entry)}
            </span>
          ),
      )}
    </div>
  )
}
