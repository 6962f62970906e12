import { expect, test } from 'vitest'
import { SeededRandom } from './random.ts'

test('the same seed gives the same numbers on every machine', () => {
  const random = new SeededRandom(1, 0)
  const numbers = [random.next(), random.next(), random.next()]
  expect(numbers).toMatchInlineSnapshot(`
    [
      1080862987,
      3546521498,
      2861869171,
    ]
  `)
  const bytes = Buffer.alloc(7)
  new SeededRandom(1, 0).fill(bytes)
  expect(bytes.readUInt32LE(0)).toBe(numbers[0])
})

test('seeds and streams differ', () => {
  const firsts = [new SeededRandom(1, 0), new SeededRandom(1, 1), new SeededRandom(2, 0)].map((one) => one.next())
  expect(new Set(firsts).size).toBe(3)
})

test('bounds are included, and chances are what they say', () => {
  const random = new SeededRandom(3, 0)
  const seen = new Set(Array.from({ length: 200 }, () => random.between(5, 7)))
  expect([...seen].sort()).toEqual([5, 6, 7])
  const hits = Array.from({ length: 10_000 }, () => random.chance(30)).filter(Boolean).length
  expect(hits).toBeGreaterThan(2800)
  expect(hits).toBeLessThan(3200)
  expect(Array.from({ length: 100 }, () => random.chance(0)).some(Boolean)).toBe(false)
  expect(Array.from({ length: 100 }, () => random.chance(100)).every(Boolean)).toBe(true)
})
