/** How a file's bytes get into the archive: holes, packs, blocks that are there already, and new blocks cloned or copied. */
import type { CreateOptions } from '../../../shared/jobs.ts'
import { type ContentIndex, ContentIndexByBytes, ContentIndexByHash } from '../dedup/content-index.ts'
import type { Segment } from '../entry.ts'
import { readUpTo } from '../exact-io.ts'
import { PACK_TARGET_BYTES } from '../format/layout.ts'
import type { Pacer } from '../pacing.ts'
import type { Handle, NodeStatus, PhysicalExtent, Ports } from '../ports.ts'
import type { ArchiveWriter } from './archive-writer.ts'
import { CloneAttempt } from './clone-attempt.ts'
import type { CreateCounters } from './counters.ts'
import { DataAppender, type DataSource } from './data-appender.ts'
import { isWithoutHoles } from './data-ranges.ts'
import { CLONE_THRESHOLD_BYTES, fileParts } from './file-parts.ts'
import { SegmentList } from './segment-list.ts'
import { ARCHIVE_DEVICE, SharedExtents } from './shared-extents.ts'
import { Snapshots } from './snapshots.ts'

/** With --compress, files are packed and deduplicated in pieces of this size. */
const COMPRESSED_PIECE_BYTES = 128 << 10
/**
 * A file whose change time is at least this old is read itself, instead of the snapshot just cloned from it: what is in
 * memory needs no disk. Cloning writes the file's pages out, so every later change sets a new change time, and a look
 * after each piece that was read shows it. Change times have the clock's tick as their grain; this is far above it.
 */
const QUIET_SECONDS = 2

/** Whole blocks of a large file, and what is known of where they are on disk. */
interface Window {
  readonly source: DataSource
  /** With offsets in the source; empty when nothing in it is shared. */
  readonly extents: readonly PhysicalExtent[]
  readonly device: number
  /** Asked before places are recorded for extents: whether these still are the source's. */
  readonly mayRemember: () => boolean
}

export class FileContents {
  readonly #ports: Ports
  readonly #options: CreateOptions
  readonly #writer: ArchiveWriter
  readonly #counters: CreateCounters
  readonly #pacer: Pacer
  readonly #shared: SharedExtents
  readonly #attempt: CloneAttempt
  readonly #appender: DataAppender
  readonly #snapshots: Snapshots | undefined
  readonly #known: ContentIndex | undefined

  /** `archiveFolder` is where the archive is; undefined for a pipe. */
  constructor(
    ports: Ports,
    options: CreateOptions,
    writer: ArchiveWriter,
    counters: CreateCounters,
    pacer: Pacer,
    archiveFolder: Handle | undefined,
  ) {
    const isPipe = archiveFolder === undefined
    const deduplicate = options.deduplicate && !options.instant
    this.#ports = ports
    this.#options = options
    this.#writer = writer
    this.#counters = counters
    this.#pacer = pacer
    this.#shared = new SharedExtents(ports.extentMap, writer.blockBytes)
    this.#attempt = new CloneAttempt(ports.files, options.clone, isPipe)
    this.#appender = new DataAppender(ports.files, writer, counters, pacer, deduplicate)
    if (archiveFolder !== undefined && options.clone !== 'never' && !options.compress) {
      this.#snapshots = new Snapshots(ports.files, ports.cloner, archiveFolder)
    }
    if (deduplicate) this.#known = isPipe ? new ContentIndexByHash() : new ContentIndexByBytes(writer.matchesPacked)
  }

  close(): void {
    this.#snapshots?.close()
  }

