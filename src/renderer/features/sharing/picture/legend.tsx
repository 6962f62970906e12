/** What the colours mean, with the bytes of each on the disk map; each can be made faint. */
import { blockClass, blockClasses, type ClassStyle } from '../../../../shared/sharing/block-class.ts'
import { useWords } from '../../../lib/use-words.ts'
import { ClassPatterns, ClassRect, CUE_PIXELS } from '../../../parts/class-patterns.tsx'
import { className } from './facts-words.ts'
import styles from './picture.module.css'
import type { PictureState } from './picture-state.ts'

/** A sample of a class's colour and cue; its patterns must be on the page. */
export function ClassSwatch({ style }: { readonly style: ClassStyle }) {
  return (
    <svg aria-hidden viewBox={`0 0 32 ${CUE_PIXELS}`} width={16} height={12} className={styles['swatch']}>
      <ClassRect style={style} x={0} width={32} height={CUE_PIXELS} />
    </svg>
  )
}

export function Legend({ state: { sharing, faint, toggleClass } }: { readonly state: PictureState }) {
  const words = useWords()
  const { text, format } = words
  const { totals } = sharing
  /** What has no place on disk has its bytes from the totals. */
  const bytesOf = (code: number): number => {
    if (code === blockClass.hole) return totals?.holeBytes ?? 0
    if (code === blockClass.inline) return totals?.inlineBytes ?? 0
    if (code === blockClass.unchecked) return totals?.uncheckedBytes ?? 0
    return sharing.bytesByClass[code] ?? 0
  }
  return (
    <div role="group" aria-label={text('sharing.legend')} className={styles['legend']}>
      <ClassPatterns />
      {blockClasses.map((style, code) =>
        bytesOf(code) === 0 ? null : (
          <button
            key={style.name}
            type="button"
            aria-pressed={!faint.has(code)}
            title={text(`class.${style.name}.meaning`)}
            className={styles['legendEntry']}
            onClick={() => toggleClass(code)}
          >
            <ClassSwatch style={style} />
            {className(code, words)}
            <span className={styles['legendBytes']}>{format.size(bytesOf(code))}</span>
          </button>
        ),
      )}
    </div>
  )
}
