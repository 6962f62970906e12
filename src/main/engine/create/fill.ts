/** Fills an archive: walk, metadata, what is shared already, clone or copy, hash the archive's own copy, index. */
import type { CreateOptions } from '../../../shared/jobs.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { matchAny } from '../globs.ts'
import type { Handle, NodeStatus, Ports } from '../ports.ts'
import type { FinishedArchive } from './archive-writer.ts'
import { countInputs } from './count.ts'
import { CreateCounters } from './counters.ts'
import { Creation } from './creation.ts'
import { planInputs } from './inputs.ts'
import type { Sink } from './sink.ts'
import { type WalkOptions, walkInputs } from './walk.ts'

export interface ArchiveTarget {
  readonly sink: Sink
  /** On the archive's filesystem; undefined for a pipe. */
  readonly folder: Handle | undefined
  /** True for files that are never archived: the archive being written and the one it replaces. */
  readonly isArchive: (status: NodeStatus) => boolean
}

export interface FilledArchive {
  readonly counters: CreateCounters
  readonly finished: FinishedArchive
}

/** Writes a whole format 2 archive of `options.inputs` into the target. Errors as for createArchive. */
export async function fillArchive(
  ports: Ports,
  options: CreateOptions,
  target: ArchiveTarget,
  job: JobContext,
): Promise<FilledArchive> {
  const root = planInputs(options.inputs, options.keepPaths)
  const counters = new CreateCounters()
  const walkOptions: WalkOptions = {
    directory: options.directory,
    isExcluded: matchAny(options.exclude),
    oneFilesystem: options.oneFilesystem,
    opensFiles: true,
    isArchive: target.isArchive,
    onProblem: (error, path) => creation.problem(error, path),
  }
  const expected = job.wantsTotals === true ? await countInputs(ports, root, walkOptions, job) : undefined
  const creation = new Creation(ports, options, job, counters, target.sink, target.folder, expected)
  try {
    for (const visit of walkInputs(ports.files, root, walkOptions)) {
      const waiting = creation.add(visit)
      if (waiting !== undefined) await waiting
    }
    return { counters, finished: await creation.finish() }
  } finally {
    creation.close()
  }
}
