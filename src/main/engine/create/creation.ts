/** One creation under way: turns visited names into entries, and keeps count. */

import type { SourceFilesystem } from '../../../shared/archive-info.ts'
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { type ErrorCode, errorData, ReftarError, withContext } from '../../../shared/errors.ts'
import type { CreateOptions } from '../../../shared/jobs.ts'
import type { JobContext, Progress } from '../../../shared/progress.ts'
import { CREATOR } from '../creator.ts'
import type { Segment } from '../entry.ts'
import type { NewEntry } from '../format/page.ts'
import { Pacer } from '../pacing.ts'
import type { Handle, Ports } from '../ports.ts'
import { ArchiveWriter, type FinishedArchive } from './archive-writer.ts'
import type { InputCount } from './count.ts'
import type { CreateCounters } from './counters.ts'
import { FileContents } from './file-contents.ts'
import { EntryMaker } from './new-entry.ts'
import type { Sink } from './sink.ts'
import type { Visit } from './walk.ts'

/** Errors that end the whole job: going on would only repeat them, or the user wants it to end. */
const FATAL: readonly ErrorCode[] = [
  'cancelled',
  'cannot-clone',
  'no-space',
  'quota-exceeded',
  'file-too-large',
  'too-many-open-files',
  'missing-library',
  'internal',
]

export class Creation {
  readonly #ports: Ports
  readonly #job: JobContext
  readonly #counters: CreateCounters
  readonly #writer: ArchiveWriter
  readonly #contents: FileContents
  readonly #entries: EntryMaker
  readonly #pacer: Pacer
  readonly #sink: Sink
  readonly #expected: InputCount | undefined
  readonly #sources = new Map<number, SourceFilesystem>()
  #current: ByteString | undefined
  /** The last folder that couldn’t be stored: the walk visits what is in it next. */
  #lostFolder: ByteString | undefined

  constructor(
    ports: Ports,
    options: CreateOptions,
    job: JobContext,
    counters: CreateCounters,
    sink: Sink,
    archiveFolder: Handle | undefined,
    expected: InputCount | undefined,
  ) {
    this.#ports = ports
    this.#job = job
    this.#counters = counters
    this.#sink = sink
    this.#expected = expected
    this.#writer = new ArchiveWriter(ports, sink, {
      blockSizeBytes: options.blockSizeBytes,
      compressionLevel: options.compressionLevel,
      jobs: options.jobs,
      hashData: !options.instant,
      creator: CREATOR,
    })
    this.#pacer = new Pacer(ports.clock, job, () => this.#progress())
    this.#contents = new FileContents(ports, options, this.#writer, counters, this.#pacer, archiveFolder)
    this.#entries = new EntryMaker(ports.files, ports.accounts, this.problem)
  }

  /** Something that could not be read. Ends the job when it is not about one entry. */
  readonly problem = (error: unknown, path: ByteString): void => {
    const known = withContext(error, { path: displayName(path) })
    if (FATAL.includes(known.code)) throw known
    this.#counters.problems += 1
    this.#job.problem(errorData(known))
  }

  /**
   * Stores one visited name. What can't be read is a problem of that entry; what can't be written ends the job. Returns
   * a promise only where something has to be waited for: for most names a turn of the event loop would cost more than
   * the work.
   */
  add(visit: Visit): Promise<void> | undefined {
    this.#current = visit.path
    if (this.#skipsLost(visit.path)) return undefined
    this.#job.entry?.(displayName(visit.path))
    try {
      if (this.#endsPage() || !this.#storeAtOnce(visit)) return this.#addWaiting(visit)
    } catch (error) {
      this.#leaveOut(error, visit)
    }
    return this.#pacer.isDue ? this.#pacer.pause() : undefined
  }

  async #addWaiting(visit: Visit): Promise<void> {
    try {
      if (this.#endsPage()) await this.#writer.endPage()
      if (!this.#storeAtOnce(visit) && visit.handle !== undefined) {
        const segments = await this.#contents.store(visit.handle, visit.status)
        if (this.#writer.pageIsFull(segments.length)) await this.#writer.endPage()
        this.#putFile(visit, visit.handle, segments)
      }
    } catch (error) {
      this.#leaveOut(error, visit)
    }
    if (this.#pacer.isDue) await this.#pacer.pause()
  }

  #endsPage(): boolean {
    return this.#writer.isCheckpointDue || this.#writer.pageIsFull(1)
  }

  /** False for a file whose bytes take their time. */
  #storeAtOnce(visit: Visit): boolean {
    const { handle, status } = visit
    const kind = this.#entries.kindOf(visit)
    if (kind === undefined) {
      this.#counters.skipped += 1
      return true
    }
    this.#noteSource(visit)
    const earlier = this.#entries.earlierName(visit)
    if (earlier !== undefined) this.#put(this.#entries.make(visit, 'hardlink', [], earlier))
    else if (kind !== 'file') this.#entries.rememberName(visit, this.#put(this.#entries.make(visit, kind, [])))
    else if (handle !== undefined) {
      const segments = this.#contents.storeAtOnce(handle, status)
      if (segments === undefined) return false
      this.#putFile(visit, handle, segments)
    }
    return true
  }

  /** A folder that has no entry can't have anything in it either. */
  #leaveOut(error: unknown, { path, status }: Visit): void {
    if (this.#sink.hasFailed) throw error
    if (status.kind === 'directory') this.#lostFolder = path
    this.problem(error, path)
  }

  /** Whether a path lies in a folder that was left out, which then has been counted. */
  #skipsLost(path: ByteString): boolean {
    if (this.#lostFolder === undefined || !path.startsWith(`${this.#lostFolder}/`)) return false
    this.#counters.skipped += 1
    return true
  }

  close(): void {
    this.#contents.close()
  }

  /** Ends the archive, which is on disk then. */
  async finish(): Promise<FinishedArchive> {
    this.#current = undefined
    const finished = await this.#writer.finish(this.#counters.totals(), [...this.#sources.values()])
    this.#pacer.finish()
    return finished
  }

  #putFile(visit: Visit, handle: Handle, segments: readonly Segment[]): void {
    if (!this.#ports.files.isUnchanged(handle, visit.status)) {
      this.problem(
        new ReftarError('changed-while-read', 'It changed while it was read; what was stored may be a mix'),
        visit.path,
      )
    }
    this.#entries.rememberName(visit, this.#put(this.#entries.make(visit, 'file', segments)))
  }

  /** Puts an entry behind those before it, for which the page has room; returns its ordinal. */
  #put(entry: NewEntry): number {
    const ordinal = this.#writer.addEntry(entry)
    this.#counters.addEntry(entry)
    return ordinal
  }

  #noteSource(visit: Visit): void {
    const { device } = visit.status
    if (visit.handle === undefined || this.#sources.has(device)) return
    try {
      const { type, id } = this.#ports.files.filesystemInfo(visit.handle)
      this.#sources.set(device, { type, id })
    } catch {
      // Nothing depends on it; the next entry may know.
    }
  }

  #progress(): Progress {
    return {
      phase: 'create',
      bytesDone: this.#counters.doneBytes,
      bytesTotal: this.#expected?.logicalBytes,
      filesDone: this.#counters.files,
      filesTotal: this.#expected?.files,
      current: this.#current === undefined ? undefined : displayName(this.#current),
    }
  }
}
