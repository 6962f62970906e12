/** Takes an archive of any format apart into a folder. */
import { type ByteString, displayName, joinPath } from '../../../shared/byte-string.ts'
import { isAboutArchive, withContext } from '../../../shared/errors.ts'
import type { ExtractOptions, ExtractSummary } from '../../../shared/jobs.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { closeQuietly } from '../exact-io.ts'
import { ExtractionBudget } from '../limits.ts'
import { Pacer, throwIfCancelled } from '../pacing.ts'
import type { Handle, Ports } from '../ports.ts'
import type { ArchiveReader } from '../reader.ts'
import { Aliases } from './aliases.ts'
import { Contents } from './contents.ts'
import { Directories } from './directories.ts'
import { type Extraction, Outcome } from './extraction.ts'
import { codeOf } from './faults.ts'
import { Files } from './files.ts'
import { makeFolder, wantedFolder } from './folder-for-several.ts'
import { Folders } from './folders.ts'
import { Immutables } from './immutables.ts'
import { removeExtractionLeftovers } from './leftovers.ts'
import { Metadata } from './metadata.ts'
import { Nodes } from './nodes.ts'
import { requireRoom } from './plan.ts'
import { proveSharing } from './proof.ts'
import { CloneRecords } from './proof-records.ts'
import { Questions } from './questions.ts'
import { Refusals } from './refusals.ts'
import { type Selection, selectEntries } from './selection.ts'
import { Stage } from './stage.ts'
import { type Parts, Steps, type Watched } from './steps.ts'
import { Tally } from './tally.ts'
import { requireTarget } from './target.ts'
import { readUmask } from './umask.ts'
import { Verdicts } from './verdicts.ts'

/**
 * Extracts what `options` selects into the folder `options.directory`. Problems with single entries go to
 * `job.problem` and are counted; an error that ends it (no space, cancelled, a broken archive) is thrown after
 * everything unfinished has been removed.
 */
export async function extractArchive(
  ports: Ports,
  reader: ArchiveReader,
  options: ExtractOptions,
  job: JobContext,
): Promise<ExtractSummary> {
  throwIfCancelled(job.signal)
  try {
    const root = ports.files.openDirectoryPath(options.directory)
    try {
      const folder = wantedFolder(reader, options)
      if (folder !== undefined) return await extractIntoFolder(ports, root, folder, reader, options, job)
      return await extractInto(ports, root, reader, options, job)
    } finally {
      closeQuietly(ports.files, root)
    }
  } catch (error) {
    // What is about no entry and not about the archive is about the target.
    if (codeOf(error) === 'cancelled' || isAboutArchive(error)) throw error
    throw withContext(error, { path: displayName(options.directory) })
  }
}

/** Into a new folder of the target, which is removed again when nothing came of it. */
async function extractIntoFolder(
  ports: Ports,
  root: Handle,
  name: ByteString,
  reader: ArchiveReader,
  options: ExtractOptions,
  job: JobContext,
): Promise<ExtractSummary> {
  const { files } = ports
  const madeFolder = makeFolder(files, root, name, 0o777 & ~readUmask(files))
  try {
    const folder = files.openDirectoryBelow(root, madeFolder)
    try {
      const inFolder = { ...options, directory: joinPath(options.directory, madeFolder) }
      return { ...(await extractInto(ports, folder, reader, inFolder, job)), madeFolder }
    } finally {
      closeQuietly(files, folder)
    }
  } catch (error) {
    try {
      files.removeDirectory(root, madeFolder)
    } catch {
      // Something was extracted: it stays.
    }
    throw error
  }
}

async function extractInto(
  ports: Ports,
  root: Handle,
  reader: ArchiveReader,
  options: ExtractOptions,
  job: JobContext,
): Promise<ExtractSummary> {
  const startedAt = ports.clock.now()
  const stage = new Stage(ports, root)
  try {
    requireTarget(ports.files, root)
    removeExtractionLeftovers(ports, root, job.notice)
    await requireRoom(ports, reader, options, job, root)
    const selection = selectEntries(reader, options.selection, options.exclude, options.paths)
    const watched = watch(ports, reader, selection, job)
    const x: Extraction = {
      ports,
      reader,
      options,
      job,
      pacer: watched.pacer,
      tally: watched.tally,
      budget: new ExtractionBudget(reader.limits, reader.info.fileSizeBytes),
      questions: new Questions({ options, job }),
      refusals: new Refusals(),
      stage,
      aliases: new Aliases(ports.files),
      umask: readUmask(ports.files),
      archiveStatus: ports.files.status(reader.handle),
      outcome: new Outcome(),
      verdicts: new Verdicts(job.verdict),
    }
    const directories = new Directories(ports, root, x.umask, stage, options.samePermissions)
    const records = new CloneRecords()
    try {
      await new Steps(x, directories, parts(x, directories, records, selection), watched).run(selection)
      requireTarget(ports.files, root)
      watched.phase = 'prove'
      const proof = await proveSharing(x, directories, records)
      watched.pacer.finish()
      return summarise(x, proof, ports.clock.now() - startedAt)
    } finally {
      directories.closeAll()
    }
  } finally {
    stage.close()
  }
}

function watch(ports: Ports, reader: ArchiveReader, selection: Selection, job: JobContext): Watched {
  const tally = new Tally()
  const totals = selection.everything && reader.info.complete ? reader.info.totals : undefined
  const watched: Watched = {
    phase: 'extract',
    current: undefined,
    tally,
    pacer: new Pacer(ports.clock, job, () => ({
      phase: watched.phase,
      bytesDone: tally.bytesDone,
      bytesTotal: totals?.logicalBytes,
      filesDone: tally.files,
      filesTotal: totals?.files,
      current: watched.current === undefined ? undefined : displayName(watched.current),
    })),
  }
  return watched
}

function parts(x: Extraction, directories: Directories, records: CloneRecords, selection: Selection): Parts {
  const metadata = new Metadata(x)
  const contents = new Contents(x, directories, records, selection.everything)
  return {
    contents,
    files: new Files(x, directories, contents, metadata),
    folders: new Folders(x, directories, metadata),
    nodes: new Nodes(x, directories, metadata),
    immutables: new Immutables(x, directories, metadata),
  }
}

function summarise(x: Extraction, proof: ExtractSummary['proof'], elapsedMilliseconds: number): ExtractSummary {
  const { tally, reader, options } = x
  return {
    directory: displayName(options.directory),
    entries: tally.entries,
    files: tally.files,
    logicalBytes: tally.logicalBytes,
    clonedBytes: tally.clonedBytes,
    clonedFromFilesBytes: tally.clonedFromFilesBytes,
    copied: tally.copied,
    holeBytes: tally.holeBytes,
    lostBytes: tally.lostBytes,
    skipped: tally.skipped,
    renamed: tally.renamed,
    notRestored: x.refusals.kinds(),
    madeChangeable: tally.madeChangeable,
    problems: tally.problems,
    // What is cloned from extracted files was checked with these.
    contentsVerified: reader.canCheckData && (options.verifyContents || tally.clonedBytes === 0),
    archiveComplete: reader.info.complete,
    proof,
    elapsedMilliseconds,
  }
}
