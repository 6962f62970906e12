/** The pieces of a file, extent by extent and with its holes: where each lies, how long it is, and how many files use it. */
import { useMemo, useRef } from 'react'
import type { SharingExtentRow, SharingFileRow, SharingState } from '../../../../shared/ipc/sharing.ts'
import { useBackend } from '../../../lib/backend.ts'
import { classNames } from '../../../lib/class-names.ts'
import { useLatest } from '../../../lib/latest.ts'
import { useRowWindow } from '../../../lib/row-window.ts'
import { useWords } from '../../../lib/use-words.ts'
import type { Words } from '../../../lib/words.ts'
import { exactClassName, flagWords } from '../picture/facts-words.ts'
import styles from './tables.module.css'

/** As in tokens.css: --row-height. */
const ROW_PIXELS = 28

interface ExtentsTableProps {
  readonly sharing: SharingState
  readonly row: SharingFileRow
}

export function ExtentsTable({ sharing: { sharingId }, row: { file, path, pieceRows } }: ExtentsTableProps) {
  const words = useWords()
  const { text, format } = words
  const backend = useBackend()
  const scroller = useRef<HTMLDivElement>(null)
  const { first, last, topOf, heightPixels } = useRowWindow(scroller, pieceRows, ROW_PIXELS, ROW_PIXELS)
  const question = useMemo(() => ({ first, count: Math.max(0, last - first + 1) }), [first, last])
  const page = useLatest(question, ({ first, count }) =>
    backend.request('sharingExtents', sharingId, file, first, count),
  )
  const heads = ['piece', 'offset', 'length', 'address', 'class', 'flags'] as const
  return (
    <section aria-label={text('sharing.piecesOf', { path })} className={styles['extentsPart']}>
      <h3 className={styles['title']}>{text('sharing.piecesOf', { path })}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <div ref={scroller} role="table" aria-rowcount={pieceRows + 1} tabIndex={0} className={styles['scroller']}>
        <div role="row" className={classNames(styles['row'], styles['head'], styles['extents'])}>
          {heads.map((head) => (
            <span key={head} role="columnheader">
              {text(`sharing.extent.${head}`)}
            </span>
          ))}
        </div>
        <div role="rowgroup" className={styles['body']} style={{ blockSize: heightPixels }}>
          {page?.answer.map((extent, at) => (
            <div
              key={extent.offsetBytes}
              role="row"
              aria-rowindex={page.question.first + at + 2}
              className={classNames(styles['row'], styles['extents'])}
              style={{ transform: `translateY(${topOf(page.question.first + at)}px)` }}
            >
              <span role="cell">{extent.piece === undefined ? '–' : format.count(extent.piece)}</span>
              <span role="cell">{format.count(extent.offsetBytes)}</span>
              <span role="cell">{format.count(extent.lengthBytes)}</span>
              <span role="cell">{extent.addressBytes === undefined ? '–' : format.count(extent.addressBytes)}</span>
              <span role="cell">{usersOf(extent, words)}</span>
              <span role="cell" className={styles['words']}>
                {flagWords(extent.flags, words)}
              </span>
            </div>
          ))}
        </div>
      </div>
    </section>
  )
}

function usersOf({ classCode, fewestFiles, mostFiles }: SharingExtentRow, words: Words): string {
  const { text, format } = words
  if (classCode !== undefined && fewestFiles === mostFiles) return exactClassName(classCode, mostFiles, words)
  return text('sharing.class.several', { from: format.count(fewestFiles), to: format.count(mostFiles) })
}
