/** Requests about plans and jobs: their paths are checked here, then they run in threads of their own. */
import { ReftarError } from '../../../shared/errors.ts'
import type { CreateRequest, ExtractRequest, JobRequest } from '../../../shared/ipc/jobs.ts'
import { convertOptions, createOptions, extractOptions, inputsKey } from '../../jobs/orders.ts'
import type { JobOrder } from '../../jobs/protocol.ts'
import type { Desktop } from '../desktop.ts'
import type { Handlers } from '../handle.ts'

type Names =
  | 'planCreate'
  | 'planExtract'
  | 'dropPlan'
  | 'startJob'
  | 'jobs'
  | 'pauseJob'
  | 'resumeJob'
  | 'cancelJob'
  | 'dismissJob'
  | 'jobProblems'
  | 'jobVerdicts'
  | 'answerConflict'

export function jobHandlers({ memory, grants, archives, plans, jobs }: Desktop): Pick<Handlers, Names> {
  const checkedCreate = async (request: CreateRequest) => {
    const { archivePath } = request
    const inputs = await grants.require(request.inputs, 'read')
    const checkedPath = archivePath === undefined ? undefined : await grants.requireOne(archivePath, 'write')
    return { ...createOptions({ ...request, inputs }), archivePath: checkedPath }
  }
  const checkedExtract = async (request: ExtractRequest) => {
    const directory = await grants.requireOne(request.directory, 'write')
    const { archiveId, selection, smartFolder } = request
    const archivePath = archives.pathOf(archiveId)
    const paths = await archives.archive(archiveId).call('selectedPaths', selection)
    return { archivePath, smartFolder, options: extractOptions({ ...request, directory }, paths) }
  }
  const orderOf = async (request: JobRequest): Promise<JobOrder> => {
    switch (request.kind) {
      case 'create': {
        const options = await checkedCreate(request.options)
        const { archivePath } = options
        if (archivePath === undefined) throw new ReftarError('internal', 'the archive to make has no path')
        return { kind: 'create', options: { ...options, archivePath } }
      }
      case 'extract': {
        const order = await checkedExtract(request.options)
        memory.rememberTarget(order.options.directory)
        return { kind: 'extract', ...order }
      }
      case 'verify':
      case 'seal':
        return { kind: request.kind, archivePath: await grants.requireOne(request.archivePath, 'read') }
      case 'convert': {
        const sourcePath = await grants.requireOne(request.archivePath, 'read')
        const newPath = await grants.requireOne(request.newPath, 'write')
        return { kind: 'convert', options: convertOptions(sourcePath, newPath, request.format) }
      }
    }
  }

  return {
    planCreate: async (request) => ({
      planId: plans.start({ kind: 'create', options: await checkedCreate(request) }, inputsKey(request)),
    }),
    planExtract: async (request) => ({ planId: plans.start({ kind: 'extract', ...(await checkedExtract(request)) }) }),
    dropPlan: (planId) => plans.drop(planId),
    async startJob(request) {
      // Before anything is waited for: the page drops its plan when the dialog closes.
      const planned = request.kind === 'create' ? plans.totalsOf(inputsKey(request.options)) : undefined
      try {
        const jobId = jobs.add(await orderOf(request), planned?.totals)
        void jobs.job(jobId).ended.then(planned?.release)
        return { jobId }
      } catch (error) {
        planned?.release()
        throw error
      }
    },
    jobs: () => jobs.states,
    pauseJob: (jobId) => jobs.job(jobId).pause(),
    resumeJob: (jobId) => jobs.job(jobId).resume(),
    cancelJob: (jobId) => jobs.job(jobId).cancel(),
    dismissJob: (jobId) => jobs.dismiss(jobId),
    jobProblems: (jobId, from, count) => jobs.job(jobId).problems(from, count),
    jobVerdicts: (jobId, kind, from, count) => jobs.job(jobId).verdicts.rows(kind, from, count),
    answerConflict: (jobId, conflictId, answer) => jobs.job(jobId).answer(conflictId, answer),
  }
}
