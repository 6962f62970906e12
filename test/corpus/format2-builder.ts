/** Builds archives of format 2 section by section, right by default and wrong where told; all hashes fit in any case. */
import { blake3 } from '../../src/main/engine/format/hash.ts'
import { SECTION_HEADER_BYTES, sectionKinds } from '../../src/main/engine/format/section.ts'
import { computeRootHash } from '../../src/main/engine/format/trailer.ts'
import { ByteWriter } from '../../src/main/engine/format/varint.ts'
import { encodeWildDirectory, type WildDirectory, type WildRecord } from './directory-encoder.ts'
import { encodeWildPage, type WildEntry, type WildPage } from './page-encoder.ts'
import { padded, sectionHeader, superblock, type WildHeader, type WildSuperblock } from './wild-structures.ts'

const BLOCK = 4096

export interface WildChunk {
  readonly start: number
  readonly blocks: number
  readonly hash?: Uint8Array
}

/** How a section differs from the right one. */
export interface SectionOptions {
  /** The payload as stored, zstd-encoded. */
  readonly frame?: Uint8Array
  readonly header?: Partial<WildHeader>
  readonly record?: Partial<WildRecord>
  /** Left out of the directory. */
  readonly unlisted?: boolean
  readonly padding?: number
}

export interface FinishOptions {
  readonly dataHashes?: number
  readonly totals?: Partial<Record<string, number>>
  /** Changes the directory before it is written. */
  readonly directory?: (directory: WildDirectory) => WildDirectory
  readonly directoryPayload?: Uint8Array
  /** Changes the encoded directory before it is hashed. */
  readonly editDirectory?: (payload: Uint8Array) => Uint8Array
  readonly directoryFrame?: Uint8Array
  readonly trailer?: {
    readonly directoryBlock?: number
    readonly fileLengthBytes?: number
    readonly rootHash?: Uint8Array
  }
  readonly trailerHeader?: Partial<WildHeader>
}

export class Builder2 {
  readonly blockSize: number
  readonly records: WildRecord[] = []
  readonly dataRuns: WildChunk[] = []
  readonly totals: Record<string, number> = {}
  private readonly superblock: Uint8Array
  private readonly archiveId: Uint8Array
  private readonly pieces: Uint8Array[]
  private lengthBytes: number
  private sequence = 0
  private previousBlock: bigint = 2n ** 64n - 1n
  private ordinal = 0

  constructor(options: Partial<WildSuperblock> = {}) {
    this.superblock = superblock(options)
    this.archiveId = this.superblock.slice(16, 32)
    this.blockSize = options.layoutBlockSize ?? BLOCK
    this.pieces = [padded(this.superblock, this.blockSize)]
    this.lengthBytes = this.blockSize
  }

  /** The block that comes next. */
  get nextBlock(): number {
    return this.lengthBytes / this.blockSize
  }

  /** Ordinal of the next page's first entry. */
  get nextOrdinal(): number {
    return this.ordinal
  }

  bytes(): Uint8Array {
    return Uint8Array.from(Buffer.concat(this.pieces))
  }

  append(bytes: Uint8Array): number {
    const block = this.nextBlock
    const whole = padded(bytes, this.blockSize)
    this.pieces.push(whole)
    this.lengthBytes += whole.length
    return block
  }

  /** Raw data; returns its first block. */
  data(bytes: Uint8Array): number {
    const whole = padded(bytes, this.blockSize)
    const start = this.append(whole)
    this.dataRuns.push({ start, blocks: whole.length / this.blockSize, hash: blake3(whole) })
    this.count('dataBytes', whole.length)
    return start
  }

  /** Returns the section's block. */
  section(kind: number, raw: Uint8Array, options: SectionOptions = {}): number {
    const stored = options.frame ?? raw
    const block = this.nextBlock
    const place = {
      kind,
      encoding: options.frame === undefined ? 0 : 1,
      rawLengthBytes: raw.length,
      storedLengthBytes: stored.length,
      payloadHash: blake3(stored),
    }
    const header = sectionHeader(
      {
        ...place,
        archiveId: this.archiveId,
        sequence: BigInt(this.sequence++),
        previousBlock: this.previousBlock,
        ...options.header,
      },
      block,
    )
    this.previousBlock = BigInt(block)
    const bytes = new Uint8Array(SECTION_HEADER_BYTES + stored.length)
    bytes.set(header)
    bytes.set(stored, SECTION_HEADER_BYTES)
    const whole = padded(bytes, this.blockSize)
    if (options.padding !== undefined) whole.fill(options.padding, bytes.length)
    this.append(whole)
    if (!options.unlisted) this.records.push({ ...place, block, ...options.record })
    return block
  }

