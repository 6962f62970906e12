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
import { BlockRuns, HOLE_KEY } from './block-runs.ts'
import { ExtentPlan } from './extent-plan.ts'
import { type HeaderSource, headerOf, sourceOf } from './format1-header.ts'
import { LossCounter } from './format1-losses.ts'
import { Format1Writer } from './format1-writer.ts'
import { type CopiedCounts, RangeCopier } from './range-copier.ts'
import { readBytes, requireCovered } from './segment-bytes.ts'
import { orderLinks } from './symlink-order.ts'

/** The first reftar was seen to read extents of up to 128 MiB; it keeps each in memory. */
const MAX_EXTENT_BYTES = 64 << 20
const PIECE_BYTES = 1 << 20
/** Packed content up to this size is written together with its headers. */
const SMALL_EXTENT_BYTES = 256 << 10
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

class Format1Conversion {
  readonly #reader: ArchiveReader
  readonly #job: JobContext
  readonly #pacer: Pacer
  readonly #writer: Format1Writer
  readonly #copier: RangeCopier
  readonly #sink: Sink
  readonly #blockBytes: number
  readonly #plan: ExtentPlan
  readonly #losses = new LossCounter()
  /** Ids of written extents, by what the plan calls them. */
  readonly #ids = new Map<number, number>()
  readonly #checksSource: boolean
  /** Between an entry's header and its last extent, where nothing can be left out any more. */
  #isWithinEntry = false
  readonly #source: HeaderSource
  readonly #piece = new Uint8Array(PIECE_BYTES)
  #entries = 0
  #files = 0
  #logicalBytes = 0
  #inlineBytes = 0
  #problems = 0
  #current: ByteString | undefined

