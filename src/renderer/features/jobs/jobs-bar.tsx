/** The jobs, below every screen: the one that matters now in a line, all of them on demand. */
import { ChevronDown, ChevronUp } from 'lucide-react'
import { useState } from 'react'
import { useBackend } from '../../lib/backend.ts'
import { useWords } from '../../lib/use-words.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { useWindow } from '../../store/store.ts'
import { JobActions } from './job-actions.tsx'
import { JobAnnouncer } from './job-announcer.tsx'
import { JobDetails } from './job-details.tsx'
import { JobLine } from './job-line.tsx'
import { hasEnded, shownJob } from './job-list.ts'
import styles from './jobs.module.css'
import { useJobs } from './use-jobs.ts'

export function JobsBar() {
  const jobs = useJobs()
  const shown = shownJob(jobs)
  return (
    <>
      <JobAnnouncer jobs={jobs} />
      {shown !== undefined && <Jobs jobs={jobs} shown={shown} />}
    </>
  )
}

type JobsProps = { readonly jobs: ReturnType<typeof useJobs>; readonly shown: ReturnType<typeof useJobs>[number] }

function Jobs({ jobs, shown }: JobsProps) {
  const { text } = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <section aria-label={text('jobs.title')} className={styles['bar']}>
      {isOpen && <AllJobs jobs={jobs} />}
      <div className={styles['strip']}>
        {isOpen ? (
          <h2 className={styles['title']}>{text('jobs.title')}</h2>
        ) : (
          <JobLine job={shown}>
            <JobActions job={shown} />
          </JobLine>
        )}
        {!isOpen && jobs.length > 1 && (
          <Button look="quiet" onPress={() => setOpen(true)}>
            {text('jobs.others', { count: jobs.length - 1 })}
          </Button>
        )}
        <IconButton
          icon={isOpen ? ChevronDown : ChevronUp}
          label={text(isOpen ? 'jobs.hide' : 'jobs.show')}
          aria-expanded={isOpen}
          onPress={() => setOpen(!isOpen)}
        />
      </div>
    </section>
  )
}

function AllJobs({ jobs }: Pick<JobsProps, 'jobs'>) {
  const { text } = useWords()
  const backend = useBackend()
  const attempt = useWindow((state) => state.attempt)
  const ended = jobs.filter(hasEnded)
  const dismissAll = (): void => {
    void attempt(() => Promise.all(ended.map(({ jobId }) => backend.request('dismissJob', jobId))))
  }
  return (
    <div className={styles['panel']}>
      {ended.length > 1 && (
        <Button look="quiet" onPress={dismissAll}>
          {text('jobs.dismissAll')}
        </Button>
      )}
      <ul className={styles['list']}>
        {[...jobs.filter((job) => !hasEnded(job)), ...ended.toReversed()].map((job) => (
          <JobDetails key={job.jobId} job={job} />
        ))}
      </ul>
    </div>
  )
}
