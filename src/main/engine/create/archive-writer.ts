/**
 * Builds an archive from front to back: data is appended at the cursor, packs and pages go between, and whatever a
 * page refers to is in the archive before the page is. The caller decides what goes in; this keeps the order right.
 */
import type { ArchiveTotals, SourceFilesystem } from '../../../shared/archive-info.ts'
import type { ContentPlace } from '../dedup/content-index.ts'
import { encodeDirectory, type PackRecord } from '../format/directory.ts'
import { toHex } from '../format/hash.ts'
import type { Chunk } from '../format/hashes.ts'
import { ARCHIVE_ID_BYTES } from '../format/layout.ts'
import { type NewEntry, PageBuilder } from '../format/page.ts'
import { sectionKinds } from '../format/section.ts'
import { encodeSuperblock } from '../format/superblock.ts'
import type { Ports } from '../ports.ts'
import { ChunkHasher } from './chunk-hasher.ts'
import { DataRegions } from './data-regions.ts'
import { PackReadBack } from './pack-read-back.ts'
import { PackWriter } from './pack-writer.ts'
import { compressPayload, type Payload, SectionWriter } from './section-writer.ts'
import type { Sink } from './sink.ts'

/** Pages and directories compress fast at any level; this one is a good trade for listings. */
const INDEX_LEVEL = 3
/**
 * A checkpoint after this many bytes of data and packs even when the page isn't full, since what comes behind the last
 * one is lost with an interruption. In a large archive after a thousandth of it: the directory lists three sections each.
 */
const CHECKPOINT_BYTES = 32 << 20
const CHECKPOINTS_OF_LARGE = 1024

/** Contents below this size aren't worth reading a pack back for. */
const READ_BACK_BYTES = 512

export interface ArchiveWriterOptions {
  readonly blockSizeBytes: number
  readonly compressionLevel: number
  readonly jobs: number
  /** False under --instant: data isn't hashed. */
  readonly hashData: boolean
  readonly creator: string
}

export interface FinishedArchive {
  /** In hex. */
  readonly rootHash: string
  readonly lengthBytes: number
  readonly packStoredBytes: number
}

/** A page that is complete, and waits for the packs that it refers to. */
interface SealedPage {
  readonly page: PageBuilder
  readonly payload: Promise<Payload>
  /** Of the data appended since the page before. */
  readonly chunks: readonly Chunk[]
  readonly firstOrdinal: number
  readonly lastPack: number
  /** Undefined until it is compressed. */
  finished: Payload | undefined
}

/** Pages held back at most while their compression lags behind. */
const MAX_SEALED_PAGES = 16

export class ArchiveWriter {
  readonly packs: PackWriter
  readonly sink: Sink
  readonly blockBytes: number
  readonly #ports: Ports
  readonly #options: ArchiveWriterOptions
  readonly #superblock: Uint8Array
  readonly #sections: SectionWriter
  readonly #chunks = new ChunkHasher()
  readonly #regions = new DataRegions()
  readonly #packRecords: PackRecord[] = []
  readonly #packReadBack: PackReadBack
  readonly #sealed: SealedPage[] = []
  #page: PageBuilder
  #cursor: number
  #entries = 0
  #checkpointAt = CHECKPOINT_BYTES

