/** The container of format 2: hostile-input lines 10 to 13 and 15. */
import { sectionKinds } from '../../src/main/engine/format/section.ts'
import { everything2 } from '../fuzz/seeds.ts'
import { brokenPage, type Case, cases, opens, refused, simple2, started2 } from './cases.ts'
import { Builder2, patternBytes } from './format2-builder.ts'
import { data, hole, packed, type WildEntry, type WildSegment, zero } from './page-encoder.ts'
import { zstdFrame } from './zstd-frames.ts'

const references = cases(2, 'references')
const lengths = cases(2, 'lengths')
const index = cases(2, 'index')
const damage = cases(2, 'damage')

const file = (path: string, sizeBytes = 10, segments: readonly WildSegment[] = [packed(0, 0, 10)]): WildEntry => ({
  path,
  sizeBytes,
  segments,
})
const one = (segment: WildSegment, sizeBytes: number) => () => simple2([file('a', sizeBytes, [segment]), file('b')])
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

export const containerCases2: readonly Case[] = [
  // References
  references('data-in-superblock', 'data in block 0', brokenPage, one(data(0, 1), 4096)),
  references('data-in-section', 'data where a section is', badContent, one(data(2, 1), 4096)),
  references('data-into-section', 'data that begins well and runs into a section', badContent, one(data(1, 2), 8192)),
  references('data-in-own-page', 'data in the page that names it', badContent, one(data(4, 1), 4096)),
  references('data-past-end', 'data behind the archive’s end', badContent, one(data(50, 1), 4096)),
  references('data-beyond-2-53', 'data beyond 2^53', brokenPage, one(data(2 ** 42, 1), 4096)),
  references('pack-missing', 'a pack that doesn’t exist', badContent, one(packed(1, 0, 10), 10)),
  references('pack-past-end', 'content behind its pack’s end', badContent, one(packed(0, 495, 10), 10)),
  references('segment-too-long', 'segments longer than the file', brokenPage, one(packed(0, 0, 11), 10)),
  references('segment-too-short', 'segments shorter than the file', brokenPage, one(packed(0, 0, 9), 10)),
  references('segment-empty', 'a segment of no length', brokenPage, () =>
    simple2([file('a', 10, [hole(0), packed(0, 0, 10)])]),
  ),
  references(
    'segment-kind-unknown',
    'a segment of a kind that doesn’t exist',
    brokenPage,
    one({ code: 4, length: 10 }, 10),
  ),
  references(
    'data-without-hash',
    'data that no hash covers, in an archive that says that all is covered',
    badContent,
    () => {
      const builder = new Builder2()
      builder.data(patternBytes(4096))
      builder.pack(patternBytes(500, 3))
      builder.page([file('a', 4096, [data(1, 1)]), file('b')])
      return builder.finish()
    },
  ),
  references(
    'hash-covers-section',
    'a hash of data that runs into a section',
    opens({ list: ['a', 'b'], verify: 'faults', problems: { a: 'damaged' } }),
    () => {
      const builder = new Builder2()
      builder.data(patternBytes(4096))
      builder.pack(patternBytes(500, 3))
      builder.hashes([{ start: 1, blocks: 20 }])
      builder.page([file('a', 4096, [data(1, 1)]), file('b')])
      return builder.finish()
    },
  ),
  references('hash-wrong', 'data that isn’t what its hash says', badContent, () => {
    const builder = new Builder2()
    builder.data(patternBytes(4096))
    builder.pack(patternBytes(500, 3))
    builder.hashes([{ start: 1, blocks: 1 }])
    builder.page([file('a', 4096, [data(1, 1)]), file('b')])
    return builder.finish()
  }),
  references('hashes-overlap', 'two sections with hashes of the same data', refused('damaged'), () => {
    const builder = started2()
    builder.hashes([{ start: 1, blocks: 1 }])
    return builder.withPage([file('a')]).finish()
  }),
  references(
    'directory-is-trailer',
    'a trailer that names itself as the directory',
    opens({ list: ['a'], incomplete: true }),
    () => simple2([file('a')], { trailer: { directoryBlock: 6 } }),
  ),
  references(
    'directory-is-page',
    'a trailer that names a page as the directory',
    opens({ list: ['a'], incomplete: true }),
    () => simple2([file('a')], { trailer: { directoryBlock: 4 } }),
  ),
  references(
    'directory-beyond',
    'a trailer that names a directory beyond 2^53',
    opens({ list: ['a'], incomplete: true }),
    () => simple2([file('a')], { trailer: { directoryBlock: 2 ** 53 - 1 } }),
  ),
  references(
    'sequence-broken',
    'an interrupted archive whose sections don’t count up: only what is before the break',
    nothing,
    () => {
      const builder = started2()
      builder.page([file('a')], { header: { sequence: 40n } })
      return builder.bytes()
    },
  ),
  references(
    'previous-is-itself',
    'an interrupted archive whose last section follows itself',
    opens({ incomplete: true }),
    () => {
      const builder = started2()
      builder.page([file('a')], { header: { previousBlock: 4n } })
      return builder.bytes()
    },
  ),

  // Lengths
  ...[0, 1, 512, 4095, 5000, 2 ** 21, 2 ** 31].map((blockSize) =>
    lengths(`block-size-${blockSize}`, `a block size of ${blockSize}`, refused('damaged'), () => {
      const builder = new Builder2({ blockSize, layoutBlockSize: 4096 })
      builder.page([{ path: 'a' }])
      return builder.finish()
    }),
  ),
  lengths(
    'size-2-53',
    'a file of 2^53 − 1 bytes, all of it a hole: harmless',
    opens({ list: ['a'] }),
    () => simple2([file('a', 2 ** 53 - 1, [hole(2 ** 53 - 1)])]),
    {},
  ),
  lengths(
    'size-sum-beyond',
    'two files that claim more than 2^53 bytes together',
    opens({ list: ['a', 'b'], verify: 'faults', error: 'limit-exceeded', exists: ['a'] }),
    () =>
      simple2([file('a', 2 ** 53 - 1, [hole(2 ** 53 - 1)]), file('b', 2 ** 53 - 1, [zero(2 ** 53 - 1)])], {
        totals: { logicalBytes: 2 ** 53 - 1 },
      }),
  ),
  lengths(
    'segment-of-2-52-blocks',
    'a segment whose length in bytes is beyond 2^53',
    brokenPage,
    one(data(1, 2 ** 52), 2 ** 53 - 1),
  ),
  lengths('names-longer-than-page', 'names that claim more bytes than the page has', brokenPage, () => {
    const builder = started2()
    // First ordinal, one entry, no owner, names of 2^32 bytes.
    builder.section(sectionKinds.page, Uint8Array.of(0, 1, 0, 0x80, 0x80, 0x80, 0x80, 0x10, 0, 0, 0, 0), {
      record: { entryCount: 1, firstPath: 'a' },
    })
    return builder.finish()
  }),
  lengths('entries-more-than-page', 'a page that claims 65,536 entries and has one', brokenPage, () => {
    const builder = started2()
    builder.page({ firstOrdinal: 0, entries: [{ path: 'a' }], count: 65_536 })
    return builder.finish()
  }),
  lengths('segments-more-than-page', 'a file that claims 2^21 segments and has one', brokenPage, () =>
    simple2([{ ...file('a'), segmentCount: 2 ** 21 }]),
  ),
  lengths('varint-too-long', 'a number of nine bytes', brokenPage, () => {
    const builder = started2()
    builder.section(sectionKinds.page, Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1, 1, 0, 0), {
      record: { entryCount: 1, firstPath: 'a' },
    })
    return builder.finish()
  }),
  lengths(
    'section-longer-than-file',
    'a section in the directory that ends behind the file: the directory is refused, recovery finds it as it is',
    opens({ list: ['a'], incomplete: true }),
    () => {
      const builder = started2()
      builder.page([file('a')], { record: { storedLengthBytes: 60 << 20, rawLengthBytes: 60 << 20 } })
      return builder.finish()
    },
  ),
  lengths(
    'zstd-longer',
    'a frame that unpacks to more than announced',
    opens({ list: ['a'], verify: 'faults', problems: { a: 'damaged' } }),
    () => {
      const builder = new Builder2()
      builder.pack(patternBytes(500, 3), { frame: zstdFrame([{ byte: 1, times: 100_000 }], 500) })
      builder.page([file('a')])
      return builder.finish()
    },
  ),
  lengths(
    'zstd-shorter',
    'a frame that unpacks to less than announced',
    opens({ list: ['a'], verify: 'faults', problems: { a: 'damaged' } }),
    () => {
      const builder = new Builder2()
      builder.pack(patternBytes(500, 3), { frame: zstdFrame([{ byte: 1, times: 100 }], 500) })
      builder.page([file('a')])
      return builder.finish()
    },
  ),
  lengths(
    'zstd-two-frames',
    'two frames where one should be',
    opens({ list: ['a'], verify: 'faults', problems: { a: 'damaged' } }),
    () => {
      const raw = patternBytes(500, 3)
      const builder = new Builder2()
      builder.pack(raw, { frame: Buffer.concat([zstdFrame([raw]), zstdFrame([raw])]) })
      builder.page([file('a')])
      return builder.finish()
    },
  ),

  // Index
  index('count-differs', 'a directory that claims another number of entries than the page has', brokenPage, () => {
    const builder = started2()
    builder.page([file('a')], { record: { entryCount: 2 } })
    return builder.finish()
  }),
  index('first-path-differs', 'a directory that names another first path than the page has', brokenPage, () => {
    const builder = started2()
    builder.page([file('b')], { record: { firstPath: 'a' } })
    return builder.finish()
  }),
  index('first-ordinal-differs', 'a page that doesn’t begin with the entry that is next', brokenPage, () => {
    const builder = started2()
    builder.page({ firstOrdinal: 7, entries: [file('a')] })
    return builder.finish()
  }),
  index('pages-exchanged', 'two pages out of order', refused('damaged'), () => {
    const builder = started2()
    builder.page([file('b')])
    builder.page([file('a')])
    return builder.finish()
  }),
  index('pages-overlap', 'a page that ends behind the next one’s beginning', brokenPage, () => {
    const builder = started2()
    builder.page([file('a'), file('c')])
    builder.page([file('b')])
    return builder.finish()
  }),
  index(
    'sections-overlap',
    'sections that overlap: the directory is refused, recovery finds them as they are',
    opens({ list: ['a'], incomplete: true }),
    () =>
      simple2([file('a')], {
        directory: (directory) => ({
          ...directory,
          records: directory.records.map((record, at) =>
            at === 0 ? { ...record, storedLengthBytes: 20_000, rawLengthBytes: 20_000 } : record,
          ),
        }),
      }),
  ),
  index(
    'section-twice',
    'one section in the directory twice: refused, recovery finds it once',
    opens({ list: ['a'], incomplete: true }),
    () =>
      simple2([file('a')], {
        directory: (directory) => ({ ...directory, records: [...directory.records, ...directory.records] }),
      }),
  ),
  index(
    'section-left-out',
    'a pack that the directory doesn’t list',
    opens({ list: ['a'], verify: 'faults', problems: { a: 'damaged' } }),
    () => {
      const builder = new Builder2()
      builder.pack(patternBytes(500, 3), { unlisted: true })
      builder.page([file('a')])
      return builder.finish()
    },
  ),
  index(
    'header-differs',
    'a section’s header that disagrees with the directory: verify tells',
    opens({ list: ['a'], verify: 'faults' }),
    () => {
      const builder = started2()
      builder.page([file('a')], { header: { rawLengthBytes: 9, storedLengthBytes: 9 } })
      return builder.finish()
    },
  ),
  index(
    'totals-wrong',
    'totals that aren’t those of the entries: verify tells',
    opens({ list: ['a'], verify: 'faults' }),
    () => simple2([file('a')], { totals: { files: 100 } }),
  ),
  index(
    'totals-missing',
    'a directory without totals: refused, recovery finds the entries',
    opens({ list: ['a'], incomplete: true }),
    () => simple2([file('a')], { directory: (directory) => ({ ...directory, withoutTotals: true }) }),
  ),
  index('record-unknown', 'a record in the directory that nobody knows: passed over', opens({ list: ['a'] }), () =>
    simple2([file('a')], { directory: (directory) => ({ ...directory, extra: [[99, patternBytes(50)]] }) }),
  ),
  index('section-optional', 'a section of an unknown kind that may be passed over', opens({ list: ['a'] }), () => {
    const builder = started2()
    builder.section(0x80000007, patternBytes(50))
    return builder.withPage([file('a')]).finish()
  }),
  index(
    'section-unknown',
    'a section of an unknown kind that may not be passed over',
    refused('unsupported-version'),
    () => {
      const builder = started2()
      builder.section(7, patternBytes(50))
      return builder.withPage([file('a')]).finish()
    },
  ),
  index('feature-required', 'a feature that must be understood', refused('unsupported-version'), () => {
    const builder = new Builder2({ requiredFeatures: 1n })
    return builder.finish()
  }),
  index('feature-optional', 'a feature that may be ignored', opens({ list: [] }), () =>
    new Builder2({ optionalFeatures: 1n << 63n }).finish(),
  ),
  index('version-3', 'a later version', refused('unsupported-version'), () => new Builder2({ version: 3 }).finish()),

  // Damage
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
