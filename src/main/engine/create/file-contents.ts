/** How a file's bytes get into the archive: holes, packs, blocks that are there already, and new blocks cloned or copied. */
import type { CreateOptions } from '../../../shared/jobs.ts'
import { ContentPlaces } from '../dedup/content-places.ts'
import type { Segment } from '../entry.ts'
import { readUpTo } from '../exact-io.ts'
import { PACK_TARGET_BYTES } from '../format/layout.ts'
import type { Pacer } from '../pacing.ts'
import type { Handle, NodeStatus, PhysicalExtent, Ports } from '../ports.ts'
import type { ArchiveWriter } from './archive-writer.ts'
import { CloneAttempt } from './clone-attempt.ts'
import type { CreateCounters } from './counters.ts'
import { DataAppender } from './data-appender.ts'
import { dataRanges } from './data-ranges.ts'
import { SegmentList } from './segment-list.ts'
import { SharedExtents, sharesWithItself } from './shared-extents.ts'

/**
 * Files below this size are packed. Measured on btrfs and XFS: cloning whole blocks takes 14–36 µs a file at creation
 * and again at extraction and leaves a tail to pack anyway, where reading or writing 24 KiB takes 30–45 µs; at 64 KiB a
 * clone is clearly faster, and half the bytes of a source tree are in files above it.
 */
export const CLONE_THRESHOLD_BYTES = 64 << 10
/** With --compress, files are packed and deduplicated in pieces of this size. */
const COMPRESSED_PIECE_BYTES = 128 << 10
/** Extents are asked for in ranges of this size, so that memory doesn't grow with a file's fragmentation. */
const EXTENT_WINDOW_BYTES = 256 << 20

export class FileContents {
  readonly #ports: Ports
  readonly #options: CreateOptions
  readonly #writer: ArchiveWriter
  readonly #counters: CreateCounters
  readonly #pacer: Pacer
  readonly #shared: SharedExtents
  readonly #appender: DataAppender
  readonly #places: ContentPlaces | undefined

  constructor(ports: Ports, options: CreateOptions, writer: ArchiveWriter, counters: CreateCounters, pacer: Pacer) {
    this.#ports = ports
    this.#options = options
    this.#writer = writer
    this.#counters = counters
    this.#pacer = pacer
    this.#shared = new SharedExtents(ports.extentMap, writer.blockBytes)
    const attempt = new CloneAttempt(ports.files, writer.sink, options.clone)
    this.#appender = new DataAppender(ports.files, options, writer, counters, pacer, attempt)
    this.#places = options.deduplicate && !options.instant ? new ContentPlaces() : undefined
  }

  /** Stores the bytes of an open file of `status.sizeBytes`; returns its map. */
  async store(handle: Handle, status: NodeStatus): Promise<readonly Segment[]> {
    const { sizeBytes } = status
    const list = new SegmentList()
    if (sizeBytes === 0) return list.segments
    const isPacked = sizeBytes < CLONE_THRESHOLD_BYTES || this.#options.compress
    // Within one block there is nothing to seek for, unless the file is nothing but a hole.
    if (sizeBytes <= this.#writer.blockBytes && status.allocatedBytes > 0) {
      await this.#pack(handle, 0, sizeBytes, list)
      return list.segments
    }
    for (const { start, end, isHole } of dataRanges(this.#ports.files, handle, sizeBytes)) {
      if (isHole) {
        list.add({ kind: 'hole', lengthBytes: end - start })
        this.#counters.holeBytes += end - start
        this.#counters.doneBytes += end - start
      } else if (isPacked) await this.#pack(handle, start, end - start, list)
      else await this.#storeRange(handle, status, start, end - start, list)
    }
    return list.segments
  }

  /** A range of data of a large file. */
  async #storeRange(
    handle: Handle,
    status: NodeStatus,
    start: number,
    lengthBytes: number,
    list: SegmentList,
  ): Promise<void> {
    for (let at = start; at < start + lengthBytes; at += EXTENT_WINDOW_BYTES) {
      const length = Math.min(EXTENT_WINDOW_BYTES, start + lengthBytes - at)
      const extents = this.#shared.within(handle, status, at, length)
      if (!sharesWithItself(extents)) {
        await this.#storeWindow(handle, status, extents, at, length, list)
        continue
      }
      let from = at
      for (const extent of extents) {
        const to = Math.min(at + length, extent.logicalBytes + extent.lengthBytes)
        if (to > from) await this.#storeWindow(handle, status, extents, from, to - from, list)
        from = Math.max(from, to)
      }
      if (from < at + length) await this.#storeWindow(handle, status, extents, from, at + length - from, list)
    }
  }

  async #storeWindow(
    handle: Handle,
    status: NodeStatus,
    extents: readonly PhysicalExtent[],
    start: number,
    lengthBytes: number,
    list: SegmentList,
  ): Promise<void> {
    for (const run of this.#shared.split(extents, status.device, start, lengthBytes)) {
      if (run.archiveOffset >= 0) {
        list.add({ kind: 'data', lengthBytes: run.lengthBytes, archiveOffset: run.archiveOffset })
        this.#counters.sharedBytes += run.lengthBytes
        this.#counters.doneBytes += run.lengthBytes
        continue
      }
      const wholeBytes = run.lengthBytes - (run.lengthBytes % this.#writer.blockBytes)
      if (wholeBytes > 0) {
        let at = run.start
        for (const segment of await this.#appender.append(handle, status, run.start, wholeBytes)) {
          if (segment.kind === 'data') {
            this.#shared.remember(extents, status.device, at, segment.lengthBytes, segment.archiveOffset)
          }
          list.add(segment)
          at += segment.lengthBytes
        }
      }
      if (wholeBytes < run.lengthBytes)
        await this.#pack(handle, run.start + wholeBytes, run.lengthBytes - wholeBytes, list)
    }
  }

  /** Bytes that go into packs. */
  async #pack(handle: Handle, start: number, lengthBytes: number, list: SegmentList): Promise<void> {
    const pieceBytes = this.#options.compress ? COMPRESSED_PIECE_BYTES : PACK_TARGET_BYTES
    const { packs } = this.#writer
    for (let at = start; at < start + lengthBytes; at += pieceBytes) {
      const length = Math.min(pieceBytes, start + lengthBytes - at)
      const space = packs.hasRoom(length) ? packs.space : await packs.reserve(length)
      const count = readUpTo(this.#ports.files, handle, space.buffer, space.at, length, at)
      // The file shrank meanwhile: it keeps its size, as in tar, and the change is reported by the caller.
      if (count < length) space.buffer.fill(0, space.at + count, space.at + length)
      const bytes = space.buffer.subarray(space.at, space.at + length)
      const known = this.#places?.findOrRemember(bytes, packs.nextPlace)
      if (known === undefined) {
        list.add({ kind: 'pack', lengthBytes: length, ...packs.commit(length) })
        this.#counters.packedBytes += length
      } else {
        list.add({ kind: 'pack', lengthBytes: length, ...known })
        this.#counters.duplicateBytes += length
      }
      this.#counters.doneBytes += length
      if (this.#pacer.isDue) await this.#pacer.pause()
    }
  }
}
