/** Lengths of format 2: hostile-input line 12. */
import { sectionKinds } from '../../src/main/engine/format/section.ts'
import { brokenPage, type Case, cases, opens, refused, simple2, started2 } from './cases.ts'
import { Builder2, patternBytes } from './format2-builder.ts'
import { data, hole, packed, type WildEntry, type WildSegment, zero } from './page-encoder.ts'
import { zstdFrame } from './zstd-frames.ts'

const lengths = cases(2, 'lengths')

const file = (path: string, sizeBytes = 10, segments: readonly WildSegment[] = [packed(0, 0, 10)]): WildEntry => ({
  path,
  sizeBytes,
  segments,
})
const one = (segment: WildSegment, sizeBytes: number) => () => simple2([file('a', sizeBytes, [segment]), file('b')])

export const lengthsCases2: readonly Case[] = [
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
]
