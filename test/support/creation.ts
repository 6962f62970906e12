/** Creates, opens, verifies and seals archives through the engine, with everything it reports kept. */

import { createPorts } from '../../native/index.ts'
import {
  type ArchiveReader,
  createArchive,
  type Entry,
  openArchive,
  type Ports,
  sealArchive,
} from '../../src/main/engine/index.ts'
import type { VerifyReport } from '../../src/shared/archive-info.ts'
import { type ByteString, textToByteString } from '../../src/shared/byte-string.ts'
import { type ErrorData, ReftarError } from '../../src/shared/errors.ts'
import type { CreateOptions, CreateSummary, SealSummary } from '../../src/shared/jobs.ts'
import type { JobContext } from '../../src/shared/progress.ts'
import { watchedJob } from './extraction.ts'

/** Made once: a test may open an archive ten thousand times. */
const systemPorts = createPorts()

export interface Created {
  readonly summary: CreateSummary
  readonly problems: readonly ErrorData[]
}

/** What creation does unless a test says otherwise. */
export function createOptions(
  directory: string,
  inputs: readonly string[],
  archivePath: string,
  options: Partial<CreateOptions> = {},
): CreateOptions {
  return {
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
  }
}

/** Archives inputs given relative to a folder. `watch` adds to the job: a signal, or what to do at each entry. */
export async function create(
  directory: string,
  inputs: readonly string[],
  archivePath: string,
  options: Partial<CreateOptions> = {},
  watch: Partial<JobContext> = {},
  ports: Ports = systemPorts,
): Promise<Created> {
  const { job, problems } = watchedJob(watch.signal)
  const summary = await createArchive(ports, createOptions(directory, inputs, archivePath, options), {
    ...job,
    ...watch,
  })
  return { summary, problems }
}

/** Lets `act` use an open archive. */
export async function withArchive<Result>(
  archivePath: string,
  act: (reader: ArchiveReader) => Result | Promise<Result>,
  ports: Ports = systemPorts,
): Promise<Result> {
  const reader = openArchive(ports, textToByteString(archivePath))
  try {
    return await act(reader)
  } finally {
    reader.close()
  }
}

/** Stored paths in order, a byte a character. */
export function storedPaths(archivePath: string): Promise<ByteString[]> {
  return withArchive(archivePath, (reader) => Array.from(reader.entries(), ({ path }) => path))
}

/** The entry of a path; throws when there is none. */
export function storedEntry(archivePath: string, path: string): Promise<Entry> {
  return withArchive(archivePath, (reader) => {
    const entry = reader.find(textToByteString(path))
    if (entry === undefined) throw new Error(`${archivePath} holds no ${path}`)
    return entry
  })
}

export interface Verified {
  readonly report: VerifyReport
  readonly problems: readonly ErrorData[]
}

/** Checks all of an archive. */
export function verify(archivePath: string): Promise<Verified> {
  return withArchive(archivePath, async (reader) => {
    const { job, problems } = watchedJob()
    return { report: await reader.verify(job), problems }
  })
}

/** Adds the hashes that --instant left out. */
export function seal(archivePath: string, watch: Partial<JobContext> = {}): Promise<SealSummary> {
  return sealArchive(systemPorts, textToByteString(archivePath), { ...watchedJob(watch.signal).job, ...watch })
}

/** The ReftarError that something ends with; throws when it ends well or with anything else. */
export async function errorOf(promise: Promise<unknown>): Promise<ReftarError> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (outcome instanceof ReftarError) return outcome
  throw outcome ?? new Error('it should have failed')
}
