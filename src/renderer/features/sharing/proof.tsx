/** The proof of an extraction: what became of each file, as it ended and as the filesystem tells now. */
import { CircleHelp, type LucideIcon, ShieldCheck, TriangleAlert } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { SharingState, VerdictFilter } from '../../../shared/ipc/sharing.ts'
import { type VerdictKind, verdictKind } from '../../../shared/sharing/verdict.ts'
import { useBackend } from '../../lib/backend.ts'
import { classNames } from '../../lib/class-names.ts'
import { useLatest } from '../../lib/latest.ts'
import { useRowWindow } from '../../lib/row-window.ts'
import { useWords } from '../../lib/use-words.ts'
import { Select } from '../../parts/select.tsx'
import styles from './proof.module.css'
import { ProofTotals } from './proof-totals.tsx'
import { fileVerdict } from './proof-words.ts'

/** As in tokens.css: --row-height. */
const ROW_PIXELS = 28
/** Asked for before it is known how many there are, so that a short list comes at once. */
const FIRST_ROWS = 30
/** The choices and the head above the rows; and how high the list is at least, where it has as many rows as that. */
const ABOVE_ROWS_PIXELS = 2 * ROW_PIXELS + 12
const LIST_PIXELS = 300

const verdictIcons: { readonly [Kind in VerdictKind]: LucideIcon } = {
  'not-shared': TriangleAlert,
  copied: TriangleAlert,
  unchecked: CircleHelp,
  cloned: ShieldCheck,
  shared: ShieldCheck,
  packed: ShieldCheck,
  empty: ShieldCheck,
}

interface ProofProps {
  readonly jobId: number
  readonly sharing: SharingState
}

const times = ['then', 'now'] as const

export function Proof({ jobId, sharing }: ProofProps) {
  const words = useWords()
  const { text, format } = words
  const backend = useBackend()
  const { sharingId, isLooking } = sharing
  const [time, setTime] = useState<(typeof times)[number]>('then')
  const [filter, setFilter] = useState<VerdictKind | 'all'>('all')
  const scroller = useRef<HTMLDivElement>(null)
  const [rowCount, setRowCount] = useState(0)
  const { first, last, topOf, heightPixels } = useRowWindow(scroller, rowCount, ROW_PIXELS, ROW_PIXELS)
  const question = useMemo(
    () => ({ time, filter, first, count: Math.max(FIRST_ROWS, last - first + 1), isLooking }),
    [time, filter, first, last, isLooking],
  )
  const page = useLatest(question, ({ time, filter, first, count }) => {
    const kind: VerdictFilter = filter === 'all' ? undefined : filter
    return time === 'then'
      ? backend.request('jobVerdicts', jobId, kind, first, count)
      : backend.request('sharingVerdicts', sharingId, kind, first, count)
  })
  const known = page?.answer.rowCount
  useEffect(() => {
    if (known !== undefined) setRowCount(known)
  }, [known])

  const kinds = page?.answer.kinds ?? []
  const files = kinds.reduce((sum, kind) => sum + kind.files, 0)
  return (
    <div className={styles['proof']}>
      <ProofTotals jobId={jobId} sharing={sharing} />
      <div
        className={styles['list']}
        style={{ minBlockSize: Math.min(LIST_PIXELS, ABOVE_ROWS_PIXELS + rowCount * ROW_PIXELS) }}
      >
        <div className={styles['choices']}>
          <span aria-hidden>{text('proof.show')}</span>
          <Select<VerdictKind | 'all'>
            label={text('proof.show')}
            hidesLabel
            value={filter}
            options={[
              { value: 'all', label: text('proof.all', { count: files }) },
              ...kinds.map(({ kind, files }) => ({
                value: kind,
                label: `${text(`verdict.${kind}`)} (${format.count(files)})`,
              })),
            ]}
            onChange={setFilter}
          />
          <span aria-hidden>{text('proof.when')}</span>
          <Select
            label={text('proof.when')}
            hidesLabel
            value={time}
            options={times.map((value) => ({ value, label: text(`proof.when.${value}`) }))}
            onChange={setTime}
          />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
        <div ref={scroller} role="table" aria-label={text('proof.files')} tabIndex={0} className={styles['scroller']}>
          <div role="row" className={classNames(styles['row'], styles['head'])}>
            <span role="columnheader">{text('column.name')}</span>
            <span role="columnheader" className={styles['number']}>
              {text('column.size')}
            </span>
            <span role="columnheader">{text('proof.verdict')}</span>
          </div>
          <div role="rowgroup" className={styles['body']} style={{ blockSize: heightPixels }}>
            {page?.answer.rows.map((verdict, at) => {
              const kind = verdictKind(verdict)
              const Icon = verdictIcons[kind]
              const sentence = fileVerdict(verdict, page.question.time, words)
              return (
                <div
                  key={verdict.path}
                  role="row"
                  aria-rowindex={page.question.first + at + 2}
                  className={styles['row']}
                  style={{ transform: `translateY(${topOf(page.question.first + at)}px)` }}
                >
                  <span role="cell" title={verdict.path}>
                    {verdict.path}
                  </span>
                  <span role="cell" className={styles['number']}>
                    {format.size(verdict.sizeBytes)}
                  </span>
                  <span role="cell" className={classNames(styles['verdict'], styles[kind])} title={sentence}>
                    <Icon size={14} aria-hidden />
                    {sentence}
                  </span>
                </div>
              )
            })}
          </div>
        </div>
      </div>
      {page !== undefined && page.answer.omitted > 0 && (
        <p className={styles['muted']}>{text('proof.omitted', { count: page.answer.omitted })}</p>
      )}
    </div>
  )
}