  /** Packs are numbered from 0. */
  pack(raw: Uint8Array, options: SectionOptions = {}): void {
    this.section(sectionKinds.pack, raw, options)
    this.count('packRawBytes', raw.length)
    this.count('packStoredBytes', (options.frame ?? raw).length)
  }

  /** Hashes of all data so far that has none, or of what is told. */
  hashes(chunks: readonly WildChunk[] = this.dataRuns.splice(0), options: SectionOptions = {}): void {
    const [first] = chunks
    const last = chunks.at(-1)
    if (first === undefined || last === undefined) return
    const span = { firstBlock: first.start, blocks: last.start + last.blocks - first.start }
    this.section(sectionKinds.hashes, encodeChunks(chunks), { ...options, record: { ...span, ...options.record } })
  }

  page(page: readonly WildEntry[] | WildPage, options: SectionOptions = {}): void {
    const wild: WildPage = 'firstOrdinal' in page ? page : { firstOrdinal: this.ordinal, entries: page }
    for (const entry of wild.entries) this.countEntry(entry)
    const record = { entryCount: wild.entries.length, firstPath: wild.entries[0]?.path ?? '' }
    this.section(sectionKinds.page, encodeWildPage(wild), { ...options, record: { ...record, ...options.record } })
    this.ordinal += wild.entries.length
  }

  /** Directory and trailer. */
  finish(options: FinishOptions = {}): Uint8Array {
    const directory: WildDirectory = {
      dataHashes: options.dataHashes ?? 1,
      creator: 'corpus',
      totals: { ...this.totals, ...options.totals },
      sources: [['btrfs', '1f']],
      records: this.records,
    }
    const encoded =
      options.directoryPayload ?? encodeWildDirectory(options.directory?.(directory) ?? directory, this.blockSize)
    const payload = options.editDirectory?.(encoded) ?? encoded
    const frame = options.directoryFrame
    const block = this.section(sectionKinds.directory, payload, { unlisted: true, ...(frame ? { frame } : {}) })
    const trailer = new Uint8Array(48)
    const view = new DataView(trailer.buffer)
    view.setBigUint64(0, BigInt(options.trailer?.directoryBlock ?? block), true)
    view.setBigUint64(8, BigInt(options.trailer?.fileLengthBytes ?? this.lengthBytes + this.blockSize), true)
    trailer.set(options.trailer?.rootHash ?? computeRootHash(this.superblock, frame ?? payload), 16)
    const header = options.trailerHeader
    this.section(sectionKinds.trailer, trailer, { unlisted: true, ...(header ? { header } : {}) })
    return this.bytes()
  }

  private count(name: string, amount: number): void {
    this.totals[name] = (this.totals[name] ?? 0) + amount
  }

  private countEntry({ kind = 'file', sizeBytes = 0, segments = [] }: WildEntry): void {
    this.count('entries', 1)
    if (kind === 'file') {
      this.count('files', 1)
      this.count('logicalBytes', sizeBytes)
      for (const { code, length } of segments) if (code >= 2) this.count(code === 2 ? 'holeBytes' : 'zeroBytes', length)
    } else if (kind === 'directory') this.count('directories', 1)
    else if (kind === 'symlink') this.count('symlinks', 1)
    else this.count(kind === 'hardlink' ? 'hardLinks' : 'others', 1)
  }
}

function encodeChunks(chunks: readonly WildChunk[]): Uint8Array {
  const writer = new ByteWriter()
  writer.varint(chunks.length)
  let end = 0
  for (const { start, blocks, hash } of chunks) {
    writer.varint(Math.max(0, start - end))
    writer.varint(blocks)
    writer.bytes(hash ?? new Uint8Array(32))
    end = start + blocks
  }
  return writer.view().slice()
}

/** Bytes that differ from one another and from zero, the same for the same seed. */
export function patternBytes(length: number, seed = 1): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => ((i * 31 + (i >> 8) * 7 + seed * 101) % 251) + 1)
}
