/** What the parts of one comparison share: the job, the counts, and how differences are told. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import type { CompareJob, CompareOptions, DifferenceKind } from '../../../shared/comparison.ts'
import { errorData, withContext } from '../../../shared/errors.ts'
import { OwnerLookup } from '../owners.ts'
import { Pacer } from '../pacing.ts'
import type { Handle, NodeStatus, Ports } from '../ports.ts'
import type { ArchiveReader } from '../reader.ts'
import { HeldFolders } from './held-folders.ts'

export class Comparison {
  readonly ports: Ports
  readonly reader: ArchiveReader
  readonly options: CompareOptions
  readonly pacer: Pacer
  readonly folders: HeldFolders
  readonly owners: OwnerLookup
  readonly archiveStatus: NodeStatus
  entries = 0
  files = 0
  /** Bytes gone through, and those of them that were compared byte by byte. */
  bytesDone = 0
  comparedBytes = 0
  problems = 0
  unseenAttributes = 0
  readonly counts: { [Kind in DifferenceKind]?: number } = {}
  current: ByteString | undefined
  readonly #job: CompareJob
  readonly #ignored: ReadonlySet<DifferenceKind>

  constructor(ports: Ports, reader: ArchiveReader, options: CompareOptions, root: Handle, job: CompareJob) {
    this.ports = ports
    this.reader = reader
    this.options = options
    this.folders = new HeldFolders(ports.files, root)
    this.owners = new OwnerLookup(ports.accounts, options.numericOwner)
    this.archiveStatus = ports.files.status(reader.handle)
    this.#job = job
    this.#ignored = new Set(options.ignore)
    const isWhole = options.selection.length === 0 && options.exclude.length === 0 && reader.info.complete
    const totals = isWhole ? reader.info.totals : undefined
    this.pacer = new Pacer(ports.clock, job, () => ({
      phase: 'compare',
      bytesDone: this.bytesDone,
      bytesTotal: totals?.logicalBytes,
      filesDone: this.files,
      filesTotal: totals?.files,
      current: this.current === undefined ? undefined : displayName(this.current),
    }))
  }

  get differenceCount(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0)
  }

  /** Whether differences of a kind are wanted, so that looking for them is worth the work. */
  looksFor(kind: DifferenceKind): boolean {
    return !this.#ignored.has(kind)
  }

  /** Tells and counts a difference. */
  differs(path: ByteString, kind: DifferenceKind, message: string): void {
    if (!this.looksFor(kind)) return
    this.counts[kind] = (this.counts[kind] ?? 0) + 1
    this.#job.difference({ path: displayName(path), kind, message })
  }

  /** Tells and counts what kept an entry from being compared. */
  problem(error: unknown, path: ByteString): void {
    this.problems++
    this.#job.problem(errorData(withContext(error, { entry: displayName(path) })))
  }

  /** A name to tell the watcher of. */
  visited(path: ByteString): void {
    this.current = path
    this.#job.entry?.(displayName(path))
  }

  isArchive(status: NodeStatus): boolean {
    return status.inode === this.archiveStatus.inode && status.device === this.archiveStatus.device
  }
}
