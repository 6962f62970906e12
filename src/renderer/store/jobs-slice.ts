/** The jobs of main as this window knows them: by id, in the order in which they were started. */
import { type ByteString, parentPath } from '../../shared/byte-string.ts'
import type { EntrySelection } from '../../shared/ipc/archives.ts'
import type { JobRequest, JobState, JobsChange } from '../../shared/ipc/jobs.ts'
import type { Slice } from './store.ts'
import { shownFolder } from './view-slice.ts'

export interface JobsSlice {
  readonly jobs: { readonly [JobId in number]: JobState }
  readonly jobIds: readonly number[]
  /** What the archives that this window had made are made of. */
  readonly jobInputs: { readonly [JobId in number]: readonly ByteString[] }
  readonly applyJobsChange: (change: JobsChange) => void
  /** The job's id, or undefined when main refused it: then `failure` says why. */
  readonly startJob: (request: JobRequest) => Promise<number | undefined>
  /** Extracts beside the open archive without asking first; conflicts ask. */
  readonly extractHere: (selection: EntrySelection) => Promise<number | undefined>
}

/** The jobs after a change. */
export function changeJobs(
  { jobs, jobIds }: Pick<JobsSlice, 'jobs' | 'jobIds'>,
  { changed, removedIds }: JobsChange,
): Pick<JobsSlice, 'jobs' | 'jobIds'> {
  const next: { [JobId in number]: JobState } = { ...jobs }
  for (const job of changed) next[job.jobId] = job
  for (const jobId of removedIds) delete next[jobId]
  const unchanged = removedIds.length === 0 && changed.every(({ jobId }) => jobId in jobs)
  return { jobs: next, jobIds: unchanged ? jobIds : Object.values(next).map(({ jobId }) => jobId) }
}

export const createJobsSlice: Slice<JobsSlice> = (backend, set, get) => ({
  jobs: {},
  jobIds: [],
  jobInputs: {},
  applyJobsChange: (change) => set((state) => changeJobs(state, change)),
  async startJob(request) {
    let jobId: number | undefined
    await get().attempt(async () => {
      const started = (await backend.request('startJob', request)).jobId
      jobId = started
      if (request.kind === 'create') {
        set(({ jobInputs }) => ({ jobInputs: { ...jobInputs, [started]: request.options.inputs } }))
      }
    })
    return jobId
  },
  async extractHere(selection) {
    const { archive, settings, startJob } = get()
    if (archive === undefined) return undefined
    // Main accepts the archive’s folder from then on.
    await get().attempt(() => backend.request('suggestTarget', archive.archiveId))
    return startJob({
      kind: 'extract',
      options: {
        archiveId: archive.archiveId,
        selection,
        directory: folderOf(archive.path),
        relativeTo: selection.kind === 'all' ? ('' as ByteString) : shownFolder(get()),
        smartFolder: true,
        onConflict: 'ask',
        clone: 'auto',
        verifyContents: settings.extract.verifyContents,
        keepDamaged: false,
      },
    })
  },
})

/** The folder in which an absolute path lies. */
function folderOf(path: ByteString): ByteString {
  const folder = parentPath(path)
  return folder === '' ? ('/' as ByteString) : folder
}
