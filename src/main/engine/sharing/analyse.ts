/** Which of some files share blocks with which, and what each has for itself: asked of the filesystem, not of any archive. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { errorData, ReftarError, withContext } from '../../../shared/errors.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { said } from '../../../shared/said.ts'
import type { FileRole, SharingMap } from '../../../shared/sharing/sharing-map.ts'
import { Pacer, throwIfCancelled } from '../pacing.ts'
import type { Ports } from '../ports.ts'
import { MapBuilder } from './map-builder.ts'
import type { MarksOf } from './marks.ts'
import { type FoundFile, walkFiles } from './walk-files.ts'

/** The first look at what was found so far comes after this time; the next ones when they cost little beside the rest. */
const firstPartialMilliseconds = 100
const partialsShare = 30
/** Longer than the kernel keeps written data in memory (dirty_expire_centisecs and what follows). */
const writebackSeconds = 120

export interface SharingInput {
  readonly path: ByteString
  readonly role: FileRole
  /** What is known about ranges of a file below it, in ascending order. */
  readonly marksOf?: MarksOf
}

export interface SharingOptions {
  /** The groups that share most are named, this many. */
  readonly limitGroups: number
  /** Gets the map of what was found so far, within half a second and then from time to time. */
  readonly partial?: (map: SharingMap) => void
}

export interface SharingAnalysis {
  readonly map: SharingMap
  readonly problems: number
  readonly elapsedMilliseconds: number
}

/**
 * Maps the regular files at and below the inputs' paths. Links aren't followed, other nodes aren't opened; a file with
 * several names counts once, under the first. What can't be read is a problem; a file that can't is in the map all the
 * same, as one that couldn't be checked. Throws `cancelled`.
 */
export async function analyseSharing(
  ports: Ports,
  inputs: readonly SharingInput[],
  options: SharingOptions,
  job: JobContext,
): Promise<SharingAnalysis> {
  const startedAt = ports.clock.now()
  throwIfCancelled(job.signal)
  const startedSeconds = ports.clock.wallTime().seconds
  let problems = 0
  const report = (error: ReftarError): void => {
    problems++
    job.problem(errorData(error))
  }
  let builder = await gather(ports, inputs, options, job, report)
  let map = builder.map(options.limitGroups, true)
  // A file's data goes to disk when the file is looked at, which changes the flags of what was looked at before it.
  const mayBeStale = startedSeconds - builder.lastChangeSeconds < writebackSeconds
  if (mayBeStale && map.totals.sharedWithOthersBytes > 0) {
    const again = { limitGroups: options.limitGroups }
    builder = await gather(ports, inputs, again, job, () => {})
    map = builder.map(options.limitGroups, true)
  }
  return { map, problems, elapsedMilliseconds: ports.clock.now() - startedAt }
}

/** Walks the inputs once. */
async function gather(
  ports: Ports,
  inputs: readonly SharingInput[],
  options: SharingOptions,
  job: JobContext,
  report: (error: ReftarError) => void,
): Promise<MapBuilder> {
  const builder = new MapBuilder(ports)
  let current: ByteString | undefined
  const pacer = new Pacer(ports.clock, job, () => ({
    phase: 'analyse',
    bytesDone: builder.logicalBytes,
    bytesTotal: undefined,
    filesDone: builder.length,
    filesTotal: undefined,
    current: current === undefined ? undefined : displayName(current),
  }))
  let partialAt = ports.clock.now() + firstPartialMilliseconds
  for (const { path, role, marksOf } of inputs) {
    for (const found of walkFiles(ports.files, [path], report)) {
      current = found.path
      try {
        builder.add(found, role, inputs.length > 1, marksOf)
      } catch (error) {
        if (!(error instanceof ReftarError)) throw error
        report(withContext(error, { path: displayName(found.path) }))
        builder.addUnreadable(
          found,
          role,
          sizeOf(ports, found),
          said('it can’t be opened ({reason})', { reason: error.said }),
        )
      }
      if (!pacer.isDue) continue
      if (options.partial !== undefined && ports.clock.now() >= partialAt) {
        const began = ports.clock.now()
        options.partial(builder.map(options.limitGroups, false))
        partialAt = ports.clock.now() + partialsShare * (ports.clock.now() - began) + firstPartialMilliseconds
      }
      await pacer.pause()
    }
  }
  pacer.finish()
  return builder
}

function sizeOf(ports: Ports, { directory, name }: FoundFile): number {
  try {
    return ports.files.statusAt(directory, name)?.sizeBytes ?? 0
  } catch {
    return 0
  }
}
