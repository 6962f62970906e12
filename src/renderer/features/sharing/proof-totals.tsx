/** The verdict in total: what the filesystem said when the extraction ended, and beside it what it says now. */
import type { SharingState } from '../../../shared/ipc/sharing.ts'
import type { ExtractSummary, SharingCheck } from '../../../shared/jobs.ts'
import { useWords } from '../../lib/use-words.ts'
import type { Words } from '../../lib/words.ts'
import { Notice } from '../../parts/notice.tsx'
import { useWindow } from '../../store/store.ts'
import { copiedRows } from '../plan/byte-rows.ts'
import { copiedParts } from '../plan/plan-parts.ts'
import styles from './proof.module.css'

interface ProofTotalsProps {
  readonly jobId: number
  readonly sharing: SharingState
}

interface Row {
  readonly what: string
  readonly thenBytes: number
  /** Undefined until it was looked at, and for parts that can't be told apart any more. */
  readonly nowBytes: number | undefined
  /** Of the row above. */
  readonly isPart?: true
}

export function ProofTotals({ jobId, sharing: { check, isLooking } }: ProofTotalsProps) {
  const words = useWords()
  const { text, format } = words
  const summary = useWindow(({ jobs }) => {
    const result = jobs[jobId]?.result
    return result?.kind === 'extract' ? result.summary : undefined
  })
  if (summary === undefined) return null
  const rows = totalRows(summary, check, words).filter(({ thenBytes, nowBytes }) => thenBytes + (nowBytes ?? 0) > 0)
  const cell = (bytes: number | undefined): string => (bytes === undefined ? '' : format.size(bytes))
  return (
    <section aria-label={text('proof.totals')} className={styles['totals']}>
      <Notice {...verdictOf(summary, words)} />
      <table className={styles['sums']}>
        <thead>
          <tr>
            <th scope="col">{text('proof.bytes')}</th>
            <th scope="col">{text('proof.when.then')}</th>
            <th scope="col">{check === undefined && isLooking ? text('proof.checking') : text('proof.when.now')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ what, thenBytes, nowBytes, isPart }) => (
            <tr key={what} className={isPart && styles['part']}>
              <th scope="row">{what}</th>
              <td>{cell(thenBytes)}</td>
              <td>{cell(nowBytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {check !== undefined && <p className={styles['muted']}>{changeSentence(summary, check, words)}</p>}
    </section>
  )
}

function verdictOf({ proof, copied, logicalBytes }: ExtractSummary, { text, format }: Words) {
  const { withArchiveBytes, amongFilesBytes, uncheckedBytes, disprovedBytes } = proof
  const shared = withArchiveBytes + amongFilesBytes
  const parts = copiedParts(copied).filter(({ reason }) => reason !== 'packed')
  if (disprovedBytes > 0) {
    return { kind: 'warning', title: text('proof.disproved', { size: format.size(disprovedBytes) }) } as const
  }
  const lines = uncheckedBytes > 0 ? [text('proof.unchecked', { size: format.size(uncheckedBytes) })] : []
  const copiedBytes = parts.reduce((sum, { bytes }) => sum + bytes, 0)
  if (copiedBytes > 0) {
    const title = text(shared === 0 ? 'proof.nothingShared' : 'proof.mixed', {
      shared: format.size(shared),
      copied: format.size(copiedBytes),
    })
    return { kind: 'warning', title, lines } as const
  }
  if (shared === 0)
    return { kind: 'info', title: text(logicalBytes === 0 ? 'proof.empty' : 'proof.noneToShare'), lines } as const
  return { kind: 'info', title: text('proof.clean', { size: format.size(shared) }), lines } as const
}

/** The same kinds then and now; why bytes aren't the archive's blocks is known of then. */
function totalRows({ proof, copied }: ExtractSummary, check: SharingCheck | undefined, words: Words): Row[] {
  const { text } = words
  const parts = copiedParts(copied)
  const packed = parts.filter(({ kind }) => kind === 'packed')
  const copies = parts.filter(({ kind }) => kind === 'copied')
  const sum = (counted: typeof parts): number => counted.reduce((total, { bytes }) => total + bytes, 0)
  const part = (what: string, thenBytes: number): Row => ({ what, thenBytes, nowBytes: undefined, isPart: true })
  return [
    { what: text('verdict.cloned'), thenBytes: proof.withArchiveBytes, nowBytes: check?.withArchiveBytes },
    {
      what: text('proof.elsewhere'),
      thenBytes: proof.amongFilesBytes + proof.disprovedBytes + sum(copies),
      nowBytes: check?.notSharedBytes,
    },
    part(text('verdict.shared'), proof.amongFilesBytes),
    part(text('verdict.not-shared'), proof.disprovedBytes),
    ...copiedRows(copies, words, 'extract').map(({ bytes, note }) =>
      part(text('proof.copied', { reason: note }), bytes),
    ),
    { what: text('verdict.packed'), thenBytes: sum(packed), nowBytes: check?.packedBytes },
    { what: text('verdict.unchecked'), thenBytes: proof.uncheckedBytes, nowBytes: check?.uncheckedBytes },
  ]
}

/** How sharing has gone on since. */
function changeSentence({ proof }: ExtractSummary, check: SharingCheck, { text, format }: Words): string {
  const lost = proof.withArchiveBytes - check.withArchiveBytes
  const parts = [
    lost > 0 ? text('proof.lost', { size: format.size(lost) }) : text('proof.kept'),
    ...(check.missing > 0 ? [text('proof.missing', { count: check.missing })] : []),
  ]
  return parts.join(' ')
}
