/** All jobs in the order in which they were started, for components. */
import { useMemo } from 'react'
import type { JobState } from '../../../shared/ipc/jobs.ts'
import { useWindow } from '../../store/store.ts'

export function useJobs(): readonly JobState[] {
  const jobs = useWindow((state) => state.jobs)
  return useMemo(() => Object.values(jobs), [jobs])
}
