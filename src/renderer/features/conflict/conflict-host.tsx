/** Shows the question of whichever job has one, over everything else. */
import { openQuestion } from '../jobs/job-list.ts'
import { useJobs } from '../jobs/use-jobs.ts'
import { ConflictDialog } from './conflict-dialog.tsx'

export function ConflictHost() {
  const open = openQuestion(useJobs())
  return open === undefined ? null : <ConflictDialog key={`${open.job.jobId} ${open.question.conflictId}`} {...open} />
}
