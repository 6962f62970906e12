/**
 * Creates an archive in format 1. Which extents it needs is known only when all sharing is known, so everything is first
 * stored as format 2 in a file without a name beside the archive, and written from there. Where blocks can be cloned
 * this takes no space; elsewhere it takes the archive's size while it lasts.
 */
import { tmpdir } from 'node:os'
import { displayName, textToByteString } from '../../../shared/byte-string.ts'
import { ReftarError, withContext } from '../../../shared/errors.ts'
import type { CreateOptions, CreateSummary } from '../../../shared/jobs.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { type WrittenFormat1, writeFormat1 } from '../convert/to-format1.ts'
import { closeQuietly, readUpTo, writeAll } from '../exact-io.ts'
import { throwIfCancelled } from '../pacing.ts'
import type { Handle, Ports } from '../ports.ts'
import { openArchiveHandle } from '../read/open.ts'
import type { CreateCounters } from './counters.ts'
import { fillArchive } from './fill.ts'
import { planInputs } from './inputs.ts'
import { namedFiles } from './named-files.ts'
import { OutputFile } from './output-file.ts'
import { FileSink, type Sink, withoutNocow } from './sink.ts'

const PIECE_BYTES = 1 << 20
/** The format 2 archive in between is split as finely as filesystems can share. */
const STAGE_BLOCK_BYTES = 4096

/** As createArchive, which calls it. `instant` and `compress` have no meaning here. */
export async function createFormat1(
  ports: Ports,
  options: CreateOptions & { readonly output?: Handle },
  job: JobContext,
): Promise<CreateSummary> {
  const startedAt = ports.clock.now()
  const root = planInputs(options.inputs, options.keepPaths)
  const { archivePath, output } = options
  if (archivePath === undefined && output === undefined) throw new ReftarError('usage', 'No archive was named')
  const sources = namedFiles(ports.files, root, options)
  const outputFile = archivePath === undefined ? undefined : OutputFile.create(ports, archivePath, { ...job, sources })
  try {
    const made =
      outputFile === undefined
        ? await withFolder(ports, (folder) => toPipe(ports, folder, options, job))
        : await stageAndWrite(
            ports,
            outputFile.folder,
            new FileSink(ports.files, ports.cloner, outputFile.handle),
            outputFile,
            options,
            job,
          )
    outputFile?.publish()
    return summarize(made.counters, made.written, options, ports.clock.now() - startedAt)
  } catch (error) {
    outputFile?.discard()
    throw withContext(error, { path: archivePath === undefined ? 'standard output' : displayName(archivePath) })
  }
}

/** How the format 2 archive in between is made. */
export function stageOptions(options: CreateOptions): CreateOptions {
  return { ...options, instant: false, compress: false, compressionLevel: 1, blockSizeBytes: STAGE_BLOCK_BYTES }
}

/** For files that nobody will find after a crash. */
class PassingSink extends FileSink {
  override sync(): void {}
}

interface Made {
  readonly counters: CreateCounters
  readonly written: WrittenFormat1
}

async function stageAndWrite(
  ports: Ports,
  folder: Handle,
  sink: Sink,
  outputFile: OutputFile | undefined,
  options: CreateOptions,
  job: JobContext,
): Promise<Made> {
  const staged = ports.files.createUnnamedFile(folder)
  try {
    withoutNocow(ports.files, staged)
    const stage = { sink: new PassingSink(ports.files, ports.cloner, staged), outputFile }
    const { counters } = await fillArchive(ports, stageOptions(options), stage, job)
    const { blockSizeBytes, clone } = options
    const { entry: _, ...quiet } = job
    const reader = openArchiveHandle(ports, staged)
    const settings = { blockSizeBytes, clone, checkSource: false, phase: 'finish' } as const
    return { counters, written: await writeFormat1(ports, reader, sink, settings, quiet) }
  } finally {
    closeQuietly(ports.files, staged)
  }
}

/** A pipe can't be written in two directions: the archive is made in a file without a name and then sent. */
async function toPipe(
  ports: Ports,
  folder: Handle,
  options: CreateOptions & { readonly output?: Handle },
  job: JobContext,
): Promise<Made> {
  const file = ports.files.createUnnamedFile(folder)
  try {
    const sink = new PassingSink(ports.files, ports.cloner, file)
    const made = await stageAndWrite(ports, folder, sink, undefined, options, job)
    const piece = new Uint8Array(PIECE_BYTES)
    for (let done = 0; done < made.written.lengthBytes && options.output !== undefined; ) {
      const count = readUpTo(ports.files, file, piece, 0, PIECE_BYTES, done)
      writeAll(ports.files, options.output, piece, 0, count, null)
      done += count
      throwIfCancelled(job.signal)
    }
    return made
  } finally {
    closeQuietly(ports.files, file)
  }
}

async function withFolder<Result>(ports: Ports, act: (folder: Handle) => Promise<Result>): Promise<Result> {
  const folder = ports.files.openDirectoryPath(textToByteString(tmpdir()))
  try {
    return await act(folder)
  } finally {
    closeQuietly(ports.files, folder)
  }
}

/** What the sources had is counted by the first step, what became of it by the second. */
function summarize(
  counters: CreateCounters,
  written: WrittenFormat1,
  options: CreateOptions,
  elapsedMilliseconds: number,
): CreateSummary {
  return {
    archivePath: options.archivePath === undefined ? undefined : displayName(options.archivePath),
    archiveBytes: written.lengthBytes,
    rootHash: undefined,
    entries: written.entries,
    files: written.files,
    logicalBytes: written.logicalBytes,
    clonedBytes: written.clonedBytes,
    packedBytes: written.inlineBytes,
    packedStoredBytes: written.inlineBytes,
    copied: written.copied,
    sharedBytes: counters.sharedBytes,
    duplicateBytes: counters.duplicateBytes,
    holeBytes: counters.holeBytes,
    zeroBytes: counters.zeroBytes,
    dataHashes: 'weak',
    losses: written.losses,
    skipped: counters.skipped,
    problems: counters.problems + written.problems,
    elapsedMilliseconds,
  }
}
