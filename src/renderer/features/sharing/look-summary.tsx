/** What a look found, in figures that explain each other, how far it is, and what it couldn't find out. */
import { RotateCw, Square } from 'lucide-react'
import { describeError } from '../../../shared/errors.ts'
import type { SharingState } from '../../../shared/ipc/sharing.ts'
import { useWords } from '../../lib/use-words.ts'
import { Button } from '../../parts/button.tsx'
import { Disclosure } from '../../parts/disclosure.tsx'
import { Notice } from '../../parts/notice.tsx'
import type { LookKind } from '../../store/look-slice.ts'
import { useWindow } from '../../store/store.ts'
import styles from './look.module.css'
import { ReportMenu } from './report-menu.tsx'
import { furtherFigures, mainSentence, neverSharingWords, unbroken } from './summary-words.ts'

interface LookSummaryProps {
  readonly kind: LookKind
  readonly sharing: SharingState
  readonly shortPath: (path: string) => string
}

export function LookSummary({ kind, sharing, shortPath }: LookSummaryProps) {
  const words = useWords()
  const { text, format } = words
  const lookAgain = useWindow((state) => state.lookAgain)
  const stopLook = useWindow((state) => state.stopLook)
  const { totals, isLooking, complete, filesDone, current, problems, problemCount } = sharing
  if (totals === undefined) return null
  return (
    <header className={styles['summary']}>
      <div className={styles['headline']}>
        <p className={styles['sentence']} role="status">
          {unbroken(mainSentence(sharing, words))}
        </p>
        {isLooking ? (
          <Button icon={Square} onPress={() => stopLook(kind)}>
            {text('sharing.stop')}
          </Button>
        ) : (
          <>
            <Button icon={RotateCw} onPress={() => lookAgain(kind)}>
              {text('sharing.again')}
            </Button>
            {/* A report outlives the window's word that this isn't all. */}
            {complete && <ReportMenu sharing={sharing} />}
          </>
        )}
      </div>
      <p className={styles['figures']}>{unbroken(furtherFigures(sharing, words).join(' · '))}</p>
      {isLooking && (
        <p className={styles['figures']}>
          {text('sharing.soFar', { count: filesDone })} {current}
        </p>
      )}
      {!isLooking && !complete && <Notice kind="warning" title={text('sharing.stopped')} />}
      {sharing.neverSharing.map((kind) => (
        <Notice key={kind.type} kind="info" {...neverSharingWords(kind, shortPath, words)} />
      ))}
      {totals.uncheckedBytes > 0 && (
        <Notice kind="info" title={text('sharing.uncheckedBytes', { size: format.size(totals.uncheckedBytes) })} />
      )}
      {problemCount > 0 && (
        <Disclosure title={text('sharing.problems', { count: problemCount })}>
          <ul className={styles['problems']}>
            {problems.map((problem) => {
              const line = `${describeError(problem, words.say)} ${words.error(problem.code).title}`
              return <li key={line}>{line}</li>
            })}
            {problemCount > problems.length && (
              <li>{text('sharing.moreProblems', { count: format.count(problemCount - problems.length) })}</li>
            )}
          </ul>
        </Disclosure>
      )}
    </header>
  )
}
