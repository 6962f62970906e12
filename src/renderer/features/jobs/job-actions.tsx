/** What can be done with what a job made. */
import type { JobState } from '../../../shared/ipc/jobs.ts'
import { useBackend } from '../../lib/backend.ts'
import { useWords } from '../../lib/use-words.ts'
import { Button } from '../../parts/button.tsx'
import { shownScreen } from '../../store/app-slice.ts'
import { useWindow } from '../../store/store.ts'
import { jobReport } from './job-report.ts'

export function JobActions({ job }: { readonly job: JobState }) {
  const words = useWords()
  const { text } = words
  const backend = useBackend()
  const attempt = useWindow((state) => state.attempt)
  const openArchive = useWindow((state) => state.openArchive)
  const showExtraction = useWindow((state) => state.showExtraction)
  const shownPath = useWindow((state) => (shownScreen(state) === 'archive' ? state.archive?.path : undefined))
  const isShowingSharing = useWindow(({ sharingJobId }) => sharingJobId === job.jobId)
  const startJob = useWindow((state) => state.startJob)
  const report = jobReport(job, words)
  if (report === undefined) return null
  const { revealPath, hasSharing, openPath, sealPath } = report
  return (
    <>
      {openPath !== undefined && openPath !== shownPath && (
        <Button onPress={() => void openArchive(openPath)}>{text('jobs.openArchive')}</Button>
      )}
      {revealPath !== undefined && (
        <Button onPress={() => void attempt(() => backend.request('revealPath', revealPath))}>
          {text('jobs.showInFolder')}
        </Button>
      )}
      {hasSharing && !isShowingSharing && (
        <Button onPress={() => showExtraction(job.jobId)}>{text('jobs.seeSharing')}</Button>
      )}
      {sealPath !== undefined && (
        <Button onPress={() => void startJob({ kind: 'seal', archivePath: sealPath })}>{text('jobs.sealNow')}</Button>
      )}
    </>
  )
}
