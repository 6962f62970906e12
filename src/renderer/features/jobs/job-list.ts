/** Which of the jobs the strip shows, which asks something, and how far they are. Pure. */
import type { ConflictQuestion, JobState } from '../../../shared/ipc/jobs.ts'

export function hasEnded({ status }: JobState): boolean {
  return status === 'done' || status === 'failed' || status === 'cancelled'
}

/** What the strip is about: work under way before work that waits, before the job that ended last. */
export function shownJob(jobs: readonly JobState[]): JobState | undefined {
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
  jobs: readonly JobState[],
): { readonly job: JobState; readonly question: ConflictQuestion } | undefined {
  for (const job of jobs) {
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
