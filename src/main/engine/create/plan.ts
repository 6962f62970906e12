/**
 * What createArchive would do, by the same decisions, from metadata alone: names, sizes, extents and filesystems.
 * Contents aren't read, so that equal content, zeros and what compression saves show only afterwards.
 */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { copyReasonTexts } from '../../../shared/clone-reasons.ts'
import { type ErrorData, errorData, ReftarError, withContext } from '../../../shared/errors.ts'
import type { CreateOptions } from '../../../shared/jobs.ts'
import type { CreatePlan } from '../../../shared/plans.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { said } from '../../../shared/said.ts'
import { closeQuietly } from '../exact-io.ts'
import { matchAny } from '../globs.ts'
import { Pacer, throwIfCancelled } from '../pacing.ts'
import type { Handle, NodeStatus, Ports } from '../ports.ts'
import { CloneForecast } from './clone-forecast.ts'
import { CreateCounters } from './counters.ts'
import { Destination } from './destination.ts'
import { type FilePart, fileParts, isPackedWhole } from './file-parts.ts'
import { stageOptions } from './format1.ts'
import { namedFiles } from './named-files.ts'
import { EntryMaker } from './new-entry.ts'
import { PlanInputs } from './plan-inputs.ts'
import { PlannedSize } from './planned-size.ts'
import { ARCHIVE_DEVICE, SharedExtents } from './shared-extents.ts'
import { type Visit, walkInputs } from './walk.ts'

const FIRST_VERSION_MILLISECONDS = 30
const VERSION_EVERY_MILLISECONDS = 200
/** Problems told one by one. */
const MOST_PROBLEMS = 20

/**
 * Plans `options`; what the plan is so far goes to `onVersion` about five times a second, the first within a tenth.
 * Without an archive path the archive is taken to be beside the inputs. Files that would be packed aren't opened, so
 * that only creation finds out which of them can't be read. What stands in the way is the plan's `obstacle`; throws
 * `cancelled`, and what goes wrong with an input's own folder.
 */
export async function planCreate(
  ports: Ports,
  options: CreateOptions,
  job: JobContext,
  onVersion: (plan: CreatePlan) => void,
): Promise<CreatePlan> {
  throwIfCancelled(job.signal)
  const inputs = new PlanInputs(ports.files, options)
  const sources = inputs.root === undefined ? [] : namedFiles(ports.files, inputs.root, options)
  const destination = new Destination(ports, options.archivePath, sources)
  try {
    const planning = new Planning(ports, options, job, inputs, destination)
    await planning.run(onVersion)
    return planning.plan()
  } finally {
    destination.close()
  }
}

class Planning {
  readonly #ports: Ports
  readonly #options: CreateOptions
  readonly #destination: Destination
  readonly #inputs: PlanInputs
  readonly #counters = new CreateCounters()
  readonly #size: PlannedSize
  readonly #entries: EntryMaker
  readonly #cloning: CloneForecast
  readonly #shared: SharedExtents
  readonly #blockBytes: number
  readonly #pacer: Pacer
  readonly #problems: ErrorData[] = []
  #problemCount = 0
  #notCloned: ErrorData | undefined
  /** Where the next new block would lie, as a name for it. */
  #cursor = 0

