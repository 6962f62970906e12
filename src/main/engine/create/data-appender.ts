/** New whole blocks of a file: cloned or copied into the archive's data area, without what is there already and without zeros. */
import type { CopyReason } from '../../../shared/clone-reasons.ts'
import type { CreateOptions } from '../../../shared/jobs.ts'
import { BlockIndexByBytes, BlockIndexByHash } from '../dedup/block-index.ts'
import { type Run, RunFinder } from '../dedup/runs.ts'
import type { Segment } from '../entry.ts'
import { readUpTo } from '../exact-io.ts'
import type { Pacer } from '../pacing.ts'
import type { FileSystem, Handle, NodeStatus } from '../ports.ts'
import type { ArchiveWriter } from './archive-writer.ts'
import type { CloneAttempt } from './clone-attempt.ts'
import type { CreateCounters } from './counters.ts'
import { SegmentList } from './segment-list.ts'

/** Data is read, hashed and compared in pieces of this size. */
const PIECE_BYTES = 1 << 20
/** One clone call at most: the kernel isn't held for long, and cancelling works. */
const MAX_CLONE_BYTES = 64 << 20
/** After a run that wasn't new, the next clone is this short: what is cloned in vain is read in vain. */
const MIN_CLONE_BYTES = 64 << 10

export class DataAppender {
  readonly #files: FileSystem
  readonly #writer: ArchiveWriter
  readonly #counters: CreateCounters
  readonly #pacer: Pacer
  readonly #attempt: CloneAttempt
  readonly #isInstant: boolean
  readonly #finder: RunFinder | undefined
  readonly #piece = Buffer.allocUnsafeSlow(PIECE_BYTES)

  constructor(
    files: FileSystem,
    options: CreateOptions,
    writer: ArchiveWriter,
    counters: CreateCounters,
    pacer: Pacer,
    attempt: CloneAttempt,
  ) {
    this.#files = files
    this.#writer = writer
    this.#counters = counters
    this.#pacer = pacer
    this.#attempt = attempt
    this.#isInstant = options.instant
    if (options.deduplicate && !options.instant) {
      const { blockBytes, sink, readBack } = writer
      const index =
        sink.handle === undefined ? new BlockIndexByHash(blockBytes) : new BlockIndexByBytes(blockBytes, readBack)
      this.#finder = new RunFinder(index, blockBytes)
    }
  }

