/** Format 1 behind the one interface for reading archives. */
import type { ArchiveInfo, VerifyReport } from '../../../../shared/archive-info.ts'
import type { ByteString } from '../../../../shared/byte-string.ts'
import { ReftarError } from '../../../../shared/errors.ts'
import type { JobContext } from '../../../../shared/progress.ts'
import { type Entry, impliedFolder } from '../../entry.ts'
import { closeQuietly } from '../../exact-io.ts'
import { ARCHIVE_HEADER_BYTES, decodeArchiveHeader } from '../../format1/archive-header.ts'
import { checkTotals, defaultLimits, type ReadLimits } from '../../limits.ts'
import type { Handle } from '../../ports.ts'
import type { ArchiveReader } from '../../reader.ts'
import { type ReaderPorts, readExactly } from '../archive-file.ts'
import { ExtentData } from './data.ts'
import { EntrySource } from './entries.ts'
import type { ArchiveIndex } from './index.ts'
import { PathOrder } from './order.ts'
import { type ScannedArchive, scanArchive } from './scan.ts'
import { verifyArchive1 } from './verify.ts'

/**
 * Opens a format 1 archive of `fileBytes` bytes and indexes it, reading headers only; the reader owns the handle from
 * then on. Throws `damaged` for a header that is none, `limit-exceeded` for what passes `limits`; whatever is wrong
 * behind it shows in `info` and in verify().
 */
export function openArchive1(
  ports: ReaderPorts,
  handle: Handle,
  fileBytes: number,
  limits: ReadLimits = defaultLimits,
): ArchiveReader {
  const head = new Uint8Array(Math.min(ARCHIVE_HEADER_BYTES, fileBytes))
  readExactly(ports, handle, head, 0, head.length)
  const blockBytes = decodeArchiveHeader(head)
  const scanned = scanArchive(ports.files, handle, fileBytes, blockBytes, limits)
  const reader = new Reader1(ports, handle, fileBytes, scanned, limits)
  checkTotals(limits, reader.info.totals.entries, reader.info.totals.logicalBytes)
  return reader
}

class Reader1 implements ArchiveReader {
  readonly info: ArchiveInfo
  readonly limits: ReadLimits
  readonly handle: Handle
  readonly canCheckData = true
  readonly #ports: ReaderPorts
  readonly #index: ArchiveIndex
  readonly #source: EntrySource
  readonly #data: ExtentData
  #order: PathOrder | undefined

  constructor(ports: ReaderPorts, handle: Handle, fileBytes: number, scanned: ScannedArchive, limits: ReadLimits) {
    const { index, complete, notices } = scanned
    this.#ports = ports
    this.limits = limits
    this.handle = handle
    this.#index = index
    this.#source = new EntrySource(ports.files, handle, fileBytes, index, (path) => this.#paths.find(path))
    this.#data = new ExtentData(ports, handle, index.extents, fileBytes)
    this.info = {
      format: 1,
      archiveId: undefined,
      blockSizeBytes: index.blockBytes,
      fileSizeBytes: fileBytes,
      createdAt: undefined,
      creator: undefined,
      totals: index.totals(),
      sources: index.sources,
      dataHashes: 'weak',
      rootHash: undefined,
      complete,
      notices,
    }
  }

  *entries(fromOrdinal = 0): Iterable<Entry> {
    for (let ordinal = fromOrdinal; ordinal < this.#index.length; ordinal++) {
      if (this.#index.isListed(ordinal)) yield this.#source.entry(ordinal)
    }
  }

  entryAt(ordinal: number): Entry {
    if (ordinal < this.#index.length) return this.#source.entry(ordinal)
    const path = this.#paths.pathOf(ordinal)
    if (path === '') throw new ReftarError('internal', `there is no entry ${ordinal}`)
    return impliedFolder(ordinal, path)
  }

  find(path: ByteString): Entry | undefined {
    const number = this.#paths.find(path)
    return number < 0 ? undefined : this.entryAt(number)
  }

  children(folder: ByteString, after: ByteString | undefined, limit: number): Entry[] {
    return this.#paths.children(folder, after, limit).map((number) => this.entryAt(number))
  }

  /** In walk order; folders without an entry are left out, since there is nothing to restore of them. */
  *subtree(path: ByteString): Iterable<Entry> {
    if (path === '') {
      yield* this.entries()
      return
    }
    for (const number of this.#paths.subtree(path)) {
      if (number < this.#index.length) yield this.#source.entry(number)
    }
  }

  *walk(folder: ByteString): Iterable<Entry> {
    for (const number of this.#paths.subtree(folder)) {
      const entry = this.entryAt(number)
      if (entry.path !== folder) yield entry
    }
  }

  loadPack(): Promise<Uint8Array> {
    return Promise.reject(new ReftarError('internal', 'format 1 has no packs'))
  }

  prefetchPack(): void {}

  readData(archiveOffset: number, lengthBytes: number, buffer: Uint8Array): void {
    this.#data.read(archiveOffset, lengthBytes, buffer)
  }

  checkData(archiveOffset: number, lengthBytes: number): void {
    this.#data.checkRange(archiveOffset, lengthBytes)
  }

  checkedEnd(archiveOffset: number): number | undefined {
    return this.#data.checkedEnd(archiveOffset)
  }

  verify(job: JobContext): Promise<VerifyReport> {
    return verifyArchive1(this.#ports.clock, this.#index, this.#data, this.info.complete, job)
  }

  close(): void {
    closeQuietly(this.#ports.files, this.handle)
  }

  get #paths(): PathOrder {
    this.#order ??= new PathOrder(this.#index)
    return this.#order
  }
}
