import { describe, expect, it } from 'vitest'
import { createPorts } from '../../../../native/index.ts'
import { blake3, toHex } from '../format/hash.ts'
import { decodeHashes } from '../format/hashes.ts'
import { decodeSectionHeader, SECTION_HEADER_BYTES, sectionEncodings, sectionKinds } from '../format/section.ts'
import { decodeTrailer } from '../format/trailer.ts'
import type { Handle } from '../ports.ts'
import { compressPayload, type Payload, SectionWriter } from './section-writer.ts'
import type { Sink } from './sink.ts'

const BLOCK = 4096
const archiveId = Uint8Array.from({ length: 16 }, (_, i) => 0xa0 + i)
const { compressor } = createPorts()

/** What is asked of the sink, in order; the bytes are copied, as a file would. */
class NotingSink implements Sink {
  readonly handle = 3 as Handle
  readonly hasFailed = false
  readonly notes: string[] = []
  readonly bytes = Buffer.alloc(64 * BLOCK, 0xee)

  write(bytes: Uint8Array, offset: number): void {
    this.notes.push(`write ${offset / BLOCK}+${bytes.length / BLOCK}`)
    this.bytes.set(bytes, offset)
  }

  clone(): void {}
  read(): void {}

  sync(): void {
    this.notes.push('sync')
  }

  finish(sizeBytes: number): void {
    this.notes.push(`size ${sizeBytes / BLOCK}`)
  }

  header(block: number) {
    return decodeSectionHeader(this.bytes.subarray(block * BLOCK), archiveId, block)
  }

  payload(block: number, lengthBytes: number): Buffer {
    return this.bytes.subarray(block * BLOCK + SECTION_HEADER_BYTES).subarray(0, lengthBytes)
  }
}

const raw = (stored: Uint8Array): Payload => ({
  stored,
  encoding: sectionEncodings.raw,
  rawLengthBytes: stored.length,
})

describe('compressPayload', () => {
  it('keeps the frame only where it is smaller', async () => {
    const text = Buffer.from('again and '.repeat(1000))
    const small = await compressPayload(compressor, text, 3)
    expect(small.encoding).toBe(sectionEncodings.zstd)
    expect(small.stored.length).toBeLessThan(200)
    expect(Buffer.from(compressor.decompressSync(small.stored, small.rawLengthBytes)).equals(text)).toBe(true)
    const same = { compress: async (bytes: Uint8Array) => new Uint8Array(bytes.length) }
    expect(await compressPayload(same, text, 3)).toEqual(raw(text))
  })
})

describe('SectionWriter', () => {
  it('writes what the reader decodes, each section linked to the one before', () => {
    const sink = new NotingSink()
    const writer = new SectionWriter(sink, archiveId, BLOCK)
    const long = Buffer.alloc(2 * BLOCK, 0x11)
    const first = writer.write(sectionKinds.pack, raw(long), BLOCK)
    expect(writer.endOf(first)).toBe(4 * BLOCK)
    // Data between two sections.
    const second = writer.write(sectionKinds.page, raw(Buffer.from('short')), 7 * BLOCK)
    expect(writer.endOf(second)).toBe(8 * BLOCK)
    expect(sink.header(1)).toMatchObject({ kind: 1, encoding: 0, sequence: 0, previousBlock: undefined })
    expect(sink.header(7)).toMatchObject({ kind: 2, sequence: 1, previousBlock: 1, rawLengthBytes: 5 })
    expect(toHex(sink.header(1)?.payloadHash ?? Buffer.alloc(0))).toBe(toHex(blake3(long)))
    expect(sink.payload(1, long.length).equals(long)).toBe(true)
    expect(sink.payload(7, 5).toString()).toBe('short')
  })

  it('pads with zeros, also after a longer section', () => {
    const sink = new NotingSink()
    const writer = new SectionWriter(sink, archiveId, BLOCK)
    writer.write(sectionKinds.pack, raw(Buffer.alloc(3 * BLOCK, 0xff)), BLOCK)
    writer.write(sectionKinds.pack, raw(Buffer.from('x')), 5 * BLOCK)
    const padding = sink.bytes.subarray(5 * BLOCK + SECTION_HEADER_BYTES + 1, 6 * BLOCK)
    expect(padding.equals(Buffer.alloc(padding.length))).toBe(true)
    expect(sink.notes).toEqual(['write 1+4', 'write 5+1'])
    // A payload that ends with its block has no padding.
    const exact = writer.write(sectionKinds.pack, raw(Buffer.alloc(BLOCK - SECTION_HEADER_BYTES)), 6 * BLOCK)
    expect(writer.endOf(exact)).toBe(7 * BLOCK)
  })

  it('goes on behind the last section of an archive', () => {
    const sink = new NotingSink()
    const writer = new SectionWriter(sink, archiveId, BLOCK, { sequence: 41, block: 3 })
    writer.write(sectionKinds.hashes, raw(Buffer.from('x')), 9 * BLOCK)
    expect(sink.header(9)).toMatchObject({ sequence: 42, previousBlock: 3 })
  })

  it('records hashes sections with what they cover, and none for no chunks', async () => {
    const sink = new NotingSink()
    const writer = new SectionWriter(sink, archiveId, BLOCK)
    expect(writer.writeHashes([], 9 * BLOCK)).toBe(9 * BLOCK)
    const hash = blake3(Buffer.from('x'))
    const chunks = [
      { offset: 2 * BLOCK, lengthBytes: 3 * BLOCK, hash },
      { offset: 6 * BLOCK, lengthBytes: BLOCK, hash },
    ]
    expect(writer.writeHashes(chunks, 9 * BLOCK)).toBe(10 * BLOCK)
    expect(writer.records).toMatchObject([{ kind: sectionKinds.hashes, block: 9, firstBlock: 2, endBlock: 7 }])
    const header = sink.header(9)
    const stored = sink.payload(9, header?.storedLengthBytes ?? 0)
    const bytes =
      header?.encoding === sectionEncodings.zstd ? compressor.decompressSync(stored, header.rawLengthBytes) : stored
    expect(decodeHashes(bytes, BLOCK).map(({ offset, lengthBytes }) => [offset, lengthBytes])).toEqual([
      [2 * BLOCK, 3 * BLOCK],
      [6 * BLOCK, BLOCK],
    ])
  })

  it('has everything on disk before the directory, and the whole before it ends', () => {
    const sink = new NotingSink()
    const writer = new SectionWriter(sink, archiveId, BLOCK)
    const directory = raw(Buffer.from('directory'))
    const { rootHash, lengthBytes } = writer.close(new Uint8Array(128), directory, 4 * BLOCK)
    expect(sink.notes).toEqual(['sync', 'write 4+1', 'write 5+1', 'size 6', 'sync'])
    expect(lengthBytes).toBe(6 * BLOCK)
    const trailer = decodeTrailer(sink.payload(5, 48))
    expect(trailer).toMatchObject({ directoryBlock: 4, fileLengthBytes: 6 * BLOCK })
    expect(toHex(trailer.rootHash)).toBe(toHex(rootHash))
    expect(toHex(rootHash)).toBe(toHex(blake3(Buffer.concat([new Uint8Array(128), directory.stored]))))
  })
})
