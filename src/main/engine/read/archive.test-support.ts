/** Archives in memory for unit tests of reading: made with the format's own encoders, read through a fake of the ports. */
import type { ByteString } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import {
  encodeDirectory,
  type HashesRecord,
  type PackRecord,
  type PageRecord,
  type SectionRecord,
} from '../format/directory.ts'
import { plainEntry } from '../format/format.test-support.ts'
import { blake3 } from '../format/hash.ts'
import { type Chunk, encodeHashes } from '../format/hashes.ts'
import { type NewEntry, PageBuilder } from '../format/page.ts'
import {
  encodeSectionHeader,
  SECTION_HEADER_BYTES,
  sectionEncodings,
  sectionKinds,
  sectionLengthBlocks,
} from '../format/section.ts'
import { encodeSuperblock } from '../format/superblock.ts'
import { computeRootHash, encodeTrailer } from '../format/trailer.ts'
import type { Handle } from '../ports.ts'
import type { ArchiveReader } from '../reader.ts'
import type { ReaderPorts } from './archive-file.ts'
import { openArchive2 } from './reader2.ts'
import { TotalsCounter } from './totals.ts'

export const BLOCK = 4096
const archiveId = Uint8Array.from({ length: 16 }, (_, i) => i + 1)

/** A frame is the raw bytes behind one byte: what zstd does is not tested here. Zero bytes count as holes, block by block. */
function memoryPorts(archive: Uint8Array): ReaderPorts {
  const decompressSync = (frame: Uint8Array, rawLengthBytes: number): Uint8Array => {
    const raw = frame.slice(1)
    if (raw.length !== rawLengthBytes) throw new ReftarError('damaged', 'ends too early')
    return raw
  }
  return {
    files: {
      read(_handle, buffer, bufferOffset, length, position) {
        const piece = archive.subarray(position ?? 0, (position ?? 0) + length)
        buffer.set(piece, bufferOffset)
        return piece.length
      },
      seekData(_handle, offset) {
        for (let at = offset - (offset % BLOCK); at < archive.length; at += BLOCK) {
          if (archive.subarray(at, at + BLOCK).some((byte) => byte !== 0)) return Math.max(at, offset)
        }
        return -1
      },
      close() {},
    },
    compressor: { decompressSync, decompress: async (frame, length) => decompressSync(frame, length) },
    clock: { now: () => performance.now(), wallTime: () => ({ seconds: 0, nanoseconds: 0 }) },
  }
}

export function openBytes(archive: Uint8Array): ArchiveReader {
  return openArchive2(memoryPorts(archive), 3 as Handle, archive.length)
}

/** Writes an archive in memory, in whatever order a test wants. */
export class ArchiveMaker {
  readonly superblock = encodeSuperblock({
    blockSizeBytes: BLOCK,
    archiveId,
    requiredFeatures: 0n,
    optionalFeatures: 0n,
    createdAt: { seconds: 1_700_000_000, nanoseconds: 1 },
  })
  readonly sections: SectionRecord[] = []
  readonly counter = new TotalsCounter()
  private readonly blocks: Uint8Array[] = [pad(this.superblock)]
  private chunks: Chunk[] = []
  private previousBlock: number | undefined
  private sequence = 0

  get nextBlock(): number {
    return this.blocks.reduce((sum, piece) => sum + piece.length, 0) / BLOCK
  }

  /** Appends raw data blocks; returns their offset. */
  data(bytes: Uint8Array): number {
    const offset = this.nextBlock * BLOCK
    this.blocks.push(pad(bytes))
    this.chunks.push({ offset, lengthBytes: pad(bytes).length, hash: blake3(pad(bytes)) })
    return offset
  }

  pack(raw: Uint8Array): void {
    const place = this.section(sectionKinds.pack, raw, true)
    this.counter.addPack(place.rawLengthBytes, place.storedLengthBytes)
    this.sections.push({ ...place, kind: sectionKinds.pack } satisfies PackRecord)
  }

  hashes(): void {
    const [first] = this.chunks
    const last = this.chunks.at(-1)
    if (first === undefined || last === undefined) return
    const place = this.section(sectionKinds.hashes, encodeHashes(this.chunks, BLOCK), false)
    const endBlock = (last.offset + last.lengthBytes) / BLOCK
    this.sections.push({
      ...place,
      kind: sectionKinds.hashes,
      firstBlock: first.offset / BLOCK,
      endBlock,
    } satisfies HashesRecord)
    this.chunks = []
  }

