import { expect, it } from 'vitest'
import type { ByteString } from '../../shared/byte-string.ts'
import type { JobState } from '../../shared/ipc/jobs.ts'
import { changeJobs } from './jobs-slice.ts'

const job = (jobId: number, status: JobState['status'] = 'running'): JobState => ({
  jobId,
  kind: 'verify',
  status,
  archivePath: '/a' as ByteString,
  directory: undefined,
  progress: undefined,
  bytesPerSecond: undefined,
  secondsLeft: undefined,
  startedAt: undefined,
  endedAt: undefined,
  problemCount: 0,
  problems: [],
  notices: [],
  question: undefined,
  result: undefined,
  error: undefined,
})

it('jobs come, change and go; the list of them is another one only when it is', () => {
  const two = changeJobs({ jobs: {}, jobIds: [] }, { changed: [job(1), job(2)], removedIds: [] })
  expect(two.jobIds).toEqual([1, 2])
  const done = changeJobs(two, { changed: [job(1, 'done')], removedIds: [] })
  expect(done.jobs[1]?.status).toBe('done')
  expect(done.jobIds).toBe(two.jobIds)
  expect(changeJobs(done, { changed: [], removedIds: [1] }).jobIds).toEqual([2])
})
