/** From one format to the other: the new archive appears under its name when it is complete and on disk. */
import { displayName } from '../../../shared/byte-string.ts'
import { isAboutArchive, withContext } from '../../../shared/errors.ts'
import type { ConvertOptions, ConvertSummary } from '../../../shared/jobs.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { OutputFile } from '../create/output-file.ts'
import { FileSink } from '../create/sink.ts'
import { defaultLimits, type ReadLimits } from '../limits.ts'
import { throwIfCancelled } from '../pacing.ts'
import type { Ports } from '../ports.ts'
import { openArchive } from '../read/open.ts'
import type { ArchiveReader } from '../reader.ts'
import { writeFormat1 } from './to-format1.ts'
import { writeFormat2 } from './to-format2.ts'

/**
 * Converts the archive at `options.sourcePath` into one at `options.archivePath`, replacing what has that name. Data
 * blocks are cloned where both lie on one filesystem that can. Entries that can't be converted go to `job.problem`.
 * Throws `limit-exceeded` where the source claims more than `limits` allow, `usage` when both paths are the same file, and what disk and source say. Nothing is left behind then.
 */
export async function convertArchive(
  ports: Ports,
  options: ConvertOptions,
  job: JobContext,
  limits: ReadLimits = defaultLimits,
): Promise<ConvertSummary> {
  const startedAt = ports.clock.now()
  throwIfCancelled(job.signal)
  const reader = openArchive(ports, options.sourcePath, limits)
  try {
    for (const notice of reader.info.notices) job.notice?.(notice)
    const source = ports.files.status(reader.handle)
    const output = OutputFile.create(ports, options.archivePath, { ...job, sources: [source] })
    try {
      const summary = await write(ports, reader, output, options, job)
      output.publish()
      return { ...summary, elapsedMilliseconds: ports.clock.now() - startedAt }
    } catch (error) {
      output.discard()
      throw isAboutArchive(error) ? error : withContext(error, { path: displayName(options.archivePath) })
    }
  } catch (error) {
    throw withContext(error, { path: displayName(options.sourcePath) })
  } finally {
    reader.close()
  }
}

async function write(
  ports: Ports,
  reader: ArchiveReader,
  output: OutputFile,
  options: ConvertOptions,
  job: JobContext,
): Promise<Omit<ConvertSummary, 'elapsedMilliseconds'>> {
  const sink = new FileSink(ports.files, ports.cloner, output.handle)
  const format = options.format ?? (reader.info.format === 1 ? 2 : 1)
  const common = {
    archivePath: displayName(options.archivePath),
    format,
    sourceComplete: reader.info.complete,
  }
  if (format === 1) {
    const written = await writeFormat1(ports, reader, sink, { ...options, checkSource: true, phase: 'convert' }, job)
    const { lengthBytes, inlineBytes, ...counts } = written
    return { ...common, ...counts, archiveBytes: lengthBytes, packedBytes: inlineBytes, rootHash: undefined }
  }
  const { finished, ...counts } = await writeFormat2(ports, reader, sink, options, job)
  return { ...common, ...counts, archiveBytes: finished.lengthBytes, rootHash: finished.rootHash, losses: undefined }
}