  page(entries: readonly NewEntry[]): void {
    const firstOrdinal = this.counter.totals.entries
    const builder = new PageBuilder(BLOCK, firstOrdinal)
    for (const entry of entries) {
      builder.add(entry)
      this.counter.addEntry({ ...entry, ordinal: 0 })
    }
    const { firstPath, entryCount } = builder
    const place = this.section(sectionKinds.page, builder.finish(), true)
    this.sections.push({ ...place, kind: sectionKinds.page, firstOrdinal, entryCount, firstPath } satisfies PageRecord)
  }

  /** Directory and trailer; what is written after them is for sealing. */
  finish(dataHashes: 'complete' | 'absent' = 'complete'): Uint8Array {
    const directory = {
      creator: 'test',
      dataHashes,
      totals: this.counter.totals,
      sources: [{ type: 'btrfs', id: '1f' }],
      sections: this.sections,
    }
    const raw = encodeDirectory(directory, BLOCK)
    const place = this.section(sectionKinds.directory, raw, false)
    const rootHash = computeRootHash(this.superblock, raw)
    const fileLengthBytes = (this.nextBlock + 1) * BLOCK
    const trailer = encodeTrailer({ directoryBlock: place.block, fileLengthBytes, rootHash })
    const trailerPlace = this.section(sectionKinds.trailer, trailer, false)
    this.sections.push({ ...place, kind: sectionKinds.directory, kindNumber: sectionKinds.directory })
    this.sections.push({ ...trailerPlace, kind: sectionKinds.trailer, kindNumber: sectionKinds.trailer })
    return this.bytes()
  }

  bytes(): Uint8Array {
    return Uint8Array.from(Buffer.concat(this.blocks))
  }

  private section(kind: number, raw: Uint8Array, compress: boolean) {
    const stored = compress ? Uint8Array.of(0x5a, ...raw) : raw.slice()
    const block = this.nextBlock
    const place = {
      block,
      encoding: compress ? sectionEncodings.zstd : sectionEncodings.raw,
      rawLengthBytes: raw.length,
      storedLengthBytes: stored.length,
      payloadHash: blake3(stored),
    }
    const header = encodeSectionHeader({
      ...place,
      archiveId,
      kind,
      sequence: this.sequence++,
      previousBlock: this.previousBlock,
    })
    const bytes = new Uint8Array(sectionLengthBlocks(stored.length, BLOCK) * BLOCK)
    bytes.set(header)
    bytes.set(stored, SECTION_HEADER_BYTES)
    this.blocks.push(bytes)
    this.previousBlock = block
    return place
  }
}

function pad(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil(bytes.length / BLOCK) * BLOCK)
  padded.set(bytes)
  return padded
}

export function folder(path: string): NewEntry {
  return { ...plainEntry, path: path as ByteString, kind: 'directory', mode: 0o755 }
}

export function emptyFile(path: string): NewEntry {
  return { ...plainEntry, path: path as ByteString }
}

/** Three pages, two packs, two runs of data: every structure once, in fewer than 20 blocks. */
export function sampleArchive(): { archive: Uint8Array; paths: string[] } {
  const maker = new ArchiveMaker()
  const firstData = maker.data(new Uint8Array(2 * BLOCK).fill(0xa1))
  maker.pack(Uint8Array.from({ length: 500 }, (_, i) => i))
  maker.hashes()
  maker.page([
    folder('a'),
    {
      ...plainEntry,
      path: 'a/1' as ByteString,
      sizeBytes: 2 * BLOCK + 100,
      segments: [
        { kind: 'data', lengthBytes: 2 * BLOCK, archiveOffset: firstData },
        { kind: 'pack', lengthBytes: 100, pack: 0, packOffset: 0 },
      ],
    },
    { ...plainEntry, path: 'a/2' as ByteString, kind: 'hardlink', hardLinkOrdinal: 1 },
  ])
  const secondData = maker.data(new Uint8Array(BLOCK).fill(0xb2))
  maker.pack(new Uint8Array(300).fill(7))
  maker.hashes()
  maker.page([
    {
      ...plainEntry,
      path: 'a/3' as ByteString,
      sizeBytes: BLOCK,
      segments: [{ kind: 'data', lengthBytes: BLOCK, archiveOffset: firstData + BLOCK }],
    },
    { ...plainEntry, path: 'a/4' as ByteString, kind: 'symlink', linkTarget: '1' as ByteString },
    folder('b'),
  ])
  maker.page([
    {
      ...plainEntry,
      path: 'b/x' as ByteString,
      sizeBytes: 2 * BLOCK + 50,
      segments: [
        { kind: 'data', lengthBytes: BLOCK, archiveOffset: secondData },
        { kind: 'hole', lengthBytes: BLOCK },
        { kind: 'pack', lengthBytes: 50, pack: 1, packOffset: 250 },
      ],
    },
  ])
  return { archive: maker.finish(), paths: ['a', 'a/1', 'a/2', 'a/3', 'a/4', 'b', 'b/x'] }
}
