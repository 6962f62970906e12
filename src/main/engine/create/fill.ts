/** Fills an archive: walk, metadata, what is shared already, clone or copy, hash the archive's own copy, index. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import type { CreateOptions } from '../../../shared/jobs.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { said } from '../../../shared/said.ts'
import { matchAny } from '../globs.ts'
import type { NodeStatus, Ports } from '../ports.ts'
import type { FinishedArchive } from './archive-writer.ts'
import { countInputs } from './count.ts'
import { CreateCounters } from './counters.ts'
import { Creation } from './creation.ts'
import { planInputs } from './inputs.ts'
import type { OutputFile } from './output-file.ts'
import type { Sink } from './sink.ts'
import { type WalkOptions, walkInputs } from './walk.ts'

export interface ArchiveTarget {
  readonly sink: Sink
  /** Where the archive will appear; undefined for a pipe. Neither it nor what it replaces is archived. */
  readonly outputFile: OutputFile | undefined
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
  const { sink, outputFile } = target
  const counters = new CreateCounters()
  const walkOptions: WalkOptions = {
    directory: options.directory,
    isExcluded: matchAny(options.exclude),
    oneFilesystem: options.oneFilesystem,
    opensFiles: true,
    leavesOut: (status) => outputFile?.isStaged(status) === true || outputFile?.isReplaced(status) === true,
    onProblem: (error, path) => creation.problem(error, path),
  }
  const expected = job.wantsTotals === true ? await countInputs(ports, root, walkOptions, job) : undefined
  const creation = new Creation(ports, options, job, counters, sink, outputFile?.folder, expected)
  try {
    const leavesOut = (status: NodeStatus, path: ByteString): boolean => {
      if (outputFile?.isReplaced(status) !== true) return walkOptions.leavesOut(status, path)
      counters.skipped += 1
      job.notice?.(said('{name} is the archive itself and was left out', { name: { verbatim: displayName(path) } }))
      return true
    }
    for (const visit of walkInputs(ports.files, root, { ...walkOptions, leavesOut })) {
      const waiting = creation.add(visit)
      if (waiting !== undefined) await waiting
    }
    if (counters.entries === 0) job.notice?.('nothing was left to archive: the archive is empty')
    return { counters, finished: await creation.finish() }
  } finally {
    creation.close()
  }
}
