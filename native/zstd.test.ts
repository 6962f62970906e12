/** Both compressors: round trips, and frames that are hurt, cut off or of another size than promised. */
import zlib from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Compressor } from '../src/main/engine/ports.ts'
import { createLibraryCompressor } from './linux/zstd.ts'
import { createNodeCompressor, missingCompressor } from './node-zstd.ts'
import { checkFrame, inspectFrame } from './zstd-frame.ts'

function available(compressor: Compressor | undefined, name: string): Compressor {
  if (compressor === undefined) throw new Error(`${name} is needed for this test`)
  return compressor
}
const library = available(createLibraryCompressor(), 'libzstd.so.1')

// Node 20 has no zstd: a module of the same shape over libzstd shows what the wrapper itself does with it.
const likeNodeZlib = {
  zstdCompress: (
    raw: Uint8Array,
    options: { params: Record<number, number> },
    done: (e: unknown, r?: unknown) => void,
  ) => {
    library.compress(raw, options.params[100] ?? 3).then((frame) => done(null, frame), done)
  },
  zstdDecompress: (
    frame: Uint8Array,
    options: { maxOutputLength: number },
    done: (e: unknown, r?: unknown) => void,
  ) => {
    library
      .decompress(frame, inspectFrame(frame)?.contentBytes ?? options.maxOutputLength)
      .then((raw) => done(null, raw), done)
  },
  zstdDecompressSync: (frame: Uint8Array) => library.decompressSync(frame, inspectFrame(frame)?.contentBytes ?? 0),
}
const nodeModule = 'zstdCompress' in zlib ? zlib : likeNodeZlib

const text = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * i) >> (i % 7))

describe.each([
  ['libzstd', library],
  ['node:zlib', available(createNodeCompressor(nodeModule), 'node:zlib with zstd')],
])('%s', (_name, compressor) => {
  test.each([0, 1, 255, 256, 65_791, 65_792, 300_000])(
    '%i bytes come back, beside and on the main thread',
    async (length) => {
      const raw = text(length)
      for (const level of [1, 3, 19]) {
        const frame = await compressor.compress(raw, level)
        expect(inspectFrame(frame)).toMatchObject({ contentBytes: length, frameBytes: frame.byteLength })
        expect(Buffer.compare(await compressor.decompress(frame, length), raw)).toBe(0)
        expect(Buffer.compare(compressor.decompressSync(frame, length), raw)).toBe(0)
      }
    },
  )

  test('another length than promised, a cut frame and bytes after it are damage', async () => {
    const raw = text(10_000)
    const frame = await compressor.compress(raw, 3)
    const bad: [Uint8Array, number][] = [
      [frame, 9_999],
      [frame, 10_001],
      [frame, 0],
      [Buffer.concat([frame, Buffer.alloc(1)]), 10_000],
      [Buffer.concat([frame, frame]), 20_000],
      [Buffer.alloc(100), 100],
    ]
    for (let length = 0; length < frame.byteLength; length++) bad.push([frame.subarray(0, length), 10_000])
    for (const [bytes, length] of bad) {
      expect(() => compressor.decompressSync(bytes, length)).toThrow(expect.objectContaining({ code: 'damaged' }))
      await expect(compressor.decompress(bytes, length)).rejects.toMatchObject({ code: 'damaged' })
    }
  })

  test('a flipped bit gives damage or other bytes of the right length, never anything else', async () => {
    const frame = await compressor.compress(text(2_000), 3)
    for (let bit = 0; bit < frame.byteLength * 8; bit++) {
      const flipped = Buffer.from(frame)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      try {
        expect(compressor.decompressSync(flipped, 2_000)).toHaveLength(2_000)
      } catch (error) {
        expect(error).toMatchObject({ code: 'damaged' })
      }
    }
  })
})

test('many at once: more than koffi allows in flight', async () => {
  const raw = text(5_000)
  const frames = await Promise.all(Array.from({ length: 600 }, () => library.compress(raw, 1)))
  const back = await Promise.all(frames.map((frame) => library.decompress(frame, raw.byteLength)))
  expect(back.every((bytes) => Buffer.compare(bytes, raw) === 0)).toBe(true)
})

test('frame headers by RFC 8878', () => {
  const inspect = (hex: string): unknown => inspectFrame(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
  // Magic, descriptor, [window], content size, one last raw block of one byte.
  expect(inspect('28b52ffd 20 01 090000 61')).toMatchObject({ contentBytes: 1, frameBytes: 10 })
  expect(inspect('28b52ffd 00 58 090000 61')).toMatchObject({ contentBytes: undefined, frameBytes: 10 })
  expect(inspect('28b52ffd 60 0100 090000 61')).toMatchObject({ contentBytes: 257, frameBytes: 11 })
  expect(inspect('28b52ffd a0 01000080 090000 61')).toMatchObject({ contentBytes: 0x8000_0001, frameBytes: 13 })
  expect(inspect('28b52ffd e0 0100000001000000 090000 61')).toMatchObject({
    contentBytes: 0x1_0000_0001,
    frameBytes: 17,
  })
  // A dictionary's id, and a checksum at the end; an RLE block has one byte whatever its size.
  expect(inspect('28b52ffd 25 aa 01 4b0000 61 11223344')).toMatchObject({ contentBytes: 1, frameBytes: 15 })
  expect(inspect('28b52ffd 24 01 090000 61 112233')).toBeUndefined()
  expect(inspect('28b52ffd 20 01 0f0000 61')).toBeUndefined()
  expect(inspect('28b52ffd')).toBeUndefined()
  expect(inspect('29b52ffd 20 01 090000 61')).toBeUndefined()
})

test('a frame that claims more than its blocks can hold is refused before memory is taken for it', () => {
  const frame = Buffer.from('28b52ffda000000004090000'.concat('61'), 'hex')
  expect(inspectFrame(frame)).toMatchObject({ contentBytes: 2 ** 26, mostBytes: 1 })
  expect(() => checkFrame(frame, 2 ** 26)).toThrow(expect.objectContaining({ code: 'damaged' }))
})

test('without any zstd the error says so, on use', async () => {
  expect(createNodeCompressor({})).toBeUndefined()
  await expect(missingCompressor.compress(text(1), 3)).rejects.toMatchObject({ code: 'missing-library' })
  await expect(missingCompressor.decompress(text(1), 3)).rejects.toMatchObject({ code: 'missing-library' })
  expect(() => missingCompressor.decompressSync(text(1), 3)).toThrow(
    expect.objectContaining({ code: 'missing-library' }),
  )
})
