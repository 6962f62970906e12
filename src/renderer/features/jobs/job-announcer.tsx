/** Tells screen readers how jobs go, and shows the folder of an extraction that is done where the user wants that. */
import { useEffect, useRef, useState } from 'react'
import type { JobState } from '../../../shared/ipc/jobs.ts'
import { useBackend } from '../../lib/backend.ts'
import { useWords } from '../../lib/use-words.ts'
import type { Words } from '../../lib/words.ts'
import { useWindow } from '../../store/store.ts'
import { type Announced, type Announcement, newAnnouncements } from './announcements.ts'
import { jobReport } from './job-report.ts'
import { jobSentence } from './job-words.ts'
import styles from './jobs.module.css'

export function JobAnnouncer({ jobs }: { readonly jobs: readonly JobState[] }) {
  const words = useWords()
  const backend = useBackend()
  const attempt = useWindow((state) => state.attempt)
  const reveals = useWindow(({ settings }) => settings.extract.revealWhenDone)
  const announced = useRef<Announced>(new Map())
  const [message, setMessage] = useState('')

  useEffect(() => {
    const next = newAnnouncements(announced.current, jobs)
    announced.current = next.announced
    if (next.news.length === 0) return
    const byId = new Map(jobs.map((job) => [job.jobId, job]))
    const news = next.news.flatMap((item) => {
      const job = byId.get(item.jobId)
      return job === undefined ? [] : [{ item, job }]
    })
    setMessage(news.map(({ item, job }) => announcementText(item, job, words)).join(' '))
    for (const { job } of news) {
      const { result } = job
      if (reveals && result?.kind === 'extract') void attempt(() => backend.request('revealPath', result.directory))
    }
  }, [jobs, words, reveals, attempt, backend])

  return (
    <div role="status" data-testid="job-announcer" className={styles['announcer']}>
      {message}
    </div>
  )
}

function announcementText({ status, percent }: Announcement, job: JobState, words: Words): string {
  const sentence = jobSentence(job, words)
  switch (status) {
    case 'done':
      return jobReport(job, words)?.headline ?? sentence
    case 'failed':
    case 'cancelled':
      return sentence
    case 'running':
      return words.text(percent === 0 ? 'jobs.announce.started' : 'jobs.announce.running', { job: sentence, percent })
    default:
      return words.text(`jobs.announce.${status}`, { job: sentence })
  }
}
