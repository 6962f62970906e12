import { expect, it } from 'vitest'
import { sampleKey } from './sample-key.ts'

function keyOf(bytes: Uint8Array): number {
  return sampleKey(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, bytes.length)
}

it('looks at every byte of short contents, and at the first and last of long ones', () => {
  for (const length of [1, 2, 3, 4, 5, 7, 8, 63, 254, 255, 256, 257, 4096, 65_535]) {
    const bytes = new Uint8Array(length)
    const plain = keyOf(bytes)
    const looksAt = (at: number): boolean => {
      bytes[at] = 0x80
      const key = keyOf(bytes)
      bytes[at] = 0
      return key !== plain
    }
    const places = length <= 256 ? Array.from(bytes.keys()) : [0, length - 1]
    expect(places.filter((at) => !looksAt(at))).toEqual([])
  }
})

it('looks at nothing around the part', () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, i) => i)
  const view = new DataView(bytes.buffer)
  for (const length of [3, 40, 290]) {
    bytes.fill(1, 0, 5).fill(1, 5 + length)
    const key = sampleKey(view, 5, length)
    bytes.fill(2, 0, 5).fill(2, 5 + length)
    expect(sampleKey(view, 5, length)).toBe(key)
    expect(keyOf(bytes.slice(5, 5 + length))).toBe(key)
  }
})

it('gives numbers of 32 bits, nearly all different', () => {
  const keys = Array.from({ length: 20_000 }, (_, i) => keyOf(Uint8Array.of(i, i >> 8, 0, i & 1)))
  expect(keys.every((key) => Number.isInteger(key) && key >= 0 && key < 2 ** 32)).toBe(true)
  expect(new Set(keys).size).toBe(20_000)
})
