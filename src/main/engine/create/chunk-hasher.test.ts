import { describe, expect, it } from 'vitest'
import { fc } from '../../../../test/support/fast-check.ts'
import { blake3, toHex } from '../format/hash.ts'
import type { Chunk } from '../format/hashes.ts'
import { CHUNK_TARGET_BYTES } from '../format/layout.ts'
import { ChunkHasher } from './chunk-hasher.ts'

const BLOCK = 4096
const BLOCKS_PER_CHUNK = CHUNK_TARGET_BYTES / BLOCK
const source = Buffer.from(Array.from({ length: 64 * 1024 }, (_, i) => (i * i * 31) >>> 8))
/** Bytes of an archive that differ everywhere. */
const archive = Buffer.concat(Array.from({ length: 80 }, (_, i) => Buffer.from(source).fill(i, 0, 8)))

function expectRight(chunks: readonly Chunk[]): void {
  let end = 0
  for (const { offset, lengthBytes, hash } of chunks) {
    expect(offset).toBeGreaterThanOrEqual(end)
    expect(lengthBytes).toBeGreaterThan(0)
    expect(lengthBytes).toBeLessThanOrEqual(CHUNK_TARGET_BYTES)
    expect(toHex(hash)).toBe(toHex(blake3(archive.subarray(offset, offset + lengthBytes))))
    end = offset + lengthBytes
  }
}

/** Appends pieces [start, length] given in blocks; the chunks as [start, length] in blocks. */
function chunksOf(pieces: readonly (readonly [start: number, length: number])[]): number[][] {
  const hasher = new ChunkHasher()
  for (const [start, length] of pieces) {
    // The caller's buffer is used again for the next piece.
    const piece = Buffer.from(archive.subarray(start * BLOCK, (start + length) * BLOCK))
    hasher.append(piece, start * BLOCK)
    piece.fill(0xff)
  }
  const chunks = hasher.take()
  expectRight(chunks)
  return chunks.map(({ offset, lengthBytes }) => [offset / BLOCK, lengthBytes / BLOCK])
}

describe('ChunkHasher', () => {
  it('joins what follows, and cuts at the largest size', () => {
    expect(
      chunksOf([
        [1, 10],
        [11, 1],
      ]),
    ).toEqual([[1, 11]])
    expect(chunksOf([[1, BLOCKS_PER_CHUNK]])).toEqual([[1, BLOCKS_PER_CHUNK]])
    expect(
      chunksOf([
        [1, BLOCKS_PER_CHUNK - 1],
        [BLOCKS_PER_CHUNK, 2],
      ]),
    ).toEqual([
      [1, BLOCKS_PER_CHUNK],
      [BLOCKS_PER_CHUNK + 1, 1],
    ])
    expect(chunksOf([[1, 3 * BLOCKS_PER_CHUNK + 5]])).toEqual([
      [1, BLOCKS_PER_CHUNK],
      [1 + BLOCKS_PER_CHUNK, BLOCKS_PER_CHUNK],
      [1 + 2 * BLOCKS_PER_CHUNK, BLOCKS_PER_CHUNK],
      [1 + 3 * BLOCKS_PER_CHUNK, 5],
    ])
  })

  it('ends a chunk where offsets jump', () => {
    expect(
      chunksOf([
        [1, 2],
        [5, 2],
        [7, 1],
        [9, BLOCKS_PER_CHUNK],
      ]),
    ).toEqual([
      [1, 2],
      [5, 3],
      [9, BLOCKS_PER_CHUNK],
    ])
  })

  it('ends a chunk where a file’s data ends', () => {
    const hasher = new ChunkHasher()
    hasher.end()
    for (const [start, length] of [
      [1, 50],
      [51, 50],
    ] as const) {
      hasher.append(archive.subarray(start * BLOCK, (start + length) * BLOCK), start * BLOCK)
      hasher.end()
    }
    hasher.end()
    const chunks = hasher.take()
    expectRight(chunks)
    expect(chunks.map(({ offset, lengthBytes }) => [offset / BLOCK, lengthBytes / BLOCK])).toEqual([
      [1, 50],
      [51, 50],
    ])
  })

  it('covers exactly what was appended', () => {
    const piece = fc.record({ gap: fc.constantFrom(0, 0, 0, 1, 7), length: fc.integer({ min: 1, max: 400 }) })
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 3 }), (pieces) => {
        let at = 1
        const placed = pieces.map(({ gap, length }) => {
          const start = at + gap
          at = start + length
          return [start, length] as const
        })
        const blocks = (ranges: readonly (readonly number[])[]) =>
          ranges.flatMap(([start = 0, length = 0]) => Array.from({ length }, (_, i) => start + i))
        expect(blocks(chunksOf(placed))).toEqual(blocks(placed))
      }),
      { numRuns: 40 },
    )
  })

  it('hands out each chunk once, and goes on after that', () => {
    const hasher = new ChunkHasher()
    expect(hasher.take()).toEqual([])
    hasher.append(archive.subarray(BLOCK, 2 * BLOCK), BLOCK)
    expect(hasher.count).toBe(0)
    const first = hasher.take()
    expect(hasher.take()).toEqual([])
    hasher.append(archive.subarray(2 * BLOCK, 2 * BLOCK + CHUNK_TARGET_BYTES), 2 * BLOCK)
    expect(hasher.count).toBe(1)
    const second = hasher.take()
    expectRight([...first, ...second])
    expect([...first, ...second].map(({ lengthBytes }) => lengthBytes)).toEqual([BLOCK, CHUNK_TARGET_BYTES])
  })
})
