/** The verdict in total: what the filesystem said when the extraction ended, and beside it what it says now. */
import type { SharingState } from '../../../shared/ipc/sharing.ts'
import { classNames } from '../../lib/class-names.ts'
import { useWords } from '../../lib/use-words.ts'
import { Notice } from '../../parts/notice.tsx'
import { useWindow } from '../../store/store.ts'
import styles from './proof.module.css'
import { proofRows, proofVerdict, sinceThen } from './proof-words.ts'
import { unbroken } from './summary-words.ts'

interface ProofTotalsProps {
  readonly jobId: number
  readonly sharing: SharingState
}

export function ProofTotals({ jobId, sharing }: ProofTotalsProps) {
  const words = useWords()
  const { text, format } = words
  const { check, isLooking } = sharing
  const summary = useWindow(({ jobs }) => {
    const result = jobs[jobId]?.result
    return result?.kind === 'extract' ? result.summary : undefined
  })
  if (summary === undefined) return null
  const { kind, title, lines } = proofVerdict(summary, words)
  const now = (bytes: number | undefined): string =>
    bytes !== undefined ? format.size(bytes) : check === undefined ? '' : text('proof.notCompared')
  return (
    <section aria-label={text('proof.totals')} className={styles['totals']}>
      <Notice kind={kind} title={unbroken(title)} lines={lines.map(unbroken)} />
      <div className={styles['figures']}>
        <table className={styles['sums']}>
          <thead>
            <tr>
              <th scope="col">{text('proof.bytes')}</th>
              <th scope="col">{text('proof.when.then')}</th>
              <th scope="col">{check === undefined && isLooking ? text('proof.checking') : text('proof.when.now')}</th>
            </tr>
          </thead>
          <tbody>
            {proofRows(summary, check, words).map(({ what, thenBytes, nowBytes, isPart }) => (
              <tr key={what} className={classNames(isPart && styles['part'])}>
                <th scope="row">{what}</th>
                <td>{format.size(thenBytes)}</td>
                <td title={nowBytes === undefined ? text('proof.onlyThen') : undefined}>{now(nowBytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className={styles['since']}>{unbroken(sinceThen(summary, sharing, words))}</p>
      </div>
    </section>
  )
}
