/** Format 2 behind the one interface for reading archives. */
import type { ArchiveInfo, VerifyReport } from '../../../shared/archive-info.ts'
import type { ByteString } from '../../../shared/byte-string.ts'
import { comparePaths } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import type { JobContext } from '../../../shared/progress.ts'
import type { Entry } from '../entry.ts'
import { closeQuietly } from '../exact-io.ts'
import type { HashesRecord, PackRecord, PageRecord } from '../format/directory.ts'
import { toHex } from '../format/hash.ts'
import { sectionKinds } from '../format/section.ts'
import { decodeSuperblock, SUPERBLOCK_BYTES, type Superblock } from '../format/superblock.ts'
import { checkTotals, defaultLimits, noLimits, type ReadLimits } from '../limits.ts'
import type { Handle } from '../ports.ts'
import type { ArchiveReader } from '../reader.ts'
import { ArchiveFile, type ReaderPorts, readExactly } from './archive-file.ts'
import { DataHashes } from './data-hashes.ts'
import { DataReader } from './data-reader.ts'
import { Listing } from './listing.ts'
import { type Located, locate } from './locate.ts'
import { PackCache } from './pack-cache.ts'
import { PageCache } from './page-cache.ts'
import { verifyArchive } from './verify.ts'

/** An open format 2 archive in parts, for what goes deeper than ArchiveReader: verifying and sealing. */
export interface OpenArchive {
  readonly file: ArchiveFile
  readonly superblock: Superblock
  /** The 128 bytes that the root hash begins with. */
  readonly superblockBytes: Uint8Array
  readonly located: Located
  readonly pages: PageCache
  readonly packs: PackCache
  readonly hashes: DataHashes
}

/**
 * Opens a format 2 archive of `fileSizeBytes` bytes. Reads superblock, trailer and directory only, unless the archive
 * has to be recovered. Throws `not-an-archive`, `unsupported-version` or `damaged`; entries beyond `limits` are refused
 * when their page is read.
 */
export function openParts(
  ports: ReaderPorts,
  handle: Handle,
  fileSizeBytes: number,
  limits: ReadLimits = noLimits,
): OpenArchive {
  const superblockBytes = new Uint8Array(Math.min(SUPERBLOCK_BYTES, fileSizeBytes))
  readExactly(ports, handle, superblockBytes, 0, superblockBytes.length)
  const superblock = decodeSuperblock(superblockBytes)
  const file = new ArchiveFile(ports, handle, fileSizeBytes, superblock.blockSizeBytes)
  const located = locate(file, superblock, superblockBytes, limits)
  const pages: PageRecord[] = []
  const packs: PackRecord[] = []
  const hashes: HashesRecord[] = []
  for (const section of located.directory.sections) {
    if (section.kind === sectionKinds.page) pages.push(section)
    else if (section.kind === sectionKinds.pack) packs.push(section)
    else if (section.kind === sectionKinds.hashes) hashes.push(section)
  }
  requireOrder(pages, superblock.blockSizeBytes)
  return {
    file,
    superblock,
    superblockBytes,
    located,
    pages: new PageCache(file, pages, limits),
    packs: new PackCache(file, packs),
    hashes: new DataHashes(file, hashes),
  }
}

function requireOrder(pages: readonly PageRecord[], blockSizeBytes: number): void {
  let previous: PageRecord | undefined
  for (const page of pages) {
    if (previous !== undefined && comparePaths(previous.firstPath, page.firstPath) >= 0) {
      throw new ReftarError('damaged', 'two pages are out of order', { offsetBytes: page.block * blockSizeBytes })
    }
    previous = page
  }
}

/** A reader for a format 2 archive; it owns the handle from then on. Errors as for openParts, and `limit-exceeded`. */
export function openArchive2(
  ports: ReaderPorts,
  handle: Handle,
  fileSizeBytes: number,
  limits: ReadLimits = defaultLimits,
): ArchiveReader {
  const archive = openParts(ports, handle, fileSizeBytes, limits)
  checkTotals(limits, archive.pages.entryCount, archive.located.directory.totals.logicalBytes)
  return new Reader2(archive, limits)
}

class Reader2 implements ArchiveReader {
  readonly info: ArchiveInfo
  readonly limits: ReadLimits
  readonly handle: Handle
  readonly canCheckData: boolean
  private readonly archive: OpenArchive
  private readonly listing: Listing
  private readonly data: DataReader

  constructor(archive: OpenArchive, limits: ReadLimits) {
    const { file, superblock, located, hashes } = archive
    const { directory } = located
    this.archive = archive
    this.limits = limits
    this.handle = file.handle
    this.canCheckData = directory.dataHashes === 'complete'
    this.listing = new Listing(archive.pages)
    this.data = new DataReader(file, hashes, located.dataEndBlock * file.blockSizeBytes, this.canCheckData)
    this.info = {
      format: 2,
      archiveId: toHex(superblock.archiveId),
      blockSizeBytes: superblock.blockSizeBytes,
      fileSizeBytes: file.sizeBytes,
      createdAt: superblock.createdAt,
      creator: directory.creator === '' ? undefined : directory.creator,
      totals: directory.totals,
      sources: directory.sources,
      dataHashes: directory.dataHashes,
      rootHash: located.rootHash === undefined ? undefined : toHex(located.rootHash),
      complete: located.complete,
      notices: located.notices,
    }
  }

  entries(fromOrdinal = 0): Iterable<Entry> {
    return this.listing.entries(fromOrdinal)
  }

  entryAt(ordinal: number): Entry {
    return this.listing.entryAt(ordinal)
  }

  find(path: ByteString): Entry | undefined {
    return this.listing.find(path)
  }

  children(folder: ByteString, after: ByteString | undefined, limit: number): Entry[] {
    return this.listing.children(folder, after, limit)
  }

  subtree(path: ByteString): Iterable<Entry> {
    return this.listing.subtree(path)
  }

  walk(folder: ByteString): Iterable<Entry> {
    return this.listing.walk(folder)
  }

  loadPack(pack: number): Promise<Uint8Array> {
    return this.archive.packs.load(pack)
  }

  prefetchPack(pack: number): void {
    this.archive.packs.prefetch(pack)
  }

  readData(archiveOffset: number, lengthBytes: number, buffer: Uint8Array): void {
    this.data.read(archiveOffset, lengthBytes, buffer)
  }

  checkData(archiveOffset: number, lengthBytes: number): void {
    this.data.check(archiveOffset, lengthBytes)
  }

  checkedEnd(archiveOffset: number): number | undefined {
    return this.data.checkedEnd(archiveOffset)
  }

  verify(job: JobContext): Promise<VerifyReport> {
    return verifyArchive(this.archive, job)
  }

  close(): void {
    closeQuietly(this.archive.file.ports.files, this.handle)
  }
}