  /** Stores whole blocks of a file; returns segments that cover them. */
  async append(source: Handle, status: NodeStatus, start: number, lengthBytes: number): Promise<readonly Segment[]> {
    const state = new AppendState(start, lengthBytes)
    let reason = this.#attempt.refusal(status)
    let cloneBytes = MAX_CLONE_BYTES
    while (state.at < state.end) {
      if (reason === undefined) {
        const length = Math.min(cloneBytes, state.end - state.at)
        reason = this.#attempt.clone(source, status, state.at, length, this.#writer.cursor)
        if (reason !== undefined) continue
        if (this.#isInstant) this.#keepUnread(state, length)
        else cloneBytes = await this.#keepCloned(state, length)
      } else this.#copyPiece(source, state, reason)
      if (this.#pacer.isDue) await this.#pacer.pause()
    }
    return state.list.segments
  }

  /** --instant: the clone at the cursor is kept as it is. */
  #keepUnread(state: AppendState, lengthBytes: number): void {
    state.addNew(lengthBytes, this.#writer.commitData(lengthBytes))
    this.#counters.dataBytes += lengthBytes
    this.#counters.clonedBytes += lengthBytes
    this.#counters.doneBytes += lengthBytes
  }

  /**
   * Reads the archive's own copy of what was just cloned to the cursor, which nobody can change any more, and keeps it
   * up to the first run that is there already or zeros. What follows that run is cloned again, to where it then belongs.
   * Returns how long the next clone should be.
   */
  async #keepCloned(state: AppendState, lengthBytes: number): Promise<number> {
    const base = this.#writer.cursor
    for (let scanned = 0; scanned < lengthBytes; ) {
      const piece = this.#piece.subarray(0, Math.min(PIECE_BYTES, lengthBytes - scanned))
      this.#writer.sink.read(piece, piece.length, base + scanned)
      let from = 0
      for (const run of this.#split(piece, state)) {
        if (run.kind !== 'new') {
          this.#addKnown(state, run)
          return run.lengthBytes === piece.length ? PIECE_BYTES : Math.max(MIN_CLONE_BYTES, this.#writer.blockBytes)
        }
        this.#keepNew(state, piece, from, run.lengthBytes)
        this.#counters.clonedBytes += run.lengthBytes
        from += run.lengthBytes
      }
      scanned += piece.length
      if (this.#pacer.isDue) await this.#pacer.pause()
    }
    return Math.min(lengthBytes * 2, MAX_CLONE_BYTES)
  }

  #copyPiece(source: Handle, state: AppendState, reason: CopyReason): void {
    const piece = this.#piece.subarray(0, Math.min(PIECE_BYTES, state.end - state.at))
    const count = readUpTo(this.#files, source, piece, 0, piece.length, state.at)
    // The file shrank meanwhile: it keeps its size, and the change is reported when it is done.
    if (count < piece.length) piece.fill(0, count)
    let from = 0
    for (const run of this.#split(piece, state)) {
      if (run.kind === 'new') {
        this.#writer.sink.write(piece.subarray(from, from + run.lengthBytes), this.#writer.cursor)
        this.#keepNew(state, piece, from, run.lengthBytes)
        this.#counters.addCopied(reason, run.lengthBytes)
      } else this.#addKnown(state, run)
      from += run.lengthBytes
    }
  }

  #split(piece: Buffer, state: AppendState): readonly Run[] {
    if (this.#finder === undefined) return [{ kind: 'new', lengthBytes: piece.length }]
    return this.#finder.split(
      piece,
      state.continuation,
      state.at === state.start && piece.length === state.end - state.start,
    )
  }

  /** New bytes that are at the cursor in the archive, and in `piece` from `from` on. */
  #keepNew(state: AppendState, piece: Uint8Array, from: number, lengthBytes: number): void {
    const archiveOffset = this.#writer.commitData(lengthBytes)
    this.#writer.hashData(piece.subarray(from, from + lengthBytes), archiveOffset)
    this.#finder?.remember(from, lengthBytes, archiveOffset)
    state.addNew(lengthBytes, archiveOffset)
    this.#counters.dataBytes += lengthBytes
    this.#counters.doneBytes += lengthBytes
  }

  #addKnown(state: AppendState, run: Exclude<Run, { kind: 'new' }>): void {
    state.addKnown(run)
    this.#counters.doneBytes += run.lengthBytes
    if (run.kind === 'zero') this.#counters.zeroBytes += run.lengthBytes
    else this.#counters.duplicateBytes += run.lengthBytes
  }
}

/** How far the storing of one range has come. */
class AppendState {
  readonly start: number
  readonly end: number
  at: number
  /** Where the archive would go on if the last run, a duplicate, went on; else -1. */
  continuation = -1
  readonly list = new SegmentList()

  constructor(start: number, lengthBytes: number) {
    this.start = start
    this.at = start
    this.end = start + lengthBytes
  }

  addNew(lengthBytes: number, archiveOffset: number): void {
    this.list.add({ kind: 'data', lengthBytes, archiveOffset })
    this.at += lengthBytes
    this.continuation = -1
  }

  addKnown(run: Exclude<Run, { kind: 'new' }>): void {
    this.at += run.lengthBytes
    if (run.kind === 'zero') {
      this.list.add(run)
      this.continuation = -1
      return
    }
    this.list.add({ kind: 'data', lengthBytes: run.lengthBytes, archiveOffset: run.archiveOffset })
    this.continuation = run.archiveOffset + run.lengthBytes
  }
}
