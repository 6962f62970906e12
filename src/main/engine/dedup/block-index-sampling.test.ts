/** A table at its largest size. Filling it takes five million blocks, so they are as small as can be. */
import { expect, it } from 'vitest'
import { BlockIndexByBytes } from './block-index.ts'

const BLOCK = 4
/** 2^23 slots, used up to 60 %. */
const FULL = Math.ceil(2 ** 23 * 0.6)

/** An archive that takes no memory: block `number` holds its own number. */
function makeIndex(): BlockIndexByBytes {
  return new BlockIndexByBytes(BLOCK, (offset, buffer) => {
    new DataView(buffer.buffer, buffer.byteOffset).setUint32(0, offset / BLOCK, true)
    return true
  })
}

function addBlocks(index: BlockIndexByBytes, from: number, to: number): void {
  const block = Buffer.alloc(BLOCK)
  for (let number = from; number < to; number++) {
    block.writeUInt32LE(number)
    index.startWindow(block)
    index.find(0)
    index.remember(0, number * BLOCK)
  }
}

/** The share of blocks that is found, of one in a hundred; a wrong place fails. */
function shareFound(index: BlockIndexByBytes, from: number, to: number): number {
  const block = Buffer.alloc(BLOCK)
  let asked = 0
  let found = 0
  for (let number = from; number < to; number += 101) {
    block.writeUInt32LE(number)
    index.startWindow(block)
    const place = index.find(0)
    if (place >= 0 && place !== number * BLOCK) throw new Error(`block ${number} was found at ${place}`)
    if (place >= 0) found += 1
    asked += 1
  }
  return found / asked
}

it('samples instead of growing without end, and still answers rightly', { timeout: 240_000 }, () => {
  const index = makeIndex()
  addBlocks(index, 1, FULL)
  expect(shareFound(index, 1, FULL)).toBe(1)
  // One half is let go, of old and new alike.
  addBlocks(index, FULL, FULL + 100_000)
  expect(shareFound(index, 1, FULL)).toBeCloseTo(0.5, 1)
  expect(shareFound(index, FULL + 1, FULL + 100_000)).toBeCloseTo(0.5, 1)
})
