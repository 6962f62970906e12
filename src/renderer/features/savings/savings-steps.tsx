/** One bar from the size of the files to what is stored, and below it the same in words: each line explains the next. */
import { useRef } from 'react'
import type { Savings } from '../../../shared/sharing/savings.ts'
import { useWords } from '../../lib/use-words.ts'
import type { Words } from '../../lib/words.ts'
import { CUE_PIXELS } from '../../parts/class-patterns.tsx'
import { useWindow } from '../../store/store.ts'
import { usePixelSize } from '../sharing/picture/canvas.tsx'
import styles from './savings.module.css'
import { type BarPart, barParts } from './savings-parts.ts'

/** A part of the bar is at least so wide, with the line after it, that its colour can be seen. */
const NARROWEST_PIXELS = 4

interface SavingsStepsProps {
  readonly savings: Savings
  /** Whether it is about all of the archive. */
  readonly isWhole: boolean
}

export function SavingsSteps({ savings, isWhole }: SavingsStepsProps) {
  const words = useWords()
  const { text, format } = words
  const fileSizeBytes = useWindow(({ archive }) => archive?.info.fileSizeBytes)
  const newOnDisk = useNewOnDisk(words)
  const parts = barParts(savings)
  const { sizeBytes, storedBytes } = savings
  return (
    <section className={styles['part']}>
      <p className={styles['sentence']}>
        {text('savings.sentence', {
          files: text('units.files', { count: savings.files }),
          size: format.size(sizeBytes),
          stored: format.size(storedBytes),
          saved: format.size(Math.max(0, sizeBytes - storedBytes)),
        })}
      </p>
      <Bar parts={parts} sizeBytes={sizeBytes} words={words} />
      <dl className={styles['steps']}>
        <Step what={text('savings.size')} bytes={format.size(sizeBytes)} />
        {parts
          .filter(({ kind }) => kind !== 'stored')
          .map(({ kind, bytes }) => (
            <Step key={kind} kind={kind} what={stepWords(kind, savings, words)} bytes={`− ${format.size(bytes)}`} />
          ))}
        <Step isSum kind="stored" what={text('savings.stored')} bytes={format.size(storedBytes)} />
        {isWhole && fileSizeBytes !== undefined && (
          <>
            <Step what={text('savings.books')} bytes={`+ ${format.size(Math.max(0, fileSizeBytes - storedBytes))}`} />
            <Step isSum what={text('savings.archiveFile')} bytes={format.size(fileSizeBytes)} />
            {newOnDisk !== undefined && (
              <>
                <Step what={newOnDisk.explanation} bytes={newOnDisk.shared} />
                <Step isSum what={text('savings.newOnDisk')} bytes={newOnDisk.fresh} />
              </>
            )}
          </>
        )}
      </dl>
      {savings.alsoUsedElsewhereBytes > 0 && (
        <p className={styles['muted']}>
          {text('savings.alsoElsewhere', { size: format.size(savings.alsoUsedElsewhereBytes) })}
        </p>
      )}
    </section>
  )
}

/** What a step leaves out. Compressing leaves nothing out: it says how little the same bytes take. */
function stepWords(kind: BarPart['kind'], { packedBytes, packingBytes }: Savings, { text, format }: Words): string {
  if (kind !== 'packing') return text(`savings.part.${kind}`)
  return text('savings.packing', { size: format.size(packedBytes), stored: format.size(packedBytes - packingBytes) })
}

function Step({ what, bytes, kind, isSum = false }: { what: string; bytes: string; kind?: string; isSum?: boolean }) {
  return (
    <div className={isSum ? styles['sum'] : styles['step']}>
      <dt>
        {kind !== undefined && <span aria-hidden className={`${styles['swatch']} ${styles[kind]}`} />}
        {what}
      </dt>
      <dd>{bytes}</dd>
    </div>
  )
}

function Bar({ parts, sizeBytes, words }: { parts: readonly BarPart[]; sizeBytes: number; words: Words }) {
  const { text, format } = words
  const named = parts.map(({ kind, bytes }) => `${text(`savings.part.${kind}`)} ${format.size(bytes)}`)
  const box = useRef<HTMLDivElement>(null)
  const size = usePixelSize(box)
  const widthPixels = size === undefined ? undefined : size.width / size.ratio
  const isWidened =
    widthPixels !== undefined && parts.some(({ bytes }) => (bytes * widthPixels) / sizeBytes < NARROWEST_PIXELS)
  return (
    <>
      <div
        ref={box}
        role="img"
        aria-label={named.join(', ')}
        className={styles['bar']}
        style={{ blockSize: CUE_PIXELS }}
      >
        {parts.map(({ kind, bytes }, at) => (
          <span
            key={kind}
            title={named[at]}
            className={styles[kind]}
            style={{ inlineSize: `${(100 * bytes) / sizeBytes}%`, minInlineSize: NARROWEST_PIXELS }}
          />
        ))}
      </div>
      {isWidened && <p className={styles['caption']}>{text('savings.widened')}</p>}
    </>
  )
}

/** What the archive file takes on disk that nothing shares with it, as far as the filesystem tells. */
function useNewOnDisk({ text, format }: Words) {
  const state = useWindow(({ looks }) => looks.disk?.state)
  const column = state?.roles.find(({ role }) => role === 'archive')
  if (state?.complete !== true || column?.freed === undefined || state.totals === undefined) return undefined
  if (state.totals.uncheckedBytes > 0) {
    return { explanation: text('savings.sharedWithUnknown'), shared: '?', fresh: text('class.unchecked') }
  }
  const { ownBytes, certainBytes, othersBytes, keptBytes } = column.freed
  // Blocks that only the filesystem says are shared: others use them too, though they weren’t looked at.
  const shared = keptBytes + othersBytes + ownBytes - certainBytes
  return {
    explanation: text('savings.sharedWith'),
    shared: `− ${format.size(shared)}`,
    fresh: format.size(certainBytes),
  }
}
