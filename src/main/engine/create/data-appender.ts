/** New whole blocks of a file: cloned or copied into the archive's data area, without what is there already and without zeros. */
import type { CopyReason } from '../../../shared/clone-reasons.ts'
import { type BlockIndex, BlockIndexByBytes, BlockIndexByHash } from '../dedup/block-index.ts'
import { type Run, RunFinder } from '../dedup/runs.ts'
import type { Segment } from '../entry.ts'
import { readUpTo } from '../exact-io.ts'
import type { Pacer } from '../pacing.ts'
import type { FileSystem, Handle, NodeStatus } from '../ports.ts'
import type { ArchiveWriter } from './archive-writer.ts'
import type { CreateCounters } from './counters.ts'
import { SegmentList } from './segment-list.ts'

/** Data is read, hashed and compared in pieces of this size. */
const PIECE_BYTES = 1 << 20
/** New runs of a snapshot are cloned into the archive in one call up to this length. */
const MAX_CLONE_BYTES = 64 << 20

/** Where whole blocks can be read. */
export interface DataSource {
  readonly handle: Handle
  readonly offset: number
  readonly lengthBytes: number
  /** Undefined: they are cloned from the handle, which nobody else can write. Else why they are copied. */
  readonly copyReason: CopyReason | undefined
  /** The file that these blocks were cloned from, to be read as long as it is found unchanged after reading. */
  readonly original: OriginalFile | undefined
}

interface OriginalFile {
  readonly handle: Handle
  /** Before it was cloned. */
  readonly status: NodeStatus
  /** Where in it the source begins. */
  readonly offset: number
  isUnchanged: boolean
}

export class DataAppender {
  readonly #files: FileSystem
  readonly #writer: ArchiveWriter
  readonly #counters: CreateCounters
  readonly #pacer: Pacer
  readonly #finder: RunFinder | undefined
  readonly #piece = Buffer.allocUnsafeSlow(PIECE_BYTES)
  /** Data that was given its place in the archive but isn't cloned there yet. */
  #uncloned = { source: 0 as Handle, sourceOffset: 0, archiveOffset: 0, lengthBytes: 0 }

  constructor(files: FileSystem, writer: ArchiveWriter, counters: CreateCounters, pacer: Pacer, deduplicate: boolean) {
    this.#files = files
    this.#writer = writer
    this.#counters = counters
    this.#pacer = pacer
    this.#finder = deduplicate ? new RunFinder(this.#makeIndex(), writer.blockBytes) : undefined
  }

  #makeIndex(): BlockIndex {
    const { blockBytes, sink, readBack } = this.#writer
    if (sink.handle === undefined) return new BlockIndexByHash(blockBytes)
    return new BlockIndexByBytes(blockBytes, (archiveOffset, buffer, length) => {
      if (archiveOffset + length > this.#uncloned.archiveOffset) this.#flushClone()
      return readBack(archiveOffset, buffer, length)
    })
  }

  /** --instant: clones blocks at `start` of the source's handle to the cursor and keeps them unread. */
  appendUnread({ handle }: DataSource, start: number, lengthBytes: number): Segment {
    this.#writer.sink.clone(handle, start, lengthBytes, this.#writer.cursor)
    this.#counters.dataBytes += lengthBytes
    this.#counters.clonedBytes += lengthBytes
    this.#counters.doneBytes += lengthBytes
    return { kind: 'data', lengthBytes, archiveOffset: this.#writer.commitData(lengthBytes) }
  }

  /** Reads, deduplicates, hashes and stores blocks at `start` of the source's handle; returns segments that cover them. */
  async append(source: DataSource, start: number, lengthBytes: number): Promise<readonly Segment[]> {
    const list = new SegmentList()
    let continuation = -1
    for (let done = 0; done < lengthBytes; ) {
      const piece = this.#piece.subarray(0, Math.min(PIECE_BYTES, lengthBytes - done))
      this.#read(source, start + done, piece)
      let from = 0
      for (const run of this.#split(piece, continuation, piece.length === lengthBytes)) {
        continuation = -1
        if (run.kind === 'new') {
          const archiveOffset = this.#store(source, start + done + from, piece.subarray(from, from + run.lengthBytes))
          this.#finder?.remember(from, run.lengthBytes, archiveOffset)
          list.add({ kind: 'data', lengthBytes: run.lengthBytes, archiveOffset })
        } else if (run.kind === 'zero') list.add(run)
        else {
          this.#counters.duplicateBytes += run.lengthBytes
          list.add({ kind: 'data', lengthBytes: run.lengthBytes, archiveOffset: run.archiveOffset })
          continuation = run.archiveOffset + run.lengthBytes
        }
        from += run.lengthBytes
        this.#counters.doneBytes += run.lengthBytes
      }
      done += piece.length
      if (this.#pacer.isDue) await this.#pacer.pause()
    }
    this.#flushClone()
    return list.segments
  }

  #read({ handle, offset, original }: DataSource, at: number, piece: Buffer): void {
    if (original?.isUnchanged === true) {
      const count = readUpTo(this.#files, original.handle, piece, 0, piece.length, original.offset + (at - offset))
      original.isUnchanged = count === piece.length && this.#files.isUnchanged(original.handle, original.status)
      if (original.isUnchanged) return
    }
    const count = readUpTo(this.#files, handle, piece, 0, piece.length, at)
    // The file shrank meanwhile: it keeps its size, as in tar, and the change is reported by the caller.
    if (count < piece.length) piece.fill(0, count)
  }

  #split(piece: Buffer, continuation: number, isWhole: boolean): readonly Run[] {
    if (this.#finder === undefined) return [{ kind: 'new', lengthBytes: piece.length }]
    return this.#finder.split(piece, continuation, isWhole)
  }

  /** New blocks, which are at `sourceOffset` of the source's handle. Returns their place in the archive. */
  #store({ handle, copyReason }: DataSource, sourceOffset: number, bytes: Uint8Array): number {
    if (copyReason !== undefined) this.#writer.sink.write(bytes, this.#writer.cursor)
    const archiveOffset = this.#writer.commitData(bytes.length)
    if (copyReason === undefined) this.#cloneLater(handle, sourceOffset, archiveOffset, bytes.length)
    else this.#counters.addCopied(copyReason, bytes.length)
    this.#writer.hashData(bytes, archiveOffset)
    this.#counters.dataBytes += bytes.length
    return archiveOffset
  }

  /** Joins adjoining runs, so that a large file takes few calls and few extents. */
  #cloneLater(source: Handle, sourceOffset: number, archiveOffset: number, lengthBytes: number): void {
    const last = this.#uncloned
    const adjoins =
      last.source === source &&
      last.sourceOffset + last.lengthBytes === sourceOffset &&
      last.archiveOffset + last.lengthBytes === archiveOffset
    if (last.lengthBytes > 0 && adjoins && last.lengthBytes + lengthBytes <= MAX_CLONE_BYTES) {
      last.lengthBytes += lengthBytes
      return
    }
    this.#flushClone()
    this.#uncloned = { source, sourceOffset, archiveOffset, lengthBytes }
  }

  #flushClone(): void {
    const { source, sourceOffset, archiveOffset, lengthBytes } = this.#uncloned
    if (lengthBytes === 0) return
    this.#uncloned.lengthBytes = 0
    this.#writer.sink.clone(source, sourceOffset, lengthBytes, archiveOffset)
    this.#counters.clonedBytes += lengthBytes
  }
}
