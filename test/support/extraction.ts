/** Archives and extracts a folder through the engine, for tests on real filesystems. */
import { createPorts } from '../../native/index.ts'
import { createArchive } from '../../src/main/engine/create/create.ts'
import { extractArchive } from '../../src/main/engine/extract/extract.ts'
import type { Ports } from '../../src/main/engine/ports.ts'
import { openArchive } from '../../src/main/engine/read/open.ts'
import type { ArchiveReader } from '../../src/main/engine/reader.ts'
import { textToByteString } from '../../src/shared/byte-string.ts'
import type { ErrorData } from '../../src/shared/errors.ts'
import type { CreateOptions, ExtractOptions, ExtractSummary } from '../../src/shared/jobs.ts'
import type { JobContext } from '../../src/shared/progress.ts'
import { inEnglish } from '../../src/shared/said.ts'

export interface Watched {
  readonly job: JobContext
  readonly problems: ErrorData[]
  readonly notices: string[]
}

/** A job that keeps its problems and notices. */
export function watchedJob(signal: AbortSignal = new AbortController().signal): Watched {
  const problems: ErrorData[] = []
  const notices: string[] = []
  const job: JobContext = {
    signal,
    progress: () => {},
    problem: (problem) => problems.push(problem),
    notice: (what) => notices.push(inEnglish(what)),
  }
  return { problems, notices, job }
}

/** Archives inputs given relative to a folder. Throws when there was any problem. */
export async function archive(
  directory: string,
  inputs: readonly string[],
  archivePath: string,
  options: Partial<CreateOptions> = {},
): Promise<void> {
  const { job, problems } = watchedJob()
  await createArchive(
    createPorts(),
    {
      archivePath: textToByteString(archivePath),
      inputs: inputs.map(textToByteString),
      directory: textToByteString(directory),
      keepPaths: false,
      exclude: [],
      oneFilesystem: false,
      clone: 'auto',
      deduplicate: true,
      instant: false,
      compress: false,
      compressionLevel: 3,
      blockSizeBytes: 4096,
      jobs: 2,
      ...options,
    },
    job,
  )
  if (problems.length > 0)
    throw new Error(problems.map(({ entry, path, message }) => `${entry ?? path}: ${inEnglish(message)}`).join('\n'))
}

/** What extraction does unless a test says otherwise: everything restored, as for root. */
export function extractOptions(directory: string, options: Partial<ExtractOptions> = {}): ExtractOptions {
  return {
    directory: textToByteString(directory),
    selection: [],
    exclude: [],
    stripComponents: 0,
    onConflict: 'fail',
    clone: 'auto',
    verifyContents: false,
    zeros: 'hole',
    sameOwner: true,
    numericOwner: false,
    samePermissions: true,
    jobs: 2,
    ...options,
  }
}

export interface Extracted {
  readonly summary: ExtractSummary
  readonly problems: readonly ErrorData[]
}

/** Extracts through any reader. */
export async function extractFrom(
  reader: ArchiveReader,
  directory: string,
  options: Partial<ExtractOptions> = {},
  ports: Ports = createPorts(),
  signal?: AbortSignal,
): Promise<Extracted> {
  const { job, problems } = watchedJob(signal)
  const summary = await extractArchive(ports, reader, extractOptions(directory, options), job)
  return { summary, problems }
}

/** Opens an archive and extracts it. */
export async function extract(
  archivePath: string,
  directory: string,
  options: Partial<ExtractOptions> = {},
  ports: Ports = createPorts(),
): Promise<Extracted> {
  const reader = openArchive(ports, textToByteString(archivePath))
  try {
    return await extractFrom(reader, directory, options, ports)
  } finally {
    reader.close()
  }
}
