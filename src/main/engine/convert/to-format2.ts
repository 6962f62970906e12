/** Writes what an archive of any format holds as format 2: data is cloned block by block, small pieces go into packs. */

import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { type ErrorCode, errorData, withContext } from '../../../shared/errors.ts'
import type { CloneMode } from '../../../shared/jobs.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { ArchiveWriter, type FinishedArchive } from '../create/archive-writer.ts'
import { CreateCounters } from '../create/counters.ts'
import { CLONE_THRESHOLD_BYTES } from '../create/file-parts.ts'
import { SegmentList } from '../create/segment-list.ts'
import type { Sink } from '../create/sink.ts'
import { CREATOR } from '../creator.ts'
import { ContentIndexByBytes } from '../dedup/content-index.ts'
import type { Entry, Segment } from '../entry.ts'
import { PACK_TARGET_BYTES } from '../format/layout.ts'
import { Pacer } from '../pacing.ts'
import type { Ports } from '../ports.ts'
import type { ArchiveReader } from '../reader.ts'
import { DataPlacer } from './data-placer.ts'
import { type CopiedCounts, RangeCopier } from './range-copier.ts'
import { FilePieces, readBytes, requireCovered } from './segment-bytes.ts'
import { entriesInWalkOrder } from './walk-order.ts'

const LONGEST_LINK_CHAIN = 40

const ENTRY_ERRORS: readonly ErrorCode[] = [
  'damaged',
  'incomplete',
  'unsafe-path',
  'limit-exceeded',
  'invalid-argument',
]

export interface Format2Options {
  readonly blockSizeBytes: number
  readonly clone: CloneMode
  readonly compressionLevel: number
  readonly jobs: number
}

export interface WrittenFormat2 extends CopiedCounts {
  readonly finished: FinishedArchive
  readonly entries: number
  readonly files: number
  readonly logicalBytes: number
  readonly packedBytes: number
  readonly problems: number
}

/**
 * Writes the archive into an empty file. Every byte of the source is checked by what hash it has before it gets a new
 * one, and hashes are those of the new archive's own copy. Entries that the source can't give whole go to
 * `job.problem` and are left out. Throws what the target's disk says.
 */
export function writeFormat2(
  ports: Ports,
  reader: ArchiveReader,
  sink: Sink,
  options: Format2Options,
  job: JobContext,
): Promise<WrittenFormat2> {
  return new Format2Conversion(ports, reader, sink, options, job).run()
}

class Format2Conversion {
  readonly #reader: ArchiveReader
  readonly #job: JobContext
  readonly #pacer: Pacer
  readonly #writer: ArchiveWriter
  readonly #copier: RangeCopier
  readonly #counters = new CreateCounters()
  readonly #packed: ContentIndexByBytes
  readonly #data: DataPlacer
  /** Ordinals in the new archive, of files that have one. */
  readonly #ordinals = new Map<number, number>()
  #current: ByteString | undefined

