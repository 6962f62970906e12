import { everything2 } from '../fuzz/seeds.ts'
import { brokenPage, type Case, cases, opens, refused, simple2 } from './cases.ts'
import { Builder2, patternBytes } from './format2-builder.ts'
import { data, packed, type WildEntry, type WildSegment } from './page-encoder.ts'

const damage = cases(2, 'damage')

const file = (path: string, sizeBytes = 10, segments: readonly WildSegment[] = [packed(0, 0, 10)]): WildEntry => ({
  path,
  sizeBytes,
  segments,
})
const nothing = opens({ incomplete: true })
/** Listed, but one file’s content can’t be had. */
const badContent = opens({ list: ['a', 'b'], verify: 'faults', problems: { a: 'damaged' } })
const everythingPaths = ['a', 'a/1', 'a/2', 'a/3', 'a/4', 'b', 'b/\xff', 'c', 'd', 'e', 'f', 'g']

function damaged(change: (bytes: Uint8Array) => Uint8Array | undefined): () => Uint8Array {
  return () => {
    const bytes = simple2([file('a', 4096, [data(1, 1)]), file('b')])
    return change(bytes) ?? bytes
  }
}

export const damageCases2: readonly Case[] = [
  damage('whole', 'nothing: every feature once', opens({ list: everythingPaths }), everything2),
  damage('empty-file', 'a file without a byte', refused('not-an-archive'), () => new Uint8Array(0)),
  damage(
    'superblock-only',
    'cut off behind the first block',
    nothing,
    damaged((bytes) => bytes.subarray(0, 4096)),
  ),
  damage(
    'superblock-cut',
    'cut off within the first block',
    refused('damaged'),
    damaged((bytes) => bytes.subarray(0, 100)),
  ),
  damage(
    'superblock-bit',
    'a flipped bit in the archive’s id',
    refused('damaged'),
    damaged((bytes) => void flip(bytes, 20)),
  ),
  damage(
    'data-bit',
    'a flipped bit in a file’s data',
    badContent,
    damaged((bytes) => void flip(bytes, 4096 + 1000)),
  ),
  damage(
    'pack-bit',
    'a flipped bit in a pack: all that is in it',
    opens({ list: ['a', 'b'], verify: 'faults', problems: { b: 'damaged' } }),
    damaged((bytes) => void flip(bytes, 2 * 4096 + 200)),
  ),
  damage(
    'page-bit',
    'a flipped bit in a page',
    brokenPage,
    damaged((bytes) => void flip(bytes, 4 * 4096 + 140)),
  ),
  damage(
    'padding-bit',
    'a flipped bit in padding: verify tells',
    opens({ list: ['a', 'b'], verify: 'faults' }),
    damaged((bytes) => void flip(bytes, 5 * 4096 - 1)),
  ),
  damage(
    'directory-bit',
    'a flipped bit in the directory: recovered',
    opens({ list: ['a', 'b'], incomplete: true, verify: 'faults' }),
    damaged((bytes) => void flip(bytes, 5 * 4096 + 140)),
  ),
  damage(
    'trailer-bit',
    'a flipped bit in the trailer: recovered',
    opens({ list: ['a', 'b'], incomplete: true }),
    damaged((bytes) => void flip(bytes, 6 * 4096 + 130)),
  ),
  damage(
    'trailer-missing',
    'cut off before the trailer: recovered',
    opens({ list: ['a', 'b'], incomplete: true }),
    damaged((bytes) => bytes.subarray(0, 6 * 4096)),
  ),
  damage(
    'trailer-cut',
    'cut off within the trailer’s padding: recovered',
    opens({ list: ['a', 'b'], incomplete: true }),
    damaged((bytes) => bytes.subarray(0, bytes.length - 1)),
  ),
  damage(
    'page-missing',
    'cut off before the page: nothing is left',
    nothing,
    damaged((bytes) => bytes.subarray(0, 4 * 4096)),
  ),
  damage(
    'bytes-after',
    'bytes behind the trailer: not part of the archive',
    opens({ list: ['a', 'b'] }),
    damaged((bytes) => Buffer.concat([bytes, patternBytes(5000)])),
  ),
  damage(
    'archive-after',
    'another archive behind the trailer: its sections have another place',
    opens({ list: ['a', 'b'] }),
    damaged((bytes) => Buffer.concat([bytes, everything2()])),
  ),
  damage(
    'content-like-sections',
    'file content that looks like a trailer and a page of this archive at another place',
    opens({ list: ['a'] }),
    () => {
      const inner = simple2([file('evil')])
      const builder = new Builder2()
      const start = builder.data(inner.subarray(4096))
      builder.hashes()
      builder.page([file('a', inner.length - 4096, [data(start, inner.length / 4096 - 1)])])
      return builder.finish()
    },
  ),
]

function flip(bytes: Uint8Array, at: number): void {
  bytes[at] = (bytes[at] ?? 0) ^ 1
}
