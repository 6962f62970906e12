/** What a look found, in figures that explain each other, how far it is, and what it couldn't find out. */
import { RotateCw, Square } from 'lucide-react'
import { describeError } from '../../../shared/errors.ts'
import type { SharingState } from '../../../shared/ipc/sharing.ts'
import { useWords } from '../../lib/use-words.ts'
import type { Words } from '../../lib/words.ts'
import { Button } from '../../parts/button.tsx'
import { Disclosure } from '../../parts/disclosure.tsx'
import { Notice } from '../../parts/notice.tsx'
import type { LookKind } from '../../store/look-slice.ts'
import { useWindow } from '../../store/store.ts'
import styles from './look.module.css'
import { ReportMenu } from './report-menu.tsx'

interface LookSummaryProps {
  readonly kind: LookKind
  readonly sharing: SharingState
}

export function LookSummary({ kind, sharing }: LookSummaryProps) {
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
          {mainSentence(sharing, words)}
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
      <p className={styles['figures']}>{furtherFigures(sharing, words).join(' · ')}</p>
      {isLooking && (
        <p className={styles['figures']}>
          {text('sharing.soFar', { count: filesDone })} {current}
        </p>
      )}
      {!isLooking && !complete && <Notice kind="warning" title={text('sharing.stopped')} />}
      {honestSentences(sharing, words).map((sentence) => (
        <Notice key={sentence} kind="info" title={sentence} />
      ))}
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

function mainSentence({ totals }: SharingState, { text, format }: Words): string {
  if (totals === undefined) return ''
  const { files, logicalBytes, onDiskBytes, onlyHereBytes, sharedBytes, sharedWithOthersBytes } = totals
  const parts = [
    text('sharing.partOnlyHere', { size: format.size(onlyHereBytes) }),
    text('sharing.partShared', { size: format.size(sharedBytes) }),
    ...(sharedWithOthersBytes > 0 ? [text('sharing.partOthers', { size: format.size(sharedWithOthersBytes) })] : []),
  ]
  return text('sharing.sentence', {
    files: text('units.files', { count: files }),
    size: format.size(logicalBytes),
    onDisk: format.size(onDiskBytes),
    parts: parts.join(', '),
  })
}

/** What the files would take without sharing, and what else there is to know about how they lie. */
function furtherFigures({ totals }: SharingState, { text, format }: Words): string[] {
  if (totals === undefined) return []
  const { savedBytes, mappedBytes, holeBytes, sparseFiles, compressedFiles, encodedBytes, fragmentedFiles } = totals
  const { fragments, unwrittenBytes, inlineBytes } = totals
  return [
    ...(savedBytes > 0
      ? [text('sharing.saved', { size: format.size(savedBytes), mapped: format.size(mappedBytes) })]
      : []),
    ...(holeBytes > 0 ? [text('sharing.sparse', { count: sparseFiles, size: format.size(holeBytes) })] : []),
    ...(compressedFiles > 0
      ? [text('sharing.compressed', { count: compressedFiles, size: format.size(encodedBytes) })]
      : []),
    ...(inlineBytes > 0 ? [text('sharing.inline', { size: format.size(inlineBytes) })] : []),
    ...(unwrittenBytes > 0 ? [text('sharing.unwritten', { size: format.size(unwrittenBytes) })] : []),
    ...(fragmentedFiles > 0
      ? [text('sharing.fragmented', { count: fragmentedFiles, pieces: format.count(fragments) })]
      : []),
  ]
}

/** What can't be told here, said before anybody reads it out of the picture. */
function honestSentences({ totals, filesystems }: SharingState, { text, format }: Words): string[] {
  const never = [...new Set(filesystems.filter(({ canShare }) => !canShare).map(({ type }) => type))]
  const unchecked = totals?.uncheckedBytes ?? 0
  return [
    ...never.map((filesystem) => text('sharing.neverShares', { filesystem })),
    ...(unchecked > 0 ? [text('sharing.uncheckedBytes', { size: format.size(unchecked) })] : []),
  ]
}