  /** As store, for a small file that needs no waiting; undefined for every other. */
  storeAtOnce(handle: Handle, status: NodeStatus): readonly Segment[] | undefined {
    const { sizeBytes } = status
    const list = new SegmentList()
    if (sizeBytes === 0) return list.segments
    const isSmall = sizeBytes < (this.#options.compress ? COMPRESSED_PIECE_BYTES : CLONE_THRESHOLD_BYTES)
    if (!isSmall || !isWithoutHoles(status) || !this.#writer.packs.hasRoom(sizeBytes)) return undefined
    this.#packPiece(handle, 0, sizeBytes, list)
    return list.segments
  }

  /** Stores the bytes of an open file of `status.sizeBytes`; returns its map. */
  async store(handle: Handle, status: NodeStatus): Promise<readonly Segment[]> {
    const { sizeBytes } = status
    const list = new SegmentList()
    if (sizeBytes === 0) return list.segments
    this.#writer.beginFile()
    for (const part of fileParts(this.#ports.files, handle, status, this.#options, this.#writer.blockBytes)) {
      const { kind, start, lengthBytes } = part
      if (kind === 'hole') {
        list.add({ kind, lengthBytes })
        this.#counters.doneBytes += lengthBytes
      } else if (kind === 'pack') await this.#pack(handle, start, lengthBytes, list)
      else await this.#storeWindow(this.#takeWindow(handle, status, start, lengthBytes), list)
      this.#writer.writeFinished()
      if (this.#pacer.isDue) await this.#pacer.pause()
    }
    return list.segments
  }

  /** A window of a large file: cloned into the snapshot file where that can be, else the source itself. */
  #takeWindow(handle: Handle, status: NodeStatus, start: number, lengthBytes: number): Window {
    const snapshots = this.#snapshots
    const wasShared = this.#shared.hasShared(handle, status, start, lengthBytes)
    const offset = snapshots?.next() ?? 0
    const reason =
      this.#attempt.refusal(status) ??
      this.#attempt.clone(
        (source, from, length) => snapshots?.take(source, from, length),
        handle,
        status,
        start,
        lengthBytes,
      )
    if (reason === undefined && snapshots !== undefined) {
      const extents = wasShared ? this.#shared.ofUnchanging(snapshots.handle, offset, lengthBytes) : []
      const original = this.#isQuiet(status) ? { handle, status, offset: start, isUnchanged: true } : undefined
      const source = { handle: snapshots.handle, offset, lengthBytes, copyReason: undefined, original }
      return { source, extents, device: ARCHIVE_DEVICE, mayRemember: () => true }
    }
    const source = { handle, offset: start, lengthBytes, copyReason: reason ?? 'not-wanted', original: undefined }
    const extents = wasShared ? this.#shared.ofChanging(handle, start, lengthBytes) : []
    return { source, extents, device: status.device, mayRemember: () => this.#ports.files.isUnchanged(handle, status) }
  }

  /** Whether the file was left alone for so long that any further change shows in its change time. */
  #isQuiet({ changeTime }: NodeStatus): boolean {
    return this.#ports.clock.wallTime().seconds - changeTime.seconds >= QUIET_SECONDS
  }

  /** Refers to what the archive holds of a window and appends the rest. */
  async #storeWindow(window: Window, list: SegmentList): Promise<void> {
    const { extents, device, source } = window
    for (const run of this.#shared.runs(extents, device, source.offset, source.lengthBytes)) {
      if (run.archiveOffset >= 0) {
        list.add({ kind: 'data', lengthBytes: run.lengthBytes, archiveOffset: run.archiveOffset })
        this.#counters.sharedBytes += run.lengthBytes
        this.#counters.doneBytes += run.lengthBytes
      } else await this.#storeNew(window, run.start, run.lengthBytes, list)
    }
  }

  async #storeNew(
    { source, extents, device, mayRemember }: Window,
    start: number,
    lengthBytes: number,
    list: SegmentList,
  ): Promise<void> {
    const wholeBytes = lengthBytes - (lengthBytes % this.#writer.blockBytes)
    if (wholeBytes > 0) {
      const isUnread = this.#options.instant && source.copyReason === undefined
      const segments = isUnread
        ? [this.#appender.appendUnread(source, start, wholeBytes)]
        : await this.#appender.append(source, start, wholeBytes)
      const remembers = extents.length > 0 && mayRemember()
      let at = start
      for (const segment of segments) {
        if (remembers && segment.kind === 'data') {
          this.#shared.remember(extents, device, at, segment.lengthBytes, segment.archiveOffset)
        }
        list.add(segment)
        at += segment.lengthBytes
      }
    }
    if (wholeBytes < lengthBytes) await this.#pack(source.handle, start + wholeBytes, lengthBytes - wholeBytes, list)
  }

  /** Bytes that go into packs. */
  async #pack(handle: Handle, start: number, lengthBytes: number, list: SegmentList): Promise<void> {
    const pieceBytes = this.#options.compress ? COMPRESSED_PIECE_BYTES : PACK_TARGET_BYTES
    for (let at = start; at < start + lengthBytes; at += pieceBytes) {
      const length = Math.min(pieceBytes, start + lengthBytes - at)
      if (!this.#writer.packs.hasRoom(length)) await this.#writer.packs.makeRoom()
      this.#packPiece(handle, at, length, list)
      if (this.#pacer.isDue) await this.#pacer.pause()
    }
  }

  /** Bytes for which the open pack has room. */
  #packPiece(handle: Handle, start: number, lengthBytes: number, list: SegmentList): void {
    const { packs } = this.#writer
    const { buffer, at } = packs.space
    const count = readUpTo(this.#ports.files, handle, buffer, at, lengthBytes, start)
    // The file shrank meanwhile: it keeps its size, as in tar, and the change is reported by the caller.
    if (count < lengthBytes) buffer.fill(0, at + count, at + lengthBytes)
    const known = this.#known?.findOrRemember(buffer, at, lengthBytes, packs.nextPlace)
    const { pack, packOffset } = known ?? packs.commit(lengthBytes)
    list.add({ kind: 'pack', lengthBytes, pack, packOffset })
    if (known === undefined) this.#counters.packedBytes += lengthBytes
    else this.#counters.duplicateBytes += lengthBytes
    this.#counters.doneBytes += lengthBytes
  }
}
