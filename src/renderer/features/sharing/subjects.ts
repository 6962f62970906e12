/** What a view of sharing looks at. Pure. */
import type { ByteString } from '../../../shared/byte-string.ts'
import type { JobState } from '../../../shared/ipc/jobs.ts'
import type { SharingRoot, SharingSubject } from '../../../shared/ipc/sharing.ts'
import type { JobsSlice } from '../../store/jobs-slice.ts'

/** An archive on disk with what jobs of this window made it from, and with what one of them extracted last. */
export function archiveSubject(
  archivePath: ByteString,
  { jobs, jobInputs }: Pick<JobsSlice, 'jobs' | 'jobInputs'>,
): SharingSubject {
  const done = Object.values(jobs).filter((job) => job.archivePath === archivePath && job.status === 'done')
  const sources = done.flatMap(({ jobId, kind }) => (kind === 'create' ? (jobInputs[jobId] ?? []) : []))
  return withExtraction(
    [...new Set(sources)].map((path) => ({ path, role: 'source' })),
    archivePath,
    done.findLast(({ kind }) => kind === 'extract'),
  )
}

/** What a job extracted, and the archive it came from. */
export function extractionSubject(job: JobState): SharingSubject {
  return withExtraction([], job.archivePath, job)
}

function withExtraction(
  sources: readonly SharingRoot[],
  archivePath: ByteString,
  job: JobState | undefined,
): SharingSubject {
  const archive: SharingRoot = { path: archivePath, role: 'archive' }
  const result = job?.result
  if (result?.kind !== 'extract') return { kind: 'disk', roots: [...sources, archive], extraction: undefined }
  const { paths, directory, prefix, entries } = result
  return {
    kind: 'disk',
    roots: [...sources, archive, ...paths.map((path): SharingRoot => ({ path, role: 'extracted' }))],
    extraction: { directory, prefix, entries },
  }
}
