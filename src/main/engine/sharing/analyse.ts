/** Which of some files share blocks with which, and what each has for itself: asked of the filesystem, not of any archive. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { errorData, ReftarError, withContext } from '../../../shared/errors.ts'
import type { SharingReport } from '../../../shared/jobs.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { Pacer, throwIfCancelled } from '../pacing.ts'
import type { Ports } from '../ports.ts'
import { addEncoded } from './encoded.ts'
import { FileMaps } from './file-maps.ts'
import { type SweepResult, sweep } from './sweep.ts'
import { walkFiles } from './walk-files.ts'

export interface SharingOptions {
  /** The groups that share most are listed, this many. */
  readonly limitGroups: number
  /** Whether the report has a line for each file. */
  readonly perFile: boolean
}

/**
 * Reports what the regular files at and below `paths` share. Links aren't followed, other nodes aren't opened; a file
 * with several names counts once, under the first. Files that can't be read are problems.
 */
export async function analyseSharing(
  ports: Ports,
  paths: readonly ByteString[],
  options: SharingOptions,
  job: JobContext,
): Promise<SharingReport> {
  const startedAt = ports.clock.now()
  throwIfCancelled(job.signal)
  const maps = new FileMaps(ports)
  let problems = 0
  let current: ByteString | undefined
  const report = (error: ReftarError): void => {
    problems++
    job.problem(errorData(error))
  }
  const pacer = new Pacer(ports.clock, job, () => ({
    phase: 'analyse',
    bytesDone: maps.logicalBytes,
    bytesTotal: undefined,
    filesDone: maps.length,
    filesTotal: undefined,
    current: current === undefined ? undefined : displayName(current),
  }))
  for (const found of walkFiles(ports.files, paths, report)) {
    current = found.path
    try {
      maps.add(found)
    } catch (error) {
      if (!(error instanceof ReftarError)) throw error
      report(withContext(error, { path: displayName(found.path) }))
    }
    if (pacer.isDue) await pacer.pause()
  }
  const encodedBytes = addEncoded(maps.extents, maps.encoded, maps.encodedFilesystem, (file, lengthBytes) =>
    maps.addUnchecked(file, lengthBytes, 'compressed extents are shared in part, which addresses don’t tell'),
  )
  const result = sweep(maps.extents, maps.length, options.limitGroups)
  pacer.finish()
  return reportOf(maps, result, options, encodedBytes, problems, ports.clock.now() - startedAt)
}

function reportOf(
  maps: FileMaps,
  result: SweepResult,
  options: SharingOptions,
  encodedBytes: number,
  problems: number,
  elapsedMilliseconds: number,
): SharingReport {
  return {
    files: maps.length,
    logicalBytes: maps.logicalBytes,
    onDiskBytes: result.onDiskBytes,
    exclusiveBytes: result.exclusiveBytes,
    sharedWithOthersBytes: result.sharedWithOthersBytes,
    sharedBytes: result.sharedBytes,
    savedBytes: result.mappedBytes - result.onDiskBytes,
    holeBytes: maps.holeBytes,
    inlineBytes: maps.inlineBytes,
    encodedBytes,
    uncheckedBytes: maps.uncheckedBytes,
    groups: result.groups.map(({ files, bytes }) => ({
      files: files.map((file) => maps.shownPath(file)).sort(),
      bytes,
    })),
    groupsOmitted: result.groupsOmitted,
    perFile: options.perFile ? maps.lines(result.fileOnDiskBytes, result.fileExclusiveBytes) : [],
    problems,
    elapsedMilliseconds,
  }
}
