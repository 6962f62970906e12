/** Everything about one job: how far it is, what it did, what wasn’t checked, and what went wrong. */
import { Check as CheckIcon, CircleHelp, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { JobState } from '../../../shared/ipc/jobs.ts'
import { sayAlone } from '../../../shared/texts/sentences.ts'
import { useWords } from '../../lib/use-words.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { ByteRows } from '../plan/byte-rows-list.tsx'
import { JobActions } from './job-actions.tsx'
import { JobLine } from './job-line.tsx'
import { JobProblems } from './job-problems.tsx'
import { type Check, jobReport } from './job-report.ts'
import styles from './jobs.module.css'

const checkIcons: Readonly<Record<Check['tone'], LucideIcon>> = {
  checked: CheckIcon,
  unchecked: CircleHelp,
  wrong: TriangleAlert,
}

export function JobDetails({ job }: { readonly job: JobState }) {
  const words = useWords()
  const report = jobReport(job, words)
  return (
    <li className={styles['job']}>
      <JobLine job={job} />
      <div className={styles['details']}>
        <Progress job={job} />
        {job.error !== undefined && job.status === 'failed' && <ErrorNotice error={job.error} />}
        {report !== undefined && (
          <>
            <ByteRows rows={report.rows} />
            <ul className={styles['sentences']}>
              {report.checks.map(({ tone, sentence }) => {
                const Icon = checkIcons[tone]
                return (
                  <li key={sentence} className={styles[tone]}>
                    <Icon size={14} aria-hidden />
                    {sentence}
                  </li>
                )
              })}
            </ul>
          </>
        )}
        {[...(report?.notes ?? []), ...job.notices.map((notice) => sayAlone(words.format, notice))].map((note) => (
          <p key={note} className={styles['note']}>
            {note}
          </p>
        ))}
        {job.problemCount > 0 && <JobProblems job={job} />}
        <div className={styles['actions']}>
          <JobActions job={job} />
        </div>
      </div>
    </li>
  )
}

/** Bytes and the name at which a running job is. */
function Progress({ job: { status, progress } }: { readonly job: JobState }) {
  const { text, format } = useWords()
  if (progress === undefined || (status !== 'running' && status !== 'paused' && status !== 'waiting')) return null
  const { bytesDone, bytesTotal, current } = progress
  return (
    <p className={styles['current']}>
      <span>
        {bytesTotal === undefined
          ? format.size(bytesDone)
          : text('jobs.bytes', { done: format.size(bytesDone), total: format.size(bytesTotal) })}
      </span>
      {current !== undefined && <span title={current}>{current}</span>}
    </p>
  )
}
