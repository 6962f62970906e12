/** The picture as a table: the files with what is known of each, and the pieces of the one that is chosen. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { SharingFileRow, SharingSort } from '../../../../shared/ipc/sharing.ts'
import { useBackend } from '../../../lib/backend.ts'
import { classNames } from '../../../lib/class-names.ts'
import { useLatest } from '../../../lib/latest.ts'
import { useRowWindow } from '../../../lib/row-window.ts'
import { useWords } from '../../../lib/use-words.ts'
import type { Words } from '../../../lib/words.ts'
import type { PictureState } from '../picture/picture-state.ts'
import { ExtentsTable } from './extents-table.tsx'
import { SortHeader } from './sort-header.tsx'
import styles from './tables.module.css'

/** As in tokens.css: --row-height. */
const ROW_PIXELS = 28

export function FilesTable({ state }: { readonly state: PictureState }) {
  const words = useWords()
  const { text, format, say } = words
  const backend = useBackend()
  const { sharing, query, setQuery, choice, choose } = state
  const { sharingId, version } = sharing
  const scroller = useRef<HTMLDivElement>(null)
  const [rowCount, setRowCount] = useState(sharing.totals?.files ?? 0)
  const [cursor, setCursor] = useState(0)
  const { first, last, topOf, heightPixels, reveal, visibleRows } = useRowWindow(
    scroller,
    rowCount,
    ROW_PIXELS,
    ROW_PIXELS,
  )
  const question = useMemo(
    () => ({ query, version, first, count: Math.max(1, last - first + 1) }),
    [query, version, first, last],
  )
  const page = useLatest(question, ({ query, first, count }) =>
    backend.request('sharingFiles', sharingId, query, first, count),
  )
  const known = page?.answer.rowCount
  useEffect(() => {
    if (known !== undefined) setRowCount(known)
  }, [known])

  const pageFirst = page?.question.first ?? 0
  const rows = page?.answer.rows ?? []
  const pick = (at: number, row: SharingFileRow | undefined): void => {
    setCursor(at)
    if (row !== undefined) {
      choose({ kind: 'range', file: row.file, offset: 0, lengthBytes: Math.max(1, row.sizeBytes) })
    }
  }
  const steps: { readonly [Key in string]: number } = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: visibleRows,
    PageUp: -visibleRows,
    Home: -rowCount,
    End: rowCount,
  }
  const chosenFile = choice?.kind === 'range' ? choice.file : undefined
  const chosenRow = rows.find(({ file }) => file === chosenFile)
  // When its extents come, or the window gets smaller, there is less room for the rows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: not while somebody scrolls away from it
  useEffect(() => {
    if (chosenRow !== undefined) reveal(pageFirst + rows.indexOf(chosenRow))
  }, [chosenFile, visibleRows])
  const columns: readonly (readonly [sort: SharingSort | undefined, label: string])[] = [
    ['path', text('column.name')],
    ['size', text('column.size')],
    ['on-disk', text('column.stored')],
    ['only-here', text('sharing.column.onlyHere')],
    ['shared', text('column.shared')],
    ...(sharing.hasCopied ? [[undefined, text('sharing.column.copied')] as const] : []),
    [undefined, text('sharing.column.pieces')],
  ]
  const rowClass = classNames(styles['row'], styles['files'], !sharing.hasCopied && styles['withoutCopied'])
  return (
    <div className={styles['tables']}>
      <div
        ref={scroller}
        role="grid"
        aria-label={text('sharing.way.files')}
        aria-rowcount={rowCount + 1}
        aria-activedescendant={`sharing-file-${cursor}`}
        tabIndex={0}
        className={styles['scroller']}
        onKeyDown={(event) => {
          const step = steps[event.key]
          if (step === undefined || event.altKey || event.ctrlKey) return
          event.preventDefault()
          const next = Math.max(0, Math.min(rowCount - 1, cursor + step))
          reveal(next)
          pick(next, rows[next - pageFirst])
        }}
      >
        <div role="row" className={classNames(rowClass, styles['head'])}>
          {columns.map(([sort, label]) => (
            <SortHeader
              key={label}
              label={label}
              direction={
                sort !== undefined && sort === query.sort ? (query.descending ? 'descending' : 'ascending') : undefined
              }
              onSort={
                sort === undefined
                  ? undefined
                  : () => setQuery({ sort, descending: query.sort === sort ? !query.descending : sort !== 'path' })
              }
            />
          ))}
        </div>
        <div role="rowgroup" className={styles['body']} style={{ blockSize: heightPixels }}>
          {rows.map((row, at) => {
            const index = pageFirst + at
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the table has the focus and the keys
              <div
                key={row.file}
                role="row"
                id={`sharing-file-${index}`}
                aria-rowindex={index + 2}
                aria-selected={row.file === chosenFile}
                tabIndex={-1}
                className={classNames(rowClass, row.file === chosenFile && styles['selected'])}
                style={{ transform: `translateY(${topOf(index)}px)` }}
                onClick={() => pick(index, row)}
              >
                <span role="gridcell" title={row.path} className={styles['path']}>
                  {state.shortPath(row.path)}
                </span>
                <span role="gridcell">{format.size(row.sizeBytes)}</span>
                {row.reason === undefined ? (
                  <>
                    <span role="gridcell">{onDiskWords(row, words)}</span>
                    <span role="gridcell">{format.size(row.onlyHereBytes)}</span>
                    <span role="gridcell">{format.size(row.sharedBytes + row.sharedWithOthersBytes)}</span>
                  </>
                ) : (
                  <span role="gridcell" title={say(row.reason)} className={styles['unchecked']}>
                    {text('class.unchecked')}: {say(row.reason)}
                  </span>
                )}
                {sharing.hasCopied && (
                  <span role="gridcell">{row.copiedBytes === 0 ? '–' : format.size(row.copiedBytes)}</span>
                )}
                <span role="gridcell">{row.reason === undefined ? format.count(row.pieces) : '–'}</span>
              </div>
            )
          })}
        </div>
      </div>
      {chosenRow === undefined ? (
        <p className={styles['hint']}>{text('sharing.chooseForPieces')}</p>
      ) : (
        <ExtentsTable
          key={`${version} ${chosenRow.file}`}
          sharing={sharing}
          row={{ ...chosenRow, path: state.shortPath(chosenRow.path) }}
        />
      )}
    </div>
  )
}

/** A small file may have nothing on disk though nothing of it is missing. */
function onDiskWords({ onDiskBytes, inlineBytes }: SharingFileRow, { text, format }: Words): string {
  return onDiskBytes === 0 && inlineBytes > 0 ? text('sharing.column.inline') : format.size(onDiskBytes)
}
