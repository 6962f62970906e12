import { describe, expect, it } from 'vitest'
import { createPorts } from '../../../../native/index.ts'
import type { ByteString } from '../../../shared/byte-string.ts'
import { type ErrorData, ReftarError } from '../../../shared/errors.ts'
import type { ContentPlace } from '../dedup/content-index.ts'
import { emptyTotals } from '../format/directory.ts'
import { plainEntry } from '../format/format.test-support.ts'
import { HASHES_TARGET_CHUNKS, PACK_TARGET_BYTES } from '../format/layout.ts'
import type { NewEntry } from '../format/page.ts'
import { sectionKinds } from '../format/section.ts'
import type { Handle, Ports } from '../ports.ts'
import type { ReaderPorts } from '../read/archive-file.ts'
import { openArchive2, openParts } from '../read/reader2.ts'
import { TotalsCounter } from '../read/totals.ts'
import { ArchiveWriter, type ArchiveWriterOptions } from './archive-writer.ts'
import type { Sink } from './sink.ts'

const BLOCK = 4096
const ports = createPorts()

/** Blocks in memory: what was never written reads as zeros and takes no place. */
class SparseSink implements Sink {
  readonly handle = 3 as Handle
  readonly hasFailed = false
  readonly blocks = new Map<number, Buffer>()
  sizeBytes = 0
  syncs = 0

  write(bytes: Uint8Array, offset: number): void {
    expect(offset % BLOCK).toBe(0)
    expect(bytes.length % BLOCK).toBe(0)
    for (let at = 0; at < bytes.length; at += BLOCK) {
      this.blocks.set((offset + at) / BLOCK, Buffer.from(bytes.subarray(at, at + BLOCK)))
    }
    this.sizeBytes = Math.max(this.sizeBytes, offset + bytes.length)
  }

  clone(): void {
    throw new Error('nothing is cloned here')
  }

  read(buffer: Uint8Array, lengthBytes: number, offset: number): void {
    for (let done = 0; done < lengthBytes; ) {
      const within = (offset + done) % BLOCK
      const count = Math.min(BLOCK - within, lengthBytes - done)
      const block = this.blocks.get((offset + done - within) / BLOCK)
      if (block === undefined) buffer.fill(0, done, done + count)
      else buffer.set(block.subarray(within, within + count), done)
      done += count
    }
  }

  sync(): void {
    this.syncs += 1
  }

  finish(sizeBytes: number): void {
    this.sizeBytes = sizeBytes
  }

  readerPorts(): ReaderPorts {
    return {
      ...ports,
      files: {
        read: (_handle, buffer, bufferOffset, length, position) => {
          const count = Math.max(0, Math.min(length, this.sizeBytes - (position ?? 0)))
          this.read(buffer.subarray(bufferOffset), count, position ?? 0)
          return count
        },
        seekData: (_handle, offset) => offset,
        close() {},
      },
    }
  }
}

function begin(options: Partial<ArchiveWriterOptions> = {}, through: Ports = ports) {
  const sink = new SparseSink()
  const writer = new ArchiveWriter(through, sink, {
    blockSizeBytes: BLOCK,
    compressionLevel: 1,
    jobs: 2,
    hashData: true,
    creator: 'test',
    ...options,
  })
  return { sink, writer }
}

/** Whole blocks, no two of them the same. */
function bytesOf(blocks: number, seed: number): Buffer {
  const bytes = Buffer.alloc(blocks * BLOCK, seed)
  for (let i = 0; i < blocks; i++) bytes.writeUInt32LE(i, i * BLOCK)
  return bytes
}

function store(writer: ArchiveWriter, bytes: Buffer): number {
  writer.sink.write(bytes, writer.cursor)
  const offset = writer.commitData(bytes.length)
  writer.hashData(bytes, offset)
  return offset
}

async function pack(writer: ArchiveWriter, bytes: Buffer) {
  if (!writer.packs.hasRoom(bytes.length)) await writer.packs.makeRoom()
  const { buffer, at } = writer.packs.space
  bytes.copy(buffer, at)
  return writer.packs.commit(bytes.length)
}

async function problemsOf(sink: SparseSink): Promise<ErrorData[]> {
  const problems: ErrorData[] = []
  const reader = openArchive2(sink.readerPorts(), sink.handle, sink.sizeBytes)
  await reader.verify({
    signal: new AbortController().signal,
    progress() {},
    problem: (problem) => problems.push(problem),
  })
  return problems
}