  constructor(ports: Ports, reader: ArchiveReader, sink: Sink, options: Format2Options, job: JobContext) {
    this.#reader = reader
    this.#job = job
    const { totals, complete } = reader.info
    this.#pacer = new Pacer(ports.clock, job, () => ({
      phase: 'convert',
      bytesDone: this.#counters.logicalBytes,
      bytesTotal: complete ? totals.logicalBytes : undefined,
      filesDone: this.#counters.files,
      filesTotal: complete ? totals.files : undefined,
      current: this.#current === undefined ? undefined : displayName(this.#current),
    }))
    this.#writer = new ArchiveWriter(ports, sink, { ...options, hashData: true, creator: CREATOR })
    this.#packed = new ContentIndexByBytes(this.#writer.matchesPacked)
    const alignment = sink.handle === undefined ? 4096 : ports.files.filesystemInfo(sink.handle).blockSizeBytes
    this.#copier = new RangeCopier(reader, sink, options.clone, this.#pacer, alignment)
    this.#data = new DataPlacer(reader, this.#writer, sink, this.#copier, this.#counters, this.#pacer)
  }

  async run(): Promise<WrittenFormat2> {
    for (const entry of entriesInWalkOrder(this.#reader)) {
      this.#current = entry.path
      try {
        await this.#add(entry)
      } catch (error) {
        this.#problem(error, entry)
      }
      if (this.#pacer.isDue) await this.#pacer.pause()
    }
    const finished = await this.#writer.finish(this.#counters.totals(), this.#reader.info.sources)
    this.#pacer.finish()
    const { entries, files, logicalBytes, packedBytes, problems } = this.#counters
    return { ...this.#copier.counts, finished, entries, files, logicalBytes, packedBytes, problems }
  }

  async #add(entry: Entry): Promise<void> {
    const { ordinal, ...stored } = this.#unlinked(entry)
    const hardLinkOrdinal =
      entry.hardLinkOrdinal === undefined ? undefined : this.#ordinals.get(this.#targetOf(entry).ordinal)
    const isLink = entry.kind === 'hardlink' && hardLinkOrdinal !== undefined
    const kept = isLink ? { ...entry, hardLinkOrdinal } : { ...stored, path: entry.path }
    if (this.#writer.isCheckpointDue) await this.#writer.endPage()
    const segments = kept.kind === 'file' ? await this.#store(kept) : []
    if (this.#writer.pageIsFull(segments.length)) await this.#writer.endPage()
    const converted = { ...kept, segments }
    const added = this.#writer.addEntry(converted)
    if (kept.kind === 'file' || kept.kind === 'symlink') this.#ordinals.set(ordinal, added)
    this.#counters.addEntry(converted)
    this.#job.entry?.(displayName(entry.path))
  }

  /** A hard link to what doesn't come before it in walk order becomes the file itself. */
  #unlinked(entry: Entry): Entry {
    return entry.kind === 'hardlink' ? this.#targetOf(entry) : entry
  }

  #targetOf(entry: Entry): Entry {
    let target = entry
    for (let steps = 0; target.kind === 'hardlink' && steps < LONGEST_LINK_CHAIN; steps++) {
      if (target.hardLinkOrdinal === undefined) break
      target = this.#reader.entryAt(target.hardLinkOrdinal)
    }
    return target
  }

  async #store(file: Omit<Entry, 'ordinal'>): Promise<readonly Segment[]> {
    const list = new SegmentList()
    requireCovered(file)
    this.#writer.beginFile()
    const pieces = new FilePieces(file.segments)
    if (file.sizeBytes >= CLONE_THRESHOLD_BYTES) await this.#data.placeStretches(file.segments)
    let start = 0
    for (const segment of file.segments) {
      const { lengthBytes } = segment
      if (segment.kind === 'hole' || segment.kind === 'zero') {
        list.add(segment)
      } else if (segment.kind === 'data' && file.sizeBytes >= CLONE_THRESHOLD_BYTES) {
        const whole = lengthBytes - (lengthBytes % this.#writer.blockBytes)
        await this.#data.place(segment.archiveOffset, whole, list)
        await this.#pack(pieces, start + whole, lengthBytes - whole, list)
      } else await this.#pack(pieces, start, lengthBytes, list)
      start += lengthBytes
      this.#writer.writeFinished()
    }
    return list.segments
  }

  async #pack(pieces: FilePieces, start: number, lengthBytes: number, list: SegmentList): Promise<void> {
    const { packs } = this.#writer
    for (let done = 0; done < lengthBytes; done += PACK_TARGET_BYTES) {
      const length = Math.min(PACK_TARGET_BYTES, lengthBytes - done)
      if (!packs.hasRoom(length)) await packs.makeRoom()
      const { buffer, at } = packs.space
      await readBytes(this.#reader, pieces, start + done, buffer.subarray(at, at + length))
      const known = this.#packed.findOrRemember(buffer, at, length, packs.nextPlace)
      list.add({ kind: 'pack', lengthBytes: length, ...(known ?? packs.commit(length)) })
      if (known === undefined) this.#counters.packedBytes += length
      else this.#counters.duplicateBytes += length
    }
  }

  /** What the source can't give or format 2 can't hold is a problem of the entry; anything else ends the job. */
  #problem(error: unknown, entry: Entry): void {
    const known = withContext(error, { entry: displayName(entry.path) })
    if (!ENTRY_ERRORS.includes(known.code)) throw known
    this.#counters.problems++
    this.#job.problem(errorData(known))
  }
}
