/** Makes an archive: walk, metadata, what is shared already, clone or copy, hash the archive's own copy, index, publish. */
import { displayName } from '../../../shared/byte-string.ts'
import { ReftarError, withContext } from '../../../shared/errors.ts'
import type { CreateOptions, CreateSummary } from '../../../shared/jobs.ts'
import type { JobContext } from '../../../shared/progress.ts'
import type { Handle, Ports } from '../ports.ts'
import type { FinishedArchive } from './archive-writer.ts'
import type { CreateCounters } from './counters.ts'
import { fillArchive } from './fill.ts'
import { createFormat1 } from './format1.ts'
import { planInputs } from './inputs.ts'
import { namedFiles } from './named-files.ts'
import { OutputFile } from './output-file.ts'
import { FileSink, PipeSink, type Sink } from './sink.ts'

/**
 * Creates an archive of `options.inputs` at `options.archivePath`, or on `output`, a pipe. The archive appears under
 * its name only when it is complete and on disk; an existing one is replaced then. Entries that can't be read go to
 * `job.problem`, are counted, and left out.
 * Throws `usage`, `collision`, `not-found`, what has the archive's name and isn't replaced (see openArchivePlace), and
 * whatever the archive's disk says: `no-space`, `io-error` … Nothing is left behind then, nor on `cancelled`.
 */
export async function createArchive(
  ports: Ports,
  options: CreateOptions & { readonly output?: Handle },
  job: JobContext,
): Promise<CreateSummary> {
  if (options.format === 1) return createFormat1(ports, options, job)
  const startedAt = ports.clock.now()
  // Before anything is made: a mistake in the command line leaves nothing behind.
  const root = planInputs(options.inputs, options.keepPaths)
  const outputFile =
    options.archivePath === undefined
      ? undefined
      : OutputFile.create(ports, options.archivePath, { ...job, sources: namedFiles(ports.files, root, options) })
  try {
    const target = { sink: makeSink(ports, outputFile?.handle, options.output), outputFile }
    const { counters, finished } = await fillArchive(ports, options, target, job)
    outputFile?.publish()
    return summarize(counters, options, finished, ports.clock.now() - startedAt)
  } catch (error) {
    outputFile?.discard()
    // What names no path is about the archive's own disk.
    throw withContext(error, {
      path: options.archivePath === undefined ? 'standard output' : displayName(options.archivePath),
    })
  }
}

function makeSink(ports: Ports, file: Handle | undefined, pipe: Handle | undefined): Sink {
  if (file !== undefined) return new FileSink(ports.files, ports.cloner, file)
  if (pipe !== undefined) return new PipeSink(ports.files, pipe)
  throw new ReftarError('usage', 'No archive was named')
}

function summarize(
  counters: CreateCounters,
  options: CreateOptions,
  finished: FinishedArchive,
  elapsedMilliseconds: number,
): CreateSummary {
  const { entries, files, logicalBytes, clonedBytes, packedBytes, copied, sharedBytes, duplicateBytes } = counters
  const { holeBytes, zeroBytes, skipped, problems } = counters
  return {
    archivePath: options.archivePath === undefined ? undefined : displayName(options.archivePath),
    archiveBytes: finished.lengthBytes,
    rootHash: finished.rootHash,
    entries,
    files,
    logicalBytes,
    clonedBytes,
    packedBytes,
    packedStoredBytes: finished.packStoredBytes,
    copied,
    sharedBytes,
    duplicateBytes,
    holeBytes,
    zeroBytes,
    dataHashes: options.instant ? 'absent' : 'complete',
    losses: undefined,
    skipped,
    problems,
    elapsedMilliseconds,
  }
}
