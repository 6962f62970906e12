/** How a file's bytes get into the archive: holes, packs, blocks that are there already, and new blocks cloned or copied. */
import type { CopyReason } from '../../../shared/clone-reasons.ts'
import type { CreateOptions } from '../../../shared/jobs.ts'
import { type ContentIndex, ContentIndexByBytes, ContentIndexByHash } from '../dedup/content-index.ts'
import { readUpTo } from '../exact-io.ts'
import { PACK_TARGET_BYTES } from '../format/layout.ts'
import type { Pacer } from '../pacing.ts'
import type { Handle, NodeStatus, PhysicalExtent, Ports } from '../ports.ts'
import type { ArchiveWriter } from './archive-writer.ts'
import { CloneAttempt } from './clone-attempt.ts'
import type { CreateCounters } from './counters.ts'
import { DataAppender } from './data-appender.ts'
import { dataRanges } from './data-ranges.ts'
import { SharedExtents, sharesWithItself } from './shared-extents.ts'
import { Snapshots } from './snapshots.ts'
import { StoredFile, type WaitingRange } from './stored-file.ts'

/**
 * Files below this size are packed. Measured on btrfs and XFS: cloning whole blocks takes 14–36 µs a file at creation
 * and again at extraction and leaves a tail to pack anyway, where reading or writing 24 KiB takes 30–45 µs; at 64 KiB a
 * clone is clearly faster, and half the bytes of a source tree are in files above it.
 */
export const CLONE_THRESHOLD_BYTES = 64 << 10
/** With --compress, files are packed and deduplicated in pieces of this size. */
const COMPRESSED_PIECE_BYTES = 128 << 10
/** Large files are dealt with in windows of this size: one clone call, and one look at extents, doesn't take long. */
const WINDOW_BYTES = 64 << 20
/** Snapshots are dealt with when they hold this much: time for the kernel to read them, and not too much memory. */
const SNAPSHOT_LIMIT_BYTES = 64 << 20

/**
 * Stands for the archive's filesystem, on which all snapshots are. Sources there may have other device numbers: btrfs
 * gives each subvolume its own.
 */