  constructor(ports: Ports, reader: ArchiveReader, sink: Sink, options: Format1Options, job: JobContext) {
    this.#reader = reader
    this.#job = job
    this.#sink = sink
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
    this.#checksSource = options.checkSource && reader.canCheckData
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
      const file = this.#fileOf(entry)
      if (file !== undefined && file.sizeBytes >= this.#blockBytes) visit(runs.of(file.segments, file.sizeBytes))
      if (this.#pacer.isDue) await this.#pacer.pause()
    }
  }

  async #writeEntries(): Promise<void> {
    const runs = new BlockRuns(this.#blockBytes)
    const links: { readonly path: ByteString; readonly target: ByteString; readonly ordinal: number }[] = []
    const written = new Set<string>()
    for (const entry of this.#reader.entries()) {
      this.#current = entry.path
      if (entry.kind === 'symlink') {
        links.push({ path: entry.path, target: entry.linkTarget, ordinal: entry.ordinal })
        continue
      }
      const file = this.#fileOf(entry)
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

  /** The content of a file, or of the file that a hard link is another name of. */
  #fileOf(entry: Entry): Entry | undefined {
    let file: Entry | undefined = entry
    for (let steps = 0; file?.kind === 'hardlink' && steps < 40; steps++) {
      file = file.hardLinkOrdinal === undefined ? undefined : this.#reader.entryAt(file.hardLinkOrdinal)
    }
    return file?.kind === 'file' ? file : undefined
  }

  async #addSmall(entry: Entry, file: Entry): Promise<void> {
    requireCovered(file)
    const bytes = this.#piece.subarray(0, file.sizeBytes)
    await readBytes(this.#reader, file, 0, bytes)
    this.#add(entry, bytes, file.sizeBytes)
    this.#inlineBytes += bytes.length
  }

  async #addLarge(entry: Entry, file: Entry, runs: ReturnType<BlockRuns['of']>): Promise<void> {
    requireCovered(file)
    const extents = this.#plan.extentsOf(runs)
    // Once the header is written the extents must follow: what can't be read has to show before.
    for (const { startBlock, blocks, extent } of extents) {
      if (extent !== HOLE_KEY && !this.#ids.has(extent)) await this.#check(file, startBlock, blocks)
    }
    this.#isWithinEntry = true
    this.#add(entry, NOTHING, file.sizeBytes)
    for (const { startBlock, blocks, extent } of extents) {
      const start = startBlock * this.#blockBytes
      const known = this.#ids.get(extent)
      if (extent === HOLE_KEY) this.#writer.addHole(start, blocks)
      else if (known !== undefined) this.#writer.addReference(known, start)
      else {
        const id = await this.#addExtent(file, start, blocks)
        this.#ids.set(extent, id)
      }
    }
    this.#isWithinEntry = false
  }

  async #addExtent(file: Entry, start: number, blocks: number): Promise<number> {
    const end = Math.min(file.sizeBytes, start + blocks * this.#blockBytes)
    if (blocks * this.#blockBytes > SMALL_EXTENT_BYTES || hasRaw(file, start, end)) {
      return this.#writer.addData(start, blocks, (offset) => this.#fill(file, start, end, offset))
    }
    const bytes = this.#piece.subarray(0, blocks * this.#blockBytes)
    await readBytes(this.#reader, file, start, bytes.subarray(0, end - start))
    bytes.fill(0, end - start)
    this.#countPacked(end - start)
    return this.#writer.addBytes(start, bytes)
  }

  #countPacked(bytes: number): void {
    const { copied } = this.#copier.counts
    copied.packed = (copied.packed ?? 0) + bytes
  }

  /** Brings the bytes [start, end) of a file to `offset` in the archive. */
  async #fill(file: Entry, start: number, end: number, offset: number): Promise<void> {
    let segmentStart = 0
    for (const segment of file.segments) {
      const from = Math.max(start, segmentStart)
      const to = Math.min(end, segmentStart + segment.lengthBytes)
      if (from < to) {
        const target = offset + (from - start)
        if (segment.kind === 'data') {
          await this.#copier.copy(segment.archiveOffset + (from - segmentStart), to - from, target)
        } else if (segment.kind === 'pack') await this.#copyPacked(file, from, to, target)
        // Zeros within a block need no writing: nothing was at this place before.
      }
      segmentStart += segment.lengthBytes
      if (segmentStart >= end) return
    }
  }

  async #copyPacked(file: Entry, from: number, to: number, target: number): Promise<void> {
    for (let at = from; at < to; at += PIECE_BYTES) {
      const piece = this.#piece.subarray(0, Math.min(PIECE_BYTES, to - at))
      await readBytes(this.#reader, file, at, piece)
      this.#sink.write(piece, target + (at - from))
      this.#countPacked(piece.length)
    }
  }

  /** Throws where these blocks of the file are damaged. */
  async #check(file: Entry, startBlock: number, blocks: number): Promise<void> {
    if (!this.#checksSource) return
    const start = startBlock * this.#blockBytes
    const end = start + blocks * this.#blockBytes
    let segmentStart = 0
    for (const segment of file.segments) {
      const from = Math.max(start, segmentStart)
      const to = Math.min(end, segmentStart + segment.lengthBytes)
      if (from < to && segment.kind === 'pack') await this.#reader.loadPack(segment.pack)
      for (let at = from; at < to && segment.kind === 'data'; at += PIECE_BYTES) {
        this.#reader.checkData(segment.archiveOffset + (at - segmentStart), Math.min(PIECE_BYTES, to - at))
        if (this.#pacer.isDue) await this.#pacer.pause()
      }
      segmentStart += segment.lengthBytes
      if (segmentStart >= end) return
    }
  }

  #addLinks(links: readonly { path: ByteString; target: ByteString; ordinal: number }[], written: Set<string>): void {
    const { ordered, dangling } = orderLinks(links, (path) => written.has(path) || this.#isFolder(path))
    for (const { ordinal } of ordered) this.#add(this.#reader.entryAt(ordinal), NOTHING, 0)
    for (const { ordinal } of dangling) {
      this.#losses.symlinks++
      const message = 'format 1 can’t hold a symbolic link whose target isn’t in the archive'
      this.#problem(new ReftarError('format-limit', message), this.#reader.entryAt(ordinal))
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

/** Whether some of a file's bytes lie raw in the archive, and could be cloned. */
function hasRaw(file: Entry, start: number, end: number): boolean {
  let at = 0
  for (const { kind, lengthBytes } of file.segments) {
    if (kind === 'data' && at < end && at + lengthBytes > start) return true
    at += lengthBytes
  }
  return false
}
