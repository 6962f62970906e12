/** Writes what an archive of any format holds as format 1: two rounds over the maps plan the extents, a third writes. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { type ErrorCode, errorData, ReftarError, withContext } from '../../../shared/errors.ts'
import type { CloneMode, FormatLosses } from '../../../shared/jobs.ts'
import type { JobContext, JobPhase } from '../../../shared/progress.ts'
import type { Sink } from '../create/sink.ts'
import type { Entry } from '../entry.ts'
import { Pacer } from '../pacing.ts'
import type { Ports } from '../ports.ts'
import type { ArchiveReader } from '../reader.ts'
import { BlockRuns } from './block-runs.ts'
import { ExtentPlan } from './extent-plan.ts'
import { Format1Contents } from './format1-contents.ts'
import { type HeaderSource, headerOf, sourceOf } from './format1-header.ts'
import { LossCounter } from './format1-losses.ts'
import { Format1Writer } from './format1-writer.ts'
import { type CopiedCounts, RangeCopier } from './range-copier.ts'
import { requireCovered } from './segment-bytes.ts'
import { orderLinks } from './symlink-order.ts'

/** The first reftar was seen to read extents of up to 128 MiB; it keeps each in memory. */
const MAX_EXTENT_BYTES = 64 << 20
const NOTHING = new Uint8Array(0)

/** Errors that concern the entry being read and not the archive being written. */
const ENTRY_ERRORS: readonly ErrorCode[] = ['damaged', 'incomplete', 'format-limit', 'unsafe-path', 'limit-exceeded']

export interface Format1Options {
  readonly blockSizeBytes: number
  readonly clone: CloneMode
  /** Check the source's hashes of what is cloned. */
  readonly checkSource: boolean
  readonly phase: JobPhase
}

export interface WrittenFormat1 extends CopiedCounts {
  readonly lengthBytes: number
  readonly entries: number
  readonly files: number
  readonly logicalBytes: number
  /** Content of files below a block, in their headers. */
  readonly inlineBytes: number
  readonly losses: FormatLosses
  readonly problems: number
}

/**
 * Writes the archive into an empty file. Entries that format 1 can't hold or the source can't give go to `job.problem`
 * and are left out; whatever else is lost is counted. Throws what the target's disk says.
 */
export function writeFormat1(
  ports: Ports,
  reader: ArchiveReader,
  sink: Sink,
  options: Format1Options,
  job: JobContext,
): Promise<WrittenFormat1> {
  return new Format1Conversion(ports, reader, sink, options, job).run()
}

/** A symbolic link under one of its names; `ordinal` is that of the entry with its owner and times. */
interface Link {
  readonly path: ByteString
  readonly target: ByteString
  readonly ordinal: number
}

class Format1Conversion {
  readonly #reader: ArchiveReader
  readonly #job: JobContext
  readonly #pacer: Pacer
  readonly #writer: Format1Writer
  readonly #copier: RangeCopier
  readonly #blockBytes: number
  readonly #plan: ExtentPlan
  readonly #losses = new LossCounter()
  readonly #contents: Format1Contents
  /** Between an entry's header and its last extent, where nothing can be left out any more. */
  #isWithinEntry = false
  readonly #source: HeaderSource
  #entries = 0
  #files = 0
  #logicalBytes = 0
  #inlineBytes = 0
  #problems = 0
  #current: ByteString | undefined

