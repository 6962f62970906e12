import { describe, expect, it } from 'vitest'
import { type BlockIndex, BlockIndexByBytes, BlockIndexByHash } from './block-index.ts'

const BLOCK = 8

/** Block `number` holds its own number: an archive that takes no memory. */
function writeBlock(buffer: Uint8Array, number: number): void {
  const view = new DataView(buffer.buffer, buffer.byteOffset, BLOCK)
  view.setUint32(0, number, true)
  view.setUint32(4, number ^ 0x5bd1e995, true)
}

function readBack(offset: number, buffer: Uint8Array, length: number): boolean {
  writeBlock(buffer, offset / BLOCK)
  return length === BLOCK
}

function addBlocks(index: BlockIndex, from: number, to: number): void {
  const block = Buffer.alloc(BLOCK)
  for (let number = from; number < to; number++) {
    writeBlock(block, number)
    index.startWindow(block)
    index.find(0)
    index.remember(0, number * BLOCK)
  }
}

/** How many of every `step`th block are found; none is found at a wrong place. */
function countFound(index: BlockIndex, from: number, to: number, step: number): { asked: number; found: number } {
  const block = Buffer.alloc(BLOCK)
  let asked = 0
  let found = 0
  for (let number = from; number < to; number += step) {
    writeBlock(block, number)
    index.startWindow(block)
    const place = index.find(0)
    if (place >= 0 && place !== number * BLOCK) throw new Error(`block ${number} was found at ${place}`)
    if (place >= 0) found += 1
    asked += 1
  }
  return { asked, found }
}

const makers: Record<string, () => BlockIndex> = {
  BlockIndexByBytes: () => new BlockIndexByBytes(BLOCK, readBack),
  BlockIndexByHash: () => new BlockIndexByHash(BLOCK),
}

describe.each(Object.entries(makers))('%s', (_name, make) => {
  it('finds every block again after its table has grown several times', () => {
    const index = make()
    addBlocks(index, 1, 12_000)
    expect(countFound(index, 1, 12_000, 1)).toEqual({ asked: 11_999, found: 11_999 })
    expect(countFound(index, 12_000, 15_000, 1).found).toBe(0)
  })

  it('remembers only what was looked up in this window', () => {
    const index = make()
    const blocks = Buffer.alloc(4 * BLOCK, 7)
    index.startWindow(blocks)
    index.remember(2, 5 * BLOCK)
    expect(index.find(2)).toBe(-1)
    index.startWindow(blocks)
    index.remember(2, 5 * BLOCK)
    expect(index.find(0)).toBe(-1)
  })

  it('keeps the first place of a block', () => {
    const index = make()
    const block = Buffer.alloc(BLOCK)
    writeBlock(block, 3)
    index.startWindow(block)
    index.find(0)
    index.remember(0, 3 * BLOCK)
    index.remember(0, 9 * BLOCK)
    expect(index.find(0)).toBe(3 * BLOCK)
    expect(index.matches(block, 3 * BLOCK)).toBe(true)
    expect(index.matches(block, 9 * BLOCK)).toBe(false)
  })

  it('passes over places that a block number can’t name', () => {
    const index = make()
    const block = Buffer.alloc(BLOCK, 9)
    index.startWindow(block)
    index.find(0)
    index.remember(0, 2 ** 32 * BLOCK)
    expect(index.find(0)).toBe(-1)
  })

  it('serves windows of growing and shrinking size', () => {
    const index = make()
    for (const [number, blocks] of [
      [1, 2],
      [2, 300],
      [3, 5],
    ] as const) {
      const window = Buffer.alloc(blocks * BLOCK)
      writeBlock(window.subarray((blocks - 1) * BLOCK), number)
      index.startWindow(window)
      index.find(blocks - 1)
      index.remember(blocks - 1, number * BLOCK)
    }
    expect(countFound(index, 1, 4, 1).found).toBe(3)
  })
})
