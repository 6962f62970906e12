import { describe, expect, it } from 'vitest'
import { type Tile, tileBoxes } from './tiles.ts'

const tile = (name: string, sizeBytes: number): Tile => ({ kind: 'file', name, sizeBytes, ownBytes: 0 })

describe('the areas of a treemap', () => {
  it('are as large as their share, within the whole, and don’t overlap', () => {
    const boxes = tileBoxes([tile('a', 600), tile('b', 300), tile('c', 100)], 400, 200)
    expect(boxes.map(({ tile: { name } }) => name)).toEqual(['a', 'b', 'c'])
    for (const [
      at,
      {
        tile: { sizeBytes },
        x,
        y,
        width,
        height,
      },
    ] of boxes.entries()) {
      expect((width * height) / (400 * 200)).toBeCloseTo(sizeBytes / 1000, 1)
      expect(x >= 0 && y >= 0 && x + width <= 400 && y + height <= 200).toBe(true)
      for (const other of boxes.slice(at + 1)) {
        const isApart =
          other.x >= x + width || x >= other.x + other.width || other.y >= y + height || y >= other.y + other.height
        expect(isApart).toBe(true)
      }
    }
  })

  it('stay within the whole, and can be seen, however small their share', () => {
    const [large, ...small] = tileBoxes([tile('large', 1e12), tile('b', 1e9), tile('c', 1), tile('d', 1)], 400, 200)
    expect(large?.width).toBeGreaterThan(390)
    expect(small).toHaveLength(3)
    for (const { x, y, width, height } of small) {
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(1)
      expect(x >= 0 && y >= 0 && x + width <= 400.01 && y + height <= 200.01).toBe(true)
    }
  })

  it('leave out what has no size', () => {
    expect(tileBoxes([tile('a', 1), tile('empty', 0)], 10, 10).map(({ tile: { name } }) => name)).toEqual(['a'])
    expect(tileBoxes([], 10, 10)).toEqual([])
  })
})
