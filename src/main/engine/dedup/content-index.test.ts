import { describe, expect, it } from 'vitest'
import { type ContentIndex, ContentIndexByBytes, ContentIndexByHash, type ContentPlace } from './content-index.ts'
import { sampleKey } from './sample-key.ts'

/** Packs in memory. */
class MemoryPacks {
  readonly bytes = new Map<string, Buffer>()
  isCheap = true

  readonly matches = (bytes: Buffer, { pack, packOffset }: ContentPlace): boolean =>
    this.isCheap && this.bytes.get(`${pack}:${packOffset}`)?.equals(bytes) === true
}

function indexes(): readonly [name: string, make: () => { index: ContentIndex; packs: MemoryPacks }][] {
  return [
    [
      'ContentIndexByBytes',
      () => {
        const packs = new MemoryPacks()
        return { index: new ContentIndexByBytes(packs.matches), packs }
      },
    ],
    ['ContentIndexByHash', () => ({ index: new ContentIndexByHash(), packs: new MemoryPacks() })],
  ]
}

function place(pack: number, packOffset = 0): ContentPlace {
  return { pack, packOffset }
}

describe.each(indexes())('%s', (_name, make) => {
  /** Adds as creation does: remembered content is in its pack from then on. */
  function adder() {
    const { index, packs } = make()
    const add = (bytes: Buffer, at: ContentPlace): ContentPlace | undefined => {
      const known = index.findOrRemember(bytes, 0, bytes.length, at)
      if (known === undefined) packs.bytes.set(`${at.pack}:${at.packOffset}`, Buffer.from(bytes))
      return known
    }
    return { add, packs }
  }

  it('finds equal bytes at their first place', () => {
    const { add } = adder()
    expect(add(Buffer.from('one'), place(0))).toBeUndefined()
    expect(add(Buffer.from('two'), place(0, 3))).toBeUndefined()
    expect(add(Buffer.from('one'), place(7, 9))).toEqual(place(0))
    expect(add(Buffer.from('two'), place(7, 9))).toEqual(place(0, 3))
    expect(add(Buffer.from('one'), place(8))).toEqual(place(0))
  })

  it('tells lengths apart, zeros included', () => {
    const { add } = adder()
    for (let length = 1; length < 50; length++) expect(add(Buffer.alloc(length), place(length))).toBeUndefined()
    for (let length = 1; length < 50; length++) expect(add(Buffer.alloc(length), place(99))).toEqual(place(length))
  })

  it('never mixes up bytes with equal key and length', () => {
    const { add } = adder()
    const bytes = Buffer.alloc(1_000, 'some content that is longer than what is sampled')
    const other = Buffer.from(bytes)
    other.writeUInt8(other.readUInt8(5) ^ 0xff, 5)
    const keyOf = ({ buffer, byteOffset, length }: Buffer) => sampleKey(new DataView(buffer, byteOffset), 0, length)
    expect(keyOf(other)).toBe(keyOf(bytes))
    add(bytes, place(1))
    expect(add(other, place(2))).toBeUndefined()
    expect(add(bytes, place(3))).toEqual(place(1))
  })

  it('remembers through growing', () => {
    const { add } = adder()
    const content = (i: number) => Buffer.from(`content ${i}`)
    const numbers = Array.from({ length: 6_000 }, (_, i) => i)
    expect(numbers.filter((i) => add(content(i), place(i, i * 2)) !== undefined)).toEqual([])
    expect(numbers.map((i) => add(content(i), place(0)))).toEqual(numbers.map((i) => place(i, i * 2)))
  })
})

it('ContentIndexByBytes stores again what is too costly to read back', () => {
  const packs = new MemoryPacks()
  const index = new ContentIndexByBytes(packs.matches)
  const bytes = Buffer.from('bytes')
  index.findOrRemember(bytes, 0, bytes.length, place(0))
  packs.bytes.set('0:0', bytes)
  packs.isCheap = false
  expect(index.findOrRemember(bytes, 0, bytes.length, place(1))).toBeUndefined()
  packs.isCheap = true
  expect(index.findOrRemember(bytes, 0, bytes.length, place(2))).toEqual(place(0))
})