  constructor(ports: Ports, options: CreateOptions, job: JobContext, inputs: PlanInputs, destination: Destination) {
    // Format 1 is made from format 2, so that the same is cloned.
    const made = options.format === 1 ? stageOptions(options) : options
    this.#ports = ports
    this.#options = made
    this.#destination = destination
    this.#inputs = inputs
    this.#size = new PlannedSize(options)
    this.#entries = new EntryMaker(ports.files, ports.accounts, () => undefined)
    this.#cloning = new CloneForecast(ports, options.clone, destination.scratch)
    this.#shared = new SharedExtents(ports.extentMap, made.blockSizeBytes)
    this.#blockBytes = made.blockSizeBytes
    const counters = this.#counters
    this.#pacer = new Pacer(ports.clock, job, () => ({
      phase: 'scan',
      bytesDone: counters.logicalBytes,
      bytesTotal: undefined,
      filesDone: counters.files,
      filesTotal: undefined,
      current: undefined,
    }))
  }

  async run(onVersion: (plan: CreatePlan) => void): Promise<void> {
    const { root } = this.#inputs
    if (root === undefined) return
    const { clock } = this.#ports
    let versionAt = clock.now() + FIRST_VERSION_MILLISECONDS
    const pause = async (): Promise<void> => {
      await this.#pacer.pause()
      if (clock.now() < versionAt) return
      onVersion(this.plan())
      versionAt = clock.now() + VERSION_EVERY_MILLISECONDS
    }
    const { directory, exclude, oneFilesystem } = this.#options
    for (const visit of walkInputs(this.#ports.files, root, {
      directory,
      isExcluded: matchAny(exclude),
      oneFilesystem,
      opensFiles: false,
      leavesOut: (status) => this.#destination.isReplaced(status),
      onProblem: this.#problem,
    })) {
      try {
        for (const _ of this.#add(visit)) if (this.#pacer.isDue) await pause()
      } catch (error) {
        if (error instanceof ReftarError && error.code === 'cancelled') throw error
        this.#problem(error, visit.path)
      }
    }
  }

  plan(): CreatePlan {
    const { entries, files, directories, logicalBytes, clonedBytes, packedBytes, copied } = this.#counters
    const { freeBytes, canClone } = this.#destination
    return {
      entries,
      files,
      folders: directories,
      logicalBytes,
      inputs: this.#inputs.list(),
      clonedBytes,
      packedBytes,
      copied: { ...copied },
      holeBytes: this.#counters.holeBytes,
      sharedBytes: this.#counters.sharedBytes,
      newOnDiskBytes: this.#size.mostBytes,
      freeBytes,
      canClone,
      problems: [...this.#problems],
      problemCount: this.#problemCount,
      obstacle: this.#inputs.obstacle ?? this.#destination.obstacle ?? this.#notCloned ?? this.#noSpace(freeBytes),
    }
  }

  readonly #problem = (error: unknown, path: ByteString): void => {
    this.#problemCount += 1
    if (this.#problems.length === MOST_PROBLEMS) return
    this.#problems.push(errorData(withContext(error, { path: displayName(path) })))
  };

  /** Yields in between, for a turn of the event loop. */
  *#add(visit: Visit): Generator<void> {
    const { status, path } = visit
    const kind = this.#entries.kindOf(visit)
    if (kind === undefined) return
    const isKnown = this.#entries.earlierName(visit) !== undefined
    this.#size.addEntry(path, kind === 'file' && !isKnown ? status.sizeBytes : 0)
    if (kind === 'file' && !isKnown) {
      if (isPackedWhole(status, this.#options)) {
        this.#size.addRun()
        this.#addPacked(status.sizeBytes)
      } else yield* this.#addLarge(visit)
      this.#inputs.count(path, status.sizeBytes)
    }
    this.#entries.rememberName(visit, 0)
    this.#counters.addEntry({ kind: isKnown ? 'hardlink' : kind, sizeBytes: status.sizeBytes, segments: [] })
    yield
  }

  *#addLarge({ folder, name, path }: Visit): Generator<void> {
    const { files } = this.#ports
    const handle = files.openFile(folder, name)
    try {
      const status = files.status(handle)
      for (const part of fileParts(files, handle, status, this.#options, this.#blockBytes)) {
        this.#size.addRun()
        if (part.kind === 'hole') this.#counters.holeBytes += part.lengthBytes
        else if (part.kind === 'pack') this.#addPacked(part.lengthBytes)
        else this.#addWindow(handle, status, folder, path, part)
        yield
      }
    } finally {
      closeQuietly(files, handle)
    }
  }

  #addWindow(
    handle: Handle,
    status: NodeStatus,
    folder: Handle,
    path: ByteString,
    { start, lengthBytes }: FilePart,
  ): void {
    // Before anything is cloned, which makes the filesystem show blocks as shared.
    const wasShared = this.#shared.hasShared(handle, status, start, lengthBytes)
    const reason = this.#cloning.refusal(handle, status, folder, start, lengthBytes)
    if (reason !== undefined && this.#options.clone === 'always') {
      const message = said('Its blocks can’t be shared with the archive: {reason}', { reason: copyReasonTexts[reason] })
      this.#notCloned ??= errorData(new ReftarError('cannot-clone', message, { path: displayName(path) }))
    }
    const extents = wasShared ? this.#shared.ofUnchanging(handle, start, lengthBytes) : []
    const device = reason === undefined ? ARCHIVE_DEVICE : status.device
    for (const run of this.#shared.runs(extents, device, start, lengthBytes)) {
      this.#size.addRun()
      if (run.archiveOffset >= 0) {
        this.#counters.sharedBytes += run.lengthBytes
        continue
      }
      const wholeBytes = run.lengthBytes - (run.lengthBytes % this.#blockBytes)
      this.#shared.remember(extents, device, run.start, wholeBytes, this.#cursor)
      this.#cursor += wholeBytes
      if (reason === undefined) this.#counters.clonedBytes += wholeBytes
      else this.#counters.addCopied(reason, wholeBytes)
      this.#size.addData(wholeBytes, reason !== undefined)
      this.#addPacked(run.lengthBytes - wholeBytes)
    }
  }

  #addPacked(lengthBytes: number): void {
    this.#counters.packedBytes += lengthBytes
    this.#size.addPacked(lengthBytes)
  }

  #noSpace(freeBytes: number | undefined): ErrorData | undefined {
    const { leastBytes } = this.#size
    if (freeBytes === undefined || leastBytes <= freeBytes) return undefined
    const message = said('It needs at least {needed}; {free} are free there', {
      needed: { bytes: leastBytes },
      free: { bytes: freeBytes },
    })
    const { archivePath } = this.#options
    return errorData(new ReftarError('no-space', message, archivePath && { path: displayName(archivePath) }))
  }
}