describe('ArchiveWriter', () => {
  it('writes what the reader reads', async () => {
    const { sink, writer } = begin()
    const counter = new TotalsCounter()
    const add = (entry: NewEntry) => {
      const ordinal = writer.addEntry(entry)
      counter.addEntry({ ...entry, ordinal })
      return ordinal
    }
    const data = bytesOf(300, 0xa1)
    const archiveOffset = store(writer, data)
    const tail = Buffer.from('the end of a file')
    const place = await pack(writer, tail)
    expect(
      add({
        ...plainEntry,
        path: 'a' as ByteString,
        sizeBytes: data.length + tail.length,
        segments: [
          { kind: 'data', lengthBytes: data.length, archiveOffset },
          { kind: 'pack', lengthBytes: tail.length, ...place },
        ],
      }),
    ).toBe(0)
    await writer.flush()
    const more = store(writer, bytesOf(1, 0xb2))
    expect(
      add({
        ...plainEntry,
        path: 'b' as ByteString,
        sizeBytes: BLOCK,
        segments: [{ kind: 'data', lengthBytes: BLOCK, archiveOffset: more }],
      }),
    ).toBe(1)
    const finished = await writer.finish(counter.totals, [{ type: 'btrfs', id: '1f' }])
    expect(finished.lengthBytes).toBe(sink.sizeBytes)
    const reader = openArchive2(sink.readerPorts(), sink.handle, sink.sizeBytes)
    expect(reader.info).toMatchObject({ complete: true, notices: [], rootHash: finished.rootHash, creator: 'test' })
    expect(Array.from(reader.entries(), ({ path }) => path)).toEqual(['a', 'b'])
    expect(reader.info.totals.packStoredBytes).toBe(finished.packStoredBytes)
    expect(await problemsOf(sink)).toEqual([])
    sink.blocks.get(archiveOffset / BLOCK + 299)?.fill(1)
    expect(await problemsOf(sink)).not.toEqual([])
  })

  it('puts all that a page refers to before it, so that a cut-off archive keeps it', async () => {
    const { sink, writer } = begin()
    const offset = store(writer, bytesOf(3, 1))
    const place = await pack(writer, Buffer.from('packed'))
    writer.addEntry({
      ...plainEntry,
      path: 'a' as ByteString,
      sizeBytes: 3 * BLOCK + 6,
      segments: [
        { kind: 'data', lengthBytes: 3 * BLOCK, archiveOffset: offset },
        { kind: 'pack', lengthBytes: 6, ...place },
      ],
    })
    await writer.flush()
    const { info, entries } = (() => {
      const reader = openArchive2(sink.readerPorts(), sink.handle, sink.sizeBytes)
      return { info: reader.info, entries: Array.from(reader.entries(), ({ path }) => path) }
    })()
    expect(info.complete).toBe(false)
    expect(entries).toEqual(['a'])
    const damaged = (await problemsOf(sink)).filter(({ code }) => code !== 'incomplete')
    expect(damaged).toEqual([])
  })

  it('reads back committed data only: no sections, nothing beyond', async () => {
    const { writer } = begin()
    const buffer = Buffer.alloc(4 * BLOCK)
    expect(writer.readBack(0, buffer, BLOCK)).toBe(false)
    expect(writer.readBack(BLOCK, buffer, BLOCK)).toBe(false)
    const data = bytesOf(2, 5)
    const first = store(writer, data)
    expect(writer.readBack(first, buffer, 2 * BLOCK)).toBe(true)
    expect(buffer.subarray(0, 2 * BLOCK).equals(data)).toBe(true)
    expect(writer.readBack(first, buffer, 3 * BLOCK)).toBe(false)
    writer.addEntry({ ...plainEntry, path: 'a' as ByteString })
    await writer.flush()
    const second = store(writer, data)
    expect(second).toBeGreaterThan(first + 2 * BLOCK)
    for (let at = first + 2 * BLOCK; at < second; at += BLOCK) expect(writer.readBack(at, buffer, BLOCK)).toBe(false)
    expect(writer.readBack(first + BLOCK, buffer, 2 * BLOCK)).toBe(false)
    expect(writer.readBack(second, buffer, 2 * BLOCK)).toBe(true)
  })

  it('compares with what was packed: still open, waiting, and written', async () => {
    const { writer } = begin()
    const first = bytesOf(4, 0x61)
    const other = Buffer.from(first).fill(0, first.length - 1)
    await pack(writer, Buffer.from('before'))
    const place = await pack(writer, first)
    const expectKnown = () => {
      expect(writer.matchesPacked(first, place)).toBe(true)
      expect(writer.matchesPacked(other, place)).toBe(false)
      expect(writer.matchesPacked(first, { ...place, packOffset: place.packOffset + 1 })).toBe(false)
    }
    expectKnown()
    await pack(writer, Buffer.alloc(PACK_TARGET_BYTES, 7))
    expectKnown()
    await writer.packs.flush()
    expectKnown()
    expect(writer.matchesPacked(first, { pack: 99, packOffset: 0 })).toBe(false)
  })

  it('reads packs back only as long as it pays', async () => {
    const { writer } = begin()
    const contents = Array.from({ length: 60 }, (_, i) => bytesOf(2, i))
    const places: ContentPlace[] = []
    for (const content of contents) {
      places.push(await pack(writer, content))
      await writer.packs.flush()
    }
    const answers = contents.map((content, i) => writer.matchesPacked(content, places[i] ?? { pack: 0, packOffset: 0 }))
    expect(answers[0]).toBe(true)
    expect(answers.at(-1)).toBe(false)
    expect(answers.filter(Boolean).length).toBeLessThan(30)
  })

  it('splits the hashes of a huge file into sections of bounded size', async () => {
    const { sink, writer } = begin()
    const block = Buffer.alloc(BLOCK)
    const chunks = HASHES_TARGET_CHUNKS + 10
    // Every second block, so that each is a chunk: a terabyte in large chunks would take too long to hash.
    for (let i = 0; i < chunks; i++) writer.hashData(block, writer.commitData(2 * BLOCK))
    writer.addEntry({ ...plainEntry, path: 'a' as ByteString })
    await writer.finish({ ...emptyTotals, entries: 1, files: 1 }, [])
    const { hashes } = openParts(sink.readerPorts(), sink.handle, sink.sizeBytes)
    expect(hashes.sections.map((section) => hashes.chunksOf(section).length)).toEqual([HASHES_TARGET_CHUNKS, 10])
    for (let i = 0; i < chunks; i += 1111) {
      expect(hashes.chunkAt((1 + 2 * i) * BLOCK)?.offset).toBe((1 + 2 * i) * BLOCK)
    }
  })

  it('writes no hashes when told not to', async () => {
    const { sink, writer } = begin({ hashData: false })
    store(writer, bytesOf(1, 1))
    await writer.finish(emptyTotals, [])
    const { located, hashes } = openParts(sink.readerPorts(), sink.handle, sink.sizeBytes)
    expect(located.directory.dataHashes).toBe('absent')
    expect(hashes.sections).toEqual([])
  })

  it('says so when the page is full', () => {
    const { writer } = begin()
    let entries = 0
    while (!writer.pageIsFull(0)) {
      writer.addEntry({ ...plainEntry, path: String(entries).padStart(8, '0') as ByteString })
      entries += 1
      if (entries > 100_000) throw new Error('never')
    }
    expect(entries).toBeGreaterThan(100)
    expect(begin().writer.pageIsFull(2 ** 21 + 1)).toBe(true)
  })

  it('has a checkpoint about every 32 MiB, waiting for no compression', async () => {
    let underWay = 0
    const compress: Ports['compressor']['compress'] = async (...args) => {
      underWay++
      try {
        return await ports.compressor.compress(...args)
      } finally {
        underWay--
      }
    }
    const { sink, writer } = begin({}, { ...ports, compressor: { ...ports.compressor, compress } })
    const file = Buffer.alloc(1 << 20)
    const count = 200
    for (let i = 0; i < count; i++) {
      if (writer.pageIsFull(1) || writer.isCheckpointDue) await writer.endPage()
      const tail = await pack(writer, Buffer.from(`tail ${i}`))
      const archiveOffset = writer.commitData(file.length)
      writer.hashData(file, archiveOffset)
      writer.addEntry({
        ...plainEntry,
        path: String(i).padStart(4, '0') as ByteString,
        sizeBytes: file.length + 6,
        segments: [
          { kind: 'data', lengthBytes: file.length, archiveOffset },
          { kind: 'pack', lengthBytes: 6, ...tail },
        ],
      })
      // Long before the next checkpoint, but on a machine that is busy.
      do await new Promise<void>((resolve) => setImmediate(resolve))
      while (underWay > 0)
    }
    const { info, entries } = (() => {
      const reader = openArchive2(sink.readerPorts(), sink.handle, sink.sizeBytes)
      return { info: reader.info, entries: [...reader.entries()] }
    })()
    expect(info.complete).toBe(false)
    // What the last checkpoint waits for is written at the next one.
    expect(entries.length).toBeGreaterThanOrEqual(count - 2 * 33)
    expect((await problemsOf(sink)).filter(({ code }) => code !== 'incomplete')).toEqual([])
    const finished = await writer.finish({ ...emptyTotals, entries: count, files: count }, [])
    const { located } = openParts(sink.readerPorts(), sink.handle, sink.sizeBytes)
    const kinds = located.directory.sections.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === sectionKinds.page).length).toBeLessThanOrEqual(8)
    expect(finished.lengthBytes - count * file.length).toBeLessThan((count * file.length) / 1000)
  })

  it('ends with the error of a compression that failed', async () => {
    const failing: Ports = {
      ...ports,
      compressor: {
        ...ports.compressor,
        compress: async () => {
          throw new ReftarError('system-error', { verbatim: 'no memory' })
        },
      },
    }
    const { writer } = begin({}, failing)
    await pack(writer, Buffer.from('x'))
    await expect(writer.finish(emptyTotals, [])).rejects.toThrow('no memory')
  })
})
