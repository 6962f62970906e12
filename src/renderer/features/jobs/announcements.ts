/** What a screen reader is told of a job: its beginning, each quarter and its end, not every tick of its bar. */
import type { JobState, JobStatus } from '../../../shared/ipc/jobs.ts'
import { fractionDone, hasEnded } from './job-list.ts'

export interface Announcement {
  readonly jobId: number
  readonly status: JobStatus
  /** 0, 25, 50 or 75 while it runs. */
  readonly percent: number
}

/** How far a job has been announced. */
export type Announced = ReadonlyMap<number, Announcement>

/**
 * What is new since the last time; at most one announcement a job. A job that had ended before it was first seen (after
 * the window was reloaded) is not news.
 */
export function newAnnouncements(
  before: Announced,
  jobs: Iterable<JobState>,
): { readonly announced: Announced; readonly news: readonly Announcement[] } {
  const announced = new Map<number, Announcement>()
  const news: Announcement[] = []
  for (const job of jobs) {
    const last = before.get(job.jobId)
    const percent = job.status === 'running' ? Math.min(75, Math.floor((fractionDone(job) ?? 0) * 4) * 25) : 0
    const now = { jobId: job.jobId, status: job.status, percent }
    announced.set(job.jobId, now)
    if (last === undefined ? !hasEnded(job) : isNews(last, now)) news.push(now)
  }
  return { announced, news }
}

function isNews(last: Announcement, now: Announcement): boolean {
  return last.status !== now.status || now.percent > last.percent
}
