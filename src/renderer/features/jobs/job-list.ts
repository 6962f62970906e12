/** The jobs as the window keeps them: changes applied, and which one the strip shows. Pure. */
import type { ConflictQuestion, JobState, JobsChange } from '../../../shared/ipc/jobs.ts'

/** By id, in the order in which they were started. */
export type JobList = ReadonlyMap<number, JobState>

export function jobList(jobs: readonly JobState[]): JobList {
  return new Map(jobs.map((job) => [job.jobId, job]))
}

/** The list after a change; ids grow, so new jobs come last. */
export function changeJobs(list: JobList, { changed, removedIds }: JobsChange): JobList {
  const next = new Map(list)
  for (const job of changed) next.set(job.jobId, job)
  for (const id of removedIds) next.delete(id)
  return next
}

export function hasEnded({ status }: JobState): boolean {
  return status === 'done' || status === 'failed' || status === 'cancelled'
}

/** What the strip is about: work under way before work that waits, before the job that ended last. */
export function shownJob(list: JobList): JobState | undefined {
  const jobs = [...list.values()]
  return (
    jobs.find(({ status }) => status === 'waiting') ??
    jobs.find(({ status }) => status === 'running') ??
    jobs.find(({ status }) => status === 'paused') ??
    jobs.find(({ status }) => status === 'queued') ??
    jobs.reduce<JobState | undefined>(
      (last, job) => (last === undefined || (job.endedAt ?? 0) >= (last.endedAt ?? 0) ? job : last),
      undefined,
    )
  )
}

/** The first question that waits for an answer, with its job. */
export function openQuestion(
  list: JobList,
): { readonly job: JobState; readonly question: ConflictQuestion } | undefined {
  for (const job of list.values()) {
    if (job.status === 'waiting' && job.question !== undefined) return { job, question: job.question }
  }
  return undefined
}

/** How far it is, 0 … 1; undefined while nobody knows. Files count where there are no bytes to do. */
export function fractionDone({ progress }: JobState): number | undefined {
  if (progress === undefined) return undefined
  const { bytesDone, bytesTotal, filesDone, filesTotal } = progress
  if (bytesTotal !== undefined && bytesTotal > 0) return Math.min(1, bytesDone / bytesTotal)
  if (filesTotal !== undefined && filesTotal > 0) return Math.min(1, filesDone / filesTotal)
  return undefined
}

/** Whole percents, never 100 before the end: rounding down doesn't promise too much. */
export function percentDone(fraction: number): number {
  return Math.floor(fraction * 100)
}
