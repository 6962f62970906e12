/** What extractArchive would do, from the archive's index and the target's filesystem; nothing is read of contents. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { copyReasonTexts } from '../../../shared/clone-reasons.ts'
import { type ErrorData, errorData, ReftarError, withContext } from '../../../shared/errors.ts'
import type { ExtractOptions } from '../../../shared/jobs.ts'
import type { ExtractPlan } from '../../../shared/plans.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { said } from '../../../shared/said.ts'
import { closeQuietly } from '../exact-io.ts'
import { Pacer, throwIfCancelled } from '../pacing.ts'
import type { Handle, Ports } from '../ports.ts'
import type { ArchiveReader } from '../reader.ts'
import { endsExtraction } from './faults.ts'
import { freeName, topNameOf, wantedFolder } from './folder-for-several.ts'
import { Forecast } from './forecast.ts'
import { pathToMake } from './paths.ts'
import { noRoom, surelyFreeBytes } from './room.ts'
import { selectEntries } from './selection.ts'

/** Conflicts told one by one. */
const mostConflicts = 100

const nothing: ExtractPlan = {
  entries: 0,
  files: 0,
  logicalBytes: 0,
  clonedBytes: 0,
  copied: {},
  holeBytes: 0,
  newOnDiskBytes: 0,
  freeBytes: 0,
  canClone: false,
  folderToMake: undefined,
  conflicts: [],
  conflictCount: 0,
  obstacle: undefined,
}

/**
 * Plans what `options` selects. A target that can't be used is the plan's `obstacle`; throws `cancelled` and what the
 * archive's own faults end an extraction with.
 */
export async function planExtract(
  ports: Ports,
  reader: ArchiveReader,
  options: ExtractOptions,
  job: JobContext,
): Promise<ExtractPlan> {
  throwIfCancelled(job.signal)
  let root: Handle
  try {
    root = ports.files.openDirectoryPath(options.directory)
  } catch (error) {
    return { ...nothing, obstacle: inTarget(error, options) }
  }
  try {
    const { availableBytes: freeBytes } = ports.files.filesystemInfo(root)
    const unusable = whyUnusable(ports, root, options)
    if (unusable !== undefined) return { ...nothing, freeBytes, obstacle: unusable }
    const folder = wantedFolder(reader, options)
    const forecast = new Forecast(ports, reader, options, root)
    const conflicts = new Conflicts(folder === undefined ? (name) => isTaken(ports, root, name) : () => false)
    const certainBytes = await forecastAll(ports, reader, options, job, forecast, conflicts)
    const { tally, notCloned } = forecast
    const free = surelyFreeBytes(ports.files, root)
    return {
      entries: tally.entries,
      files: tally.files,
      logicalBytes: tally.logicalBytes,
      clonedBytes: tally.clonedBytes + tally.clonedFromFilesBytes,
      copied: tally.copied,
      holeBytes: tally.holeBytes,
      newOnDiskBytes: forecast.newOnDiskBytes,
      freeBytes,
      canClone: tally.clonedBytes > 0 || ports.cloner.canClone(root).possible,
      folderToMake: folder && freeName(ports.files, root, folder),
      conflicts: conflicts.first,
      conflictCount: conflicts.count,
      obstacle:
        (options.clone === 'always' && notCloned !== undefined ? cannotClone(notCloned, options) : undefined) ??
        (free === undefined ? undefined : dataOf(noRoom(certainBytes, free, options))),
    }
  } finally {
    closeQuietly(ports.files, root)
  }
}

/**
 * Throws `no-space` when what is selected surely has no room in the target. Sharing counts: what is cloned takes none.
 * Looks through the archive only where all its files' sizes together are more than is free.
 */
export async function requireRoom(
  ports: Ports,
  reader: ArchiveReader,
  options: ExtractOptions,
  job: JobContext,
  root: Handle,
): Promise<void> {
  const free = surelyFreeBytes(ports.files, root)
  if (free === undefined || reader.info.totals.logicalBytes <= free) return
  const forecast = new Forecast(ports, reader, options, root)
  const conflicts = new Conflicts((name) => isTaken(ports, root, name))
  const error = noRoom(await forecastAll(ports, reader, options, job, forecast, conflicts), free, options)
  if (error !== undefined) throw error
}

/** Names directly in the target that something has already. */
class Conflicts {
  readonly first: ByteString[] = []
  readonly #isTaken: (name: ByteString) => boolean
  readonly #taken = new Set<ByteString>()
  /** Entries of one name follow each other, unless leading folders are left out. */
  #lastFree: ByteString | undefined

  constructor(isTaken: (name: ByteString) => boolean) {
    this.#isTaken = isTaken
  }

  get count(): number {
    return this.#taken.size
  }

  has(name: ByteString): boolean {
    if (name === this.#lastFree) return false
    if (this.#taken.has(name)) return true
    if (!this.#isTaken(name)) {
      this.#lastFree = name
      return false
    }
    this.#taken.add(name)
    if (this.first.length < mostConflicts) this.first.push(name)
    return true
  }
}

/** Returns what surely has to be written: what lies in taken names may be skipped, or replace as much. */
async function forecastAll(
  ports: Ports,
  reader: ArchiveReader,
  options: ExtractOptions,
  job: JobContext,
  forecast: Forecast,
  conflicts: Conflicts,
): Promise<number> {
  const pacer = new Pacer(ports.clock, job, () => ({
    phase: 'scan',
    bytesDone: forecast.tally.logicalBytes,
    bytesTotal: undefined,
    filesDone: forecast.tally.files,
    filesTotal: undefined,
    current: undefined,
  }))
  let certainBytes = 0
  const { selection, exclude, paths } = options
  for (const entry of selectEntries(reader, selection, exclude, paths).entries()) {
    if (pacer.isDue) await pacer.pause()
    const name = topNameOf(entry, options)
    if (name === undefined) continue
    const before = forecast.certainBytes
    try {
      pathToMake(entry.path, options.stripComponents)
      forecast.add(entry)
    } catch (error) {
      // Extraction reports it and goes on.
      if (endsExtraction(error)) throw error
      continue
    }
    if (!conflicts.has(name)) certainBytes += forecast.certainBytes - before
  }
  return certainBytes
}

function isTaken(ports: Ports, root: Handle, name: ByteString): boolean {
  try {
    return ports.files.statusAt(root, name) !== undefined
  } catch {
    return false
  }
}

/** Whether anything can be made in the target, found out by making a file without a name. */
function whyUnusable({ files }: Ports, root: Handle, options: ExtractOptions): ErrorData | undefined {
  try {
    closeQuietly(files, files.createUnnamedFile(root))
    return undefined
  } catch (error) {
    return inTarget(error, options)
  }
}

function cannotClone(reason: keyof typeof copyReasonTexts, options: ExtractOptions): ErrorData {
  const message = said('Blocks can’t be shared with the archive: {reason}', { reason: copyReasonTexts[reason] })
  return inTarget(new ReftarError('cannot-clone', message), options)
}

function inTarget(error: unknown, { directory }: ExtractOptions): ErrorData {
  return errorData(withContext(error, { path: displayName(directory) }))
}

function dataOf(error: ReftarError | undefined): ErrorData | undefined {
  return error === undefined ? undefined : errorData(error)
}
