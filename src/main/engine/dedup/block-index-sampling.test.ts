/** A table at its largest size. Filling it takes more than a million blocks, so hashing is replaced by something cheap. */
import { expect, it, vi } from 'vitest'
import { BlockIndexByHash } from './block-index.ts'

vi.mock('../format/hash.ts', () => {
  const hash = Buffer.alloc(32)
  return {
    blake3: (bytes: Buffer) => {
      hash.writeUInt32LE(Math.imul(bytes.readUInt32LE(0), 0x85ebca6b) >>> 0, 0)
      bytes.copy(hash, 4, 0, 4)
      return hash
    },
  }
})

const BLOCK = 4
/** 2^21 slots, used up to 60 %. */
const FULL = Math.ceil(2 ** 21 * 0.6)

function addBlocks(index: BlockIndexByHash, from: number, to: number): void {
  const block = Buffer.alloc(BLOCK)
  for (let number = from; number < to; number++) {
    block.writeUInt32LE(number)
    index.startWindow(1)
    index.find(block, 0)
    index.remember(0, number * BLOCK)
  }
}

/** The share of one block in a hundred that is found; a wrong place fails. */
function shareFound(index: BlockIndexByHash, from: number, to: number): number {
  const block = Buffer.alloc(BLOCK)
  let asked = 0
  let found = 0
  for (let number = from; number < to; number += 101) {
    block.writeUInt32LE(number)
    index.startWindow(1)
    const place = index.find(block, 0)
    if (place >= 0 && place !== number * BLOCK) throw new Error(`block ${number} was found at ${place}`)
    if (place >= 0) found += 1
    asked += 1
  }
  return found / asked
}

it('samples instead of growing without end, and still answers rightly', { timeout: 30_000 }, () => {
  const index = new BlockIndexByHash(BLOCK)
  addBlocks(index, 1, FULL)
  expect(shareFound(index, 1, FULL)).toBe(1)
  // One half is let go, of old and new alike.
  addBlocks(index, FULL, FULL + 50_000)
  expect(shareFound(index, 1, FULL)).toBeCloseTo(0.5, 1)
  expect(shareFound(index, FULL + 1, FULL + 50_000)).toBeCloseTo(0.5, 1)
})