  constructor(ports: Ports, reader: ArchiveReader, sink: Sink, options: Format1Options, job: JobContext) {
    this.#reader = reader
    this.#job = job
    this.#blockBytes = options.blockSizeBytes
    const { totals, complete } = reader.info
    this.#pacer = new Pacer(ports.clock, job, () => ({
      phase: options.phase,
      bytesDone: this.#logicalBytes,
      bytesTotal: complete ? totals.logicalBytes : undefined,
      filesDone: this.#files,
      filesTotal: complete ? totals.files : undefined,
      current: this.#current === undefined ? undefined : displayName(this.#current),
    }))
    this.#writer = new Format1Writer(sink, options.blockSizeBytes, this.#pacer)
    const alignment = sink.handle === undefined ? 4096 : ports.files.filesystemInfo(sink.handle).blockSizeBytes
    this.#copier = new RangeCopier(reader, sink, options.clone, this.#pacer, alignment)
    const checks = options.checkSource && reader.canCheckData
    this.#contents = new Format1Contents(reader, sink, this.#writer, this.#copier, this.#pacer, checks)
    this.#plan = new ExtentPlan(Math.max(1, Math.floor(MAX_EXTENT_BYTES / options.blockSizeBytes)))
    this.#source = sourceOf(reader.info.sources)
  }

  async run(): Promise<WrittenFormat1> {
    await this.#eachLarge((runs) => this.#plan.collect(runs))
    this.#plan.cut()
    await this.#eachLarge((runs) => this.#plan.connect(runs))
    await this.#writeEntries()
    const lengthBytes = this.#writer.finish()
    this.#pacer.finish()
    return {
      ...this.#copier.counts,
      lengthBytes,
      entries: this.#entries,
      files: this.#files,
      logicalBytes: this.#logicalBytes,
      inlineBytes: this.#inlineBytes,
      losses: this.#losses.report(),
      problems: this.#problems,
    }
  }

  /** One round over the files that get extents. */
  async #eachLarge(visit: (runs: ReturnType<BlockRuns['of']>) => void): Promise<void> {
    const runs = new BlockRuns(this.#blockBytes)
    for (const entry of this.#reader.entries()) {
      const file = this.#targetOf(entry)
      if (file?.kind === 'file' && file.sizeBytes >= this.#blockBytes) visit(runs.of(file.segments, file.sizeBytes))
      if (this.#pacer.isDue) await this.#pacer.pause()
    }
  }

  async #writeEntries(): Promise<void> {
    const runs = new BlockRuns(this.#blockBytes)
    const links: Link[] = []
    const written = new Set<string>()
    for (const entry of this.#reader.entries()) {
      this.#current = entry.path
      const target = this.#targetOf(entry)
      if (target?.kind === 'symlink') {
        if (entry !== target) this.#losses.hardLinks++
        links.push({ path: entry.path, target: target.linkTarget, ordinal: target.ordinal })
        continue
      }
      const file = target?.kind === 'file' ? target : undefined
      const planned =
        file !== undefined && file.sizeBytes >= this.#blockBytes ? runs.of(file.segments, file.sizeBytes) : undefined
      try {
        if (entry.kind === 'directory') this.#add(entry, NOTHING, 0)
        else if (file === undefined) this.#leaveOut()
        else if (planned === undefined) await this.#addSmall(entry, file)
        else await this.#addLarge(entry, file, planned)
        written.add(entry.path)
      } catch (error) {
        this.#problem(error, entry)
      }
      if (this.#pacer.isDue) await this.#pacer.pause()
    }
    this.#addLinks(links, written)
  }

  /** The entry itself, or what a hard link is another name of. */
  #targetOf(entry: Entry): Entry | undefined {
    let target: Entry | undefined = entry
    for (let steps = 0; target?.kind === 'hardlink' && steps < 40; steps++) {
      target = target.hardLinkOrdinal === undefined ? undefined : this.#reader.entryAt(target.hardLinkOrdinal)
    }
    return target
  }

  async #addSmall(entry: Entry, file: Entry): Promise<void> {
    requireCovered(file)
    const bytes = await this.#contents.small(file)
    this.#add(entry, bytes, file.sizeBytes)
    this.#inlineBytes += bytes.length
  }

  async #addLarge(entry: Entry, file: Entry, runs: ReturnType<BlockRuns['of']>): Promise<void> {
    requireCovered(file)
    const extents = this.#plan.extentsOf(runs)
    // Once the header is written the extents must follow: what can't be read has to show before.
    await this.#contents.check(file, extents)
    this.#isWithinEntry = true
    this.#add(entry, NOTHING, file.sizeBytes)
    await this.#contents.write(file, extents)
    this.#isWithinEntry = false
  }

  #addLinks(links: readonly Link[], written: Set<string>): void {
    const { ordered, dangling } = orderLinks(links, (path) => written.has(path) || this.#isFolder(path))
    for (const { ordinal, path } of ordered) this.#add({ ...this.#reader.entryAt(ordinal), path }, NOTHING, 0)
    for (const { ordinal, path } of dangling) {
      this.#losses.symlinks++
      const message = 'format 1 can’t hold a symbolic link whose target isn’t in the archive'
      this.#problem(new ReftarError('format-limit', message), { ...this.#reader.entryAt(ordinal), path })
    }
  }

  /** Folders may have no entry of their own. */
  #isFolder(path: string): boolean {
    return this.#reader.children(path as ByteString, undefined, 1).length > 0
  }

  #leaveOut(): never {
    this.#losses.specialFiles++
    throw new ReftarError('format-limit', 'format 1 can’t hold devices and FIFOs, which the first reftar stops at')
  }

  #add(entry: Entry, inline: Uint8Array, sizeBytes: number): void {
    this.#writer.addEntry(headerOf(entry, sizeBytes, this.#source), inline)
    this.#losses.add(entry)
    this.#entries++
    this.#job.entry?.(displayName(entry.path))
    if (entry.kind !== 'file' && entry.kind !== 'hardlink') return
    this.#files++
    this.#logicalBytes += sizeBytes
  }

  /** What can't be read is a problem of the entry; anything else ends the job. */
  #problem(error: unknown, entry: Entry): void {
    const known = withContext(error, { entry: displayName(entry.path) })
    if (this.#isWithinEntry || !ENTRY_ERRORS.includes(known.code)) throw known
    this.#problems++
    this.#job.problem(errorData(known))
  }
}
