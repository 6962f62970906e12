/** One look at sharing: what was found in a sentence, and four ways to see it. Says plainly what isn't known. */
import { Network } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { SharingState, SharingSubject } from '../../../shared/ipc/sharing.ts'
import { classNames } from '../../lib/class-names.ts'
import { useDelayed } from '../../lib/delayed.ts'
import { useText } from '../../lib/texts.tsx'
import { Button } from '../../parts/button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { TabList, TabPanel } from '../../parts/tabs.tsx'
import { archiveGone, type LookKind } from '../../store/look-slice.ts'
import { useWindow } from '../../store/store.ts'
import { FileFilter } from './file-filter.tsx'
import { FolderList } from './folder-list.tsx'
import { Freed, isPart } from './freed-sentences.tsx'
import { GroupList } from './group-list.tsx'
import styles from './look.module.css'
import { LookSummary } from './look-summary.tsx'
import { Picture } from './picture/picture.tsx'
import { usePictureState } from './picture/picture-state.ts'
import { Proof } from './proof.tsx'
import type { Scope } from './scope.ts'
import { FilesTable } from './tables/files-table.tsx'
import { WordHelp } from './word-help.tsx'

interface SharingLookProps {
  readonly subject: SharingSubject
  /** The extraction that it is about, whose proof is shown first. */
  readonly jobId?: number
  /** What of it the window is about; everything unless told. */
  readonly scope?: Scope | undefined
  /** What else belongs beside the ways to see it. */
  readonly children?: ReactNode
}

export function SharingLook({ subject, jobId, scope, children }: SharingLookProps) {
  const text = useText()
  const { kind } = subject
  const look = useWindow(({ looks }) => looks[kind])
  const openLook = useWindow((state) => state.openLook)
  const lookAgain = useWindow((state) => state.lookAgain)
  useEffect(() => openLook(subject), [openLook, subject])
  const failure = look?.failure ?? look?.state?.error
  const isGone = useWindow(archiveGone) !== undefined
  // The browser says that above all of its views.
  if (isGone) return null
  if (failure !== undefined)
    return (
      <div className={styles['failure']}>
        <ErrorNotice error={failure} title={text('sharing.failed')}>
          <Button onPress={() => lookAgain(kind)}>{text('app.retry')}</Button>
        </ErrorNotice>
      </div>
    )
  const state = look?.state
  if (state === undefined || state.version === 0) return <Looking kind={kind} state={state} />
  if (state.filesDone === 0 && !state.isLooking)
    return (
      <EmptyState icon={Network} title={text('sharing.noFiles')} hint={text('sharing.noFilesHint')}>
        <Button onPress={() => lookAgain(kind)}>{text('sharing.again')}</Button>
      </EmptyState>
    )
  return (
    <Found key={state.sharingId} kind={kind} sharing={state} jobId={jobId} scope={scope}>
      {children}
    </Found>
  )
}

function Looking({ kind, state }: { readonly kind: LookKind; readonly state: SharingState | undefined }) {
  const text = useText()
  const stop = useWindow((store) => store.stopLook)
  const lookAgain = useWindow((store) => store.lookAgain)
  const shown = useDelayed(state?.filesDone ?? 0)
  if (state?.isLooking === false)
    return (
      <EmptyState icon={Network} title={text('sharing.stoppedEarly')}>
        <Button onPress={() => lookAgain(kind)}>{text('sharing.again')}</Button>
      </EmptyState>
    )
  if (shown === undefined) return null
  return (
    <EmptyState icon={Network} title={text('sharing.looking', { count: shown })} hint={state?.current}>
      <ProgressBar label={text('sharing.looking', { count: shown })} share={undefined} />
      <Button onPress={() => stop(kind)}>{text('sharing.stop')}</Button>
    </EmptyState>
  )
}

const ways = ['proof', 'picture', 'files', 'folders', 'groups'] as const

interface FoundProps {
  readonly kind: LookKind
  readonly sharing: SharingState
  readonly jobId: number | undefined
  readonly scope: Scope | undefined
  readonly children: ReactNode
}

function Found({ kind, sharing, jobId, scope, children }: FoundProps) {
  const text = useText()
  const [way, setWay] = useState<(typeof ways)[number]>(jobId === undefined ? 'picture' : 'proof')
  const state = usePictureState(kind, sharing, scope)
  const isListing = way === 'picture' || way === 'files'
  const listed = useMemo(
    () => (isPart(state.query) ? ({ kind: 'listed', query: state.query } as const) : undefined),
    [state.query],
  )
  return (
    <div className={classNames(styles['look'], way === 'proof' && styles['proven'])}>
      <LookSummary kind={kind} sharing={sharing} shortPath={state.shortPath} />
      <div className={styles['bar']}>
        <TabList
          label={text('sharing.ways')}
          tabs={ways
            .filter((id) => id !== 'proof' || jobId !== undefined)
            .map((id) => ({ id, label: text(`sharing.way.${id}`) }))}
          selected={way}
          onSelect={setWay}
        />
        {isListing && (
          <div className={styles['filter']}>
            <FileFilter state={state} />
            <WordHelp />
          </div>
        )}
        {children}
      </div>
      {isListing && listed !== undefined && (
        <Freed kind={kind} sharing={sharing} of={listed} className={styles['freed']} />
      )}
      <TabPanel id={way}>
        {way === 'proof' && jobId !== undefined && <Proof jobId={jobId} sharing={sharing} />}
        {way === 'picture' && <Picture state={state} />}
        {way === 'files' && <FilesTable state={state} />}
        {way === 'folders' && (
          <FolderList
            kind={kind}
            sharing={sharing}
            common={state.common}
            onShow={(folder) => {
              state.setQuery({ folder })
              setWay('picture')
            }}
          />
        )}
        {way === 'groups' && (
          <GroupList
            sharing={sharing}
            shortPath={state.shortPath}
            onShow={(file) => {
              state.setQuery({ sharesWithFile: file })
              setWay('picture')
            }}
          />
        )}
      </TabPanel>
    </div>
  )
}