const ARCHIVE_DEVICE = -1

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
  #waiting: StoredFile[] = []

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

  /** Whether settle should be called before more is stored. */
  get isFull(): boolean {
    return (this.#snapshots?.usedBytes ?? 0) >= SNAPSHOT_LIMIT_BYTES
  }

  /** Stores the bytes of an open file of `status.sizeBytes`. Some may wait for settle; the file may be closed all the same. */
  async store(handle: Handle, status: NodeStatus): Promise<StoredFile> {
    const { sizeBytes } = status
    const file = new StoredFile()
    if (sizeBytes === 0) return file
    // Within one block there is nothing to seek for, unless the file is nothing but a hole.
    if (sizeBytes <= this.#writer.blockBytes && status.allocatedBytes > 0) {
      await this.#pack(handle, 0, sizeBytes, file)
      return file
    }
    const isPacked = sizeBytes < CLONE_THRESHOLD_BYTES || this.#options.compress
    for (const { start, end, isHole } of dataRanges(this.#ports.files, handle, status)) {
      if (isHole) {
        file.add({ kind: 'hole', lengthBytes: end - start })
        this.#counters.doneBytes += end - start
      } else if (isPacked) await this.#pack(handle, start, end - start, file)
      else await this.#storeRange(handle, status, start, end, file)
    }
    return file
  }

  /** Stores everything that waits in snapshots. A file whose bytes can't be read has a `failure` then. */
  async settle(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = []
    for (const file of waiting) {
      try {
        for (const part of file.takeParts()) {
          if ('kind' in part) file.add(part)
          else await this.#storeWaiting(part, file)
        }
      } catch (error) {
        if (this.#writer.sink.hasFailed) throw error
        file.failure = error
      }
    }
    this.#snapshots?.clear()
  }

  async #storeWaiting({ extents, offset, lengthBytes }: WaitingRange, file: StoredFile): Promise<void> {
    if (this.#snapshots === undefined) return
    await this.#storeKnownOrNew(this.#snapshots.handle, undefined, extents, ARCHIVE_DEVICE, offset, lengthBytes, file)
  }

  /** A range of data of a large file. */
  async #storeRange(handle: Handle, status: NodeStatus, start: number, end: number, file: StoredFile): Promise<void> {
    const wholeEnd = end - ((end - start) % this.#writer.blockBytes)
    for (let at = start; at < wholeEnd; at += WINDOW_BYTES) {
      const length = Math.min(WINDOW_BYTES, wholeEnd - at)
      const reason = this.#attempt.refusal(status) ?? this.#takeSnapshot(handle, status, at, length, file)
      if (reason === undefined) {
        if (this.isFull) await this.settle()
        continue
      }
      const extents = this.#shared.ofChanging(handle, status, at, length)
      const isSame = () => this.#ports.files.isUnchanged(handle, status)
      await this.#storeKnownOrNew(handle, reason, extents, status.device, at, length, file, isSame)
    }
    if (wholeEnd < end) await this.#pack(handle, wholeEnd, end - wholeEnd, file)
  }

  /** Clones a window into the snapshot file; returns why that can't be, if it can't. */
  #takeSnapshot(
    handle: Handle,
    status: NodeStatus,
    start: number,
    lengthBytes: number,
    file: StoredFile,
  ): CopyReason | undefined {
    const snapshots = this.#snapshots
    if (snapshots === undefined) return 'not-wanted'
    const offset = snapshots.usedBytes
    const wasShared = this.#shared.hasShared(handle, status, start, lengthBytes)
    const reason = this.#attempt.clone(
      (source, sourceOffset, length) => snapshots.take(source, sourceOffset, length),
      handle,
      status,
      start,
      lengthBytes,
    )
    if (reason !== undefined) return reason
    if (!this.#options.instant) this.#ports.files.prefetch(snapshots.handle, offset, lengthBytes)
    const extents = wasShared ? this.#shared.ofUnchanging(snapshots.handle, offset, lengthBytes) : []
    file.wait({ offset, lengthBytes, extents })
    if (this.#waiting.at(-1) !== file) this.#waiting.push(file)
    return undefined
  }

  /**
   * Whole blocks at [start, start + lengthBytes) of an open file: refers to what the archive holds and appends the rest.
   * `mayRemember` is asked before places are recorded for extents.
   */
  async #storeKnownOrNew(
    handle: Handle,
    copyReason: CopyReason | undefined,
    extents: readonly PhysicalExtent[],
    device: number,
    start: number,
    lengthBytes: number,
    file: StoredFile,
    mayRemember = (): boolean => true,
  ): Promise<void> {
    const bounds = sharesWithItself(extents) ? extents.map((extent) => extent.logicalBytes + extent.lengthBytes) : []
    let at = start
    for (const bound of [...bounds, start + lengthBytes]) {
      const to = Math.min(bound, start + lengthBytes)
      if (to <= at) continue
      for (const run of this.#shared.split(extents, device, at, to - at)) {
        if (run.archiveOffset >= 0) {
          file.add({ kind: 'data', lengthBytes: run.lengthBytes, archiveOffset: run.archiveOffset })
          this.#counters.sharedBytes += run.lengthBytes
          this.#counters.doneBytes += run.lengthBytes
        } else await this.#storeNew(handle, copyReason, extents, device, run.start, run.lengthBytes, file, mayRemember)
      }
      at = to
    }
  }

  async #storeNew(
    handle: Handle,
    copyReason: CopyReason | undefined,
    extents: readonly PhysicalExtent[],
    device: number,
    start: number,
    lengthBytes: number,
    file: StoredFile,
    mayRemember: () => boolean,
  ): Promise<void> {
    const wholeBytes = lengthBytes - (lengthBytes % this.#writer.blockBytes)
    if (wholeBytes > 0) {
      const source = { handle, offset: start, lengthBytes: wholeBytes, copyReason }
      const isUnread = this.#options.instant && copyReason === undefined
      const segments = isUnread ? [this.#appender.appendUnread(source)] : await this.#appender.append(source)
      const remembers = extents.length > 0 && mayRemember()
      let at = start
      for (const segment of segments) {
        if (remembers && segment.kind === 'data') {
          this.#shared.remember(extents, device, at, segment.lengthBytes, segment.archiveOffset)
        }
        file.add(segment)
        at += segment.lengthBytes
      }
    }
    if (wholeBytes < lengthBytes) await this.#pack(handle, start + wholeBytes, lengthBytes - wholeBytes, file)
  }

  /** Bytes that go into packs. */
  async #pack(handle: Handle, start: number, lengthBytes: number, file: StoredFile): Promise<void> {
    const pieceBytes = this.#options.compress ? COMPRESSED_PIECE_BYTES : PACK_TARGET_BYTES
    const { packs } = this.#writer
    for (let at = start; at < start + lengthBytes; at += pieceBytes) {
      const length = Math.min(pieceBytes, start + lengthBytes - at)
      const space = packs.hasRoom(length) ? packs.space : await packs.reserve(length)
      const count = readUpTo(this.#ports.files, handle, space.buffer, space.at, length, at)
      // The file shrank meanwhile: it keeps its size, as in tar, and the change is reported by the caller.
      if (count < length) space.buffer.fill(0, space.at + count, space.at + length)
      const known = this.#known?.findOrRemember(space.buffer.subarray(space.at, space.at + length), packs.nextPlace)
      if (known === undefined) {
        file.add({ kind: 'pack', lengthBytes: length, ...packs.commit(length) })
        this.#counters.packedBytes += length
      } else {
        file.add({ kind: 'pack', lengthBytes: length, ...known })
        this.#counters.duplicateBytes += length
      }
      this.#counters.doneBytes += length
      if (this.#pacer.isDue) await this.#pacer.pause()
    }
  }
}