  constructor(ports: Ports, sink: Sink, options: ArchiveWriterOptions) {
    this.#ports = ports
    this.sink = sink
    this.#options = options
    this.blockBytes = options.blockSizeBytes
    const archiveId = ports.randomBytes(ARCHIVE_ID_BYTES)
    this.#superblock = encodeSuperblock({
      blockSizeBytes: this.blockBytes,
      archiveId,
      requiredFeatures: 0n,
      optionalFeatures: 0n,
      createdAt: ports.clock.wallTime(),
    })
    this.#sections = new SectionWriter(sink, archiveId, this.blockBytes)
    this.packs = new PackWriter(ports.compressor, options.compressionLevel, options.jobs, (payload) =>
      this.#writePack(payload),
    )
    this.#packReadBack = new PackReadBack(sink, ports.compressor, this.blockBytes)
    this.#page = new PageBuilder(this.blockBytes, 0)
    const first = Buffer.alloc(this.blockBytes)
    first.set(this.#superblock)
    sink.write(first, 0)
    this.#cursor = this.blockBytes
  }

  /** Where the next data goes: a whole number of blocks. */
  get cursor(): number {
    return this.#cursor
  }

  /** Entries so far: the ordinal of the next one. */
  get entryCount(): number {
    return this.#entries
  }

  /** Keeps data that is in the sink at the cursor already, or about to be (whole blocks). Returns its archive offset. */
  commitData(lengthBytes: number): number {
    const offset = this.#cursor
    this.#regions.append(offset, lengthBytes)
    this.#cursor += lengthBytes
    return offset
  }

  /** The bytes of data just committed, in order, for its hashes. */
  hashData(bytes: Uint8Array, archiveOffset: number): void {
    if (this.#options.hashData) this.#chunks.append(bytes, archiveOffset)
  }

  /** BlockIndex.ReadBack: committed data only. */
  readonly readBack = (archiveOffset: number, buffer: Uint8Array, lengthBytes: number): boolean => {
    if (!this.#regions.contains(archiveOffset, lengthBytes)) return false
    this.sink.read(buffer, lengthBytes, archiveOffset)
    return true
  }

  /** Whether these bytes were packed at a place; false also when reading them back would cost too much. */
  readonly matchesPacked = (bytes: Buffer, { pack, packOffset }: ContentPlace): boolean => {
    const unwritten = this.packs.unwritten(pack)
    if (unwritten === undefined && bytes.length < READ_BACK_BYTES) return false
    const raw = unwritten ?? this.#packReadBack.read(this.#packRecords, pack)
    if (raw === undefined || !bytes.equals(raw.subarray(packOffset, packOffset + bytes.length))) return false
    if (unwritten === undefined) this.#packReadBack.matched(bytes.length)
    return true
  }

  /** Adds the next entry in walk order. Returns its ordinal. */
  addEntry(entry: NewEntry): number {
    this.#page.add(entry)
    this.#entries += 1
    return this.#entries - 1
  }

  /** What is hashed next is another file's data. */
  beginFile(): void {
    this.#chunks.end()
  }

  /** Whether endPage() must come before an entry with this many segments. */
  pageIsFull(segmentCount: number): boolean {
    return this.#page.isFull || !this.#page.hasRoomFor(segmentCount)
  }

  /** Whether endPage() should come before the next entry, so that an interruption costs little. */
  get isCheckpointDue(): boolean {
    return this.#cursor >= this.#checkpointAt
  }

  /** Ends the page. It is written once everything that it refers to is, without waiting for that unless it takes long. */
  async endPage(): Promise<void> {
    if (this.isCheckpointDue) {
      // The page would have to wait until the open pack is full.
      await this.packs.makeRoom()
      this.#checkpointAt = this.#cursor + Math.max(CHECKPOINT_BYTES, this.#cursor / CHECKPOINTS_OF_LARGE)
    }
    this.#sealPage()
    this.writeFinished()
    while (this.#canWritePage() && this.#sealed.length > MAX_SEALED_PAGES) await this.#writeSealedPage()
  }

  /** Writes packs and pages that are held back, as far as they are compressed: asked for within large files too. */
  writeFinished(): void {
    this.packs.emitFinished()
    for (let first = this.#sealed[0]; first?.finished !== undefined && this.#canWritePage(); first = this.#sealed[0]) {
      this.#writeFirstPage(first, first.finished)
    }
  }

  /** Writes everything held back: all entries so far can be recovered after this. */
  async flush(): Promise<void> {
    this.#sealPage()
    await this.packs.flush()
    while (this.#sealed.length > 0) await this.#writeSealedPage()
  }

  /** Ends the archive; `totals` without those of packs, which are counted here. */
  async finish(totals: ArchiveTotals, sources: readonly SourceFilesystem[]): Promise<FinishedArchive> {
    await this.flush()
    let packRawBytes = 0
    let packStoredBytes = 0
    for (const record of this.#packRecords) {
      packRawBytes += record.rawLengthBytes
      packStoredBytes += record.storedLengthBytes
    }
    const directory = encodeDirectory(
      {
        creator: this.#options.creator,
        dataHashes: this.#options.hashData ? 'complete' : 'absent',
        totals: { ...totals, packRawBytes, packStoredBytes },
        sources,
        sections: this.#sections.records,
      },
      this.blockBytes,
    )
    const payload = await compressPayload(this.#ports.compressor, directory, INDEX_LEVEL)
    const { rootHash, lengthBytes } = this.#sections.close(this.#superblock, payload, this.#cursor)
    return { rootHash: toHex(rootHash), lengthBytes, packStoredBytes }
  }

  #sealPage(): void {
    const page = this.#page
    const chunks = this.#chunks.take()
    if (page.entryCount === 0 && chunks.length === 0) return
    const sealed: SealedPage = {
      page,
      payload: compressPayload(this.#ports.compressor, page.finish(), INDEX_LEVEL),
      chunks,
      firstOrdinal: this.#entries - page.entryCount,
      lastPack: this.packs.lastPack,
      finished: undefined,
    }
    // Awaited when it is written; a failure before that must not count as unhandled.
    sealed.payload.then(
      (finished) => {
        sealed.finished = finished
      },
      () => undefined,
    )
    this.#sealed.push(sealed)
    this.#page = new PageBuilder(this.blockBytes, this.#entries)
  }

  #canWritePage(): boolean {
    const first = this.#sealed[0]
    return first !== undefined && this.#packRecords.length > first.lastPack
  }

  async #writeSealedPage(): Promise<void> {
    const first = this.#sealed[0]
    if (first !== undefined) this.#writeFirstPage(first, await first.payload)
  }

  /** Hashes of the data that came with a page, then the page. */
  #writeFirstPage(sealed: SealedPage, payload: Payload): void {
    this.#sealed.shift()
    this.#cursor = this.#sections.writeHashes(sealed.chunks, this.#cursor)
    if (sealed.page.entryCount === 0) return
    this.#sections.records.push({
      ...this.#place(sectionKinds.page, payload),
      kind: sectionKinds.page,
      firstOrdinal: sealed.firstOrdinal,
      entryCount: sealed.page.entryCount,
      firstPath: sealed.page.firstPath,
    })
  }

  #writePack(payload: Payload): void {
    const record: PackRecord = { ...this.#place(sectionKinds.pack, payload), kind: sectionKinds.pack }
    this.#sections.records.push(record)
    this.#packRecords.push(record)
  }

  #place(kind: number, payload: Payload): ReturnType<SectionWriter['write']> {
    const written = this.#sections.write(kind, payload, this.#cursor)
    this.#cursor = this.#sections.endOf(written)
    return written
  }
}
