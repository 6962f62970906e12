/** One job in one line: what, how far, and the buttons for it. */
import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleHelp,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  Pause,
  Play,
  TriangleAlert,
  X,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { JobState } from '../../../shared/ipc/jobs.ts'
import { useBackend } from '../../lib/backend.ts'
import { classNames } from '../../lib/class-names.ts'
import { useWords } from '../../lib/use-words.ts'
import { IconButton } from '../../parts/button.tsx'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { useWindow } from '../../store/store.ts'
import { fractionDone, hasEnded } from './job-list.ts'
import { jobReport } from './job-report.ts'
import { jobFigures, jobSentence } from './job-words.ts'
import styles from './jobs.module.css'

const statusIcons: Readonly<Record<JobState['status'], LucideIcon>> = {
  queued: Hourglass,
  running: LoaderCircle,
  paused: Pause,
  waiting: CircleHelp,
  done: CircleCheck,
  failed: CircleAlert,
  cancelled: Ban,
}

interface JobLineProps {
  readonly job: JobState
  /** More buttons, before those of every job. */
  readonly children?: ReactNode
}

export function JobLine({ job, children }: JobLineProps) {
  const words = useWords()
  const backend = useBackend()
  const attempt = useWindow((state) => state.attempt)
  const ended = hasEnded(job)
  const report = jobReport(job, words)
  const sentence = report?.headline ?? jobSentence(job, words)
  const tone = report?.tone ?? job.status
  const Icon = tone === 'attention' ? TriangleAlert : statusIcons[job.status]
  const ask = (name: 'pauseJob' | 'resumeJob' | 'cancelJob' | 'dismissJob') => (): void => {
    void attempt(() => backend.request(name, job.jobId))
  }
  const { text } = words
  return (
    <div className={styles['line']}>
      <Icon size={16} aria-hidden className={classNames(styles['status'], styles[tone])} />
      <span className={classNames(styles['sentence'], ended && styles['whole'])} title={sentence}>
        {sentence}
      </span>
      {!ended && job.status !== 'queued' && (
        <div className={styles['progress']}>
          <ProgressBar label={sentence} share={fractionDone(job)} />
        </div>
      )}
      {!ended && (
        <span className={styles['figures']}>
          {jobFigures(job, words).map((figure) => (
            <span key={figure}>{figure}</span>
          ))}
        </span>
      )}
      {children}
      {job.status === 'running' && <IconButton icon={Pause} label={text('jobs.pause')} onPress={ask('pauseJob')} />}
      {job.status === 'paused' && <IconButton icon={Play} label={text('jobs.resume')} onPress={ask('resumeJob')} />}
      <IconButton
        icon={X}
        label={text(ended ? 'jobs.dismiss' : 'jobs.cancel')}
        onPress={ask(ended ? 'dismissJob' : 'cancelJob')}
      />
    </div>
  )
}
