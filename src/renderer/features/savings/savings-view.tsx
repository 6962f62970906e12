/** What the archive, a folder in it or the selection saves, and through what; and what deleting would free. */
import { PiggyBank } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { displayName } from '../../../shared/byte-string.ts'
import type { EntrySelection } from '../../../shared/ipc/archives.ts'
import type { SharingState, SharingSubject } from '../../../shared/ipc/sharing.ts'
import { useBackend } from '../../lib/backend.ts'
import { useDelayed } from '../../lib/delayed.ts'
import { useLatest } from '../../lib/latest.ts'
import { useText } from '../../lib/texts.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { currentPlace } from '../../store/history.ts'
import { archiveGone } from '../../store/look-slice.ts'
import { useWindow } from '../../store/store.ts'
import { GroupList } from '../sharing/group-list.tsx'
import { useScope } from '../sharing/scope.ts'
import { archiveSubject } from '../sharing/subjects.ts'
import { FreedList } from './freed-list.tsx'
import styles from './savings.module.css'
import { SavingsSteps } from './savings-steps.tsx'
import { Treemap } from './treemap.tsx'

export function SavingsView() {
  const text = useText()
  const archivePath = useWindow(({ archive }) => archive?.path)
  const jobs = useWindow((state) => state.jobs)
  const jobInputs = useWindow((state) => state.jobInputs)
  const openLook = useWindow((state) => state.openLook)
  const look = useWindow(({ looks }) => looks.contents)
  const disk = useMemo(
    () => (archivePath === undefined ? undefined : archiveSubject(archivePath, { jobs, jobInputs })),
    [archivePath, jobs, jobInputs],
  )
  useEffect(() => {
    if (archivePath === undefined || disk === undefined) return
    const contents: SharingSubject = { kind: 'contents', archivePath }
    openLook(contents)
    openLook(disk)
  }, [openLook, archivePath, disk])
  const failure = look?.failure ?? look?.state?.error
  const isGone = useWindow(archiveGone) !== undefined
  const isWaiting = useDelayed(look?.state?.totals === undefined ? true : undefined)
  // The browser says that above all of its views.
  if (isGone) return null
  if (failure !== undefined)
    return (
      <div className={styles['failure']}>
        <ErrorNotice error={failure} title={text('savings.failed')} />
      </div>
    )
  if (look?.state?.totals === undefined) {
    if (isWaiting === undefined) return null
    return (
      <EmptyState icon={PiggyBank} title={text('savings.counting')} hint={look?.state?.current}>
        <ProgressBar label={text('savings.counting')} share={undefined} />
      </EmptyState>
    )
  }
  return <Found key={look.state.sharingId} contents={look.state} />
}

const asItIs = (path: string): string => path

function Found({ contents }: { readonly contents: SharingState }) {
  const text = useText()
  const scope = useScope()
  const isWhole = scope.selection.kind === 'all'
  const answer = useSavings(contents, scope.selection)
  const folder = useWindow(({ history }) => displayName(currentPlace(history)))
  if (answer === undefined) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <div tabIndex={0} className={styles['savings']}>
      <h2 className={styles['title']}>{scope.title}</h2>
      <SavingsSteps savings={answer.savings} isWhole={isWhole} />
      <section className={styles['part']}>
        <h3 className={styles['heading']}>{text('savings.freedTitle')}</h3>
        <FreedList freed={answer.freed} isWhole={isWhole} />
      </section>
      <section className={styles['part']}>
        <h3 className={styles['heading']}>{text('savings.treemapTitle')}</h3>
        <Treemap key={folder} contents={contents} folder={folder} />
      </section>
      <section className={styles['part']}>
        <h3 className={styles['heading']}>{text('savings.groupsTitle')}</h3>
        <GroupList sharing={contents} shortPath={asItIs} />
      </section>
    </div>
  )
}

function useSavings({ sharingId, version }: SharingState, selection: EntrySelection) {
  const backend = useBackend()
  const archiveId = useWindow(({ archive }) => archive?.archiveId)
  const question = useMemo(
    () => (archiveId === undefined ? undefined : { archiveId, selection, version }),
    [archiveId, selection, version],
  )
  return useLatest(question, ({ archiveId, selection }) =>
    backend.request('archiveSavings', sharingId, archiveId, selection),
  )?.answer
}
