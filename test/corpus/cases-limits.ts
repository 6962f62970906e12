/** Small archives that claim much: hostile-input line 11. */
import { PAGE_LIMIT_SEGMENTS } from '../../src/main/engine/format/layout.ts'
import { type Case, cases, opens, refused, simple2 } from './cases.ts'
import { Builder1 } from './format1-builder.ts'
import { Builder2, patternBytes } from './format2-builder.ts'
import { data, hole, packed, type WildEntry, zero } from './page-encoder.ts'
import { zstdFrame } from './zstd-frames.ts'

const bombs2 = cases(2, 'amplification')
const bombs1 = cases(1, 'amplification')
const MIB = 2 ** 20

const number = (value: number): string => String(value).padStart(6, '0')
const list = (count: number): string[] => Array.from({ length: count }, (_, i) => `f${number(i)}`)

const deepFolders = `${'n'.repeat(254)}/`.repeat(255)

/** Files of 64 MiB each, from packs that take two kilobytes. */
function packBomb(files: number, packs: number): Uint8Array {
  const builder = new Builder2()
  const raw = new Uint8Array(64 * MIB)
  const frame = zstdFrame([{ byte: 0, times: raw.length }])
  for (let i = 0; i < packs; i++) builder.pack(raw, { frame })
  builder.page(
    list(files).map(
      (path, i): WildEntry => ({ path, sizeBytes: raw.length, segments: [packed(i % packs, 0, raw.length)] }),
    ),
  )
  return builder.finish()
}

/** Pages of paths that differ in their last bytes only, 15 MiB of them written out a page. */
function longPaths(pages: number): Uint8Array {
  const builder = new Builder2()
  for (let page = 0; page < pages; page++) {
    builder.page(
      list(240).map((name): WildEntry => ({ path: `${deepFolders}${String.fromCharCode(97 + page)}${name}` })),
    )
  }
  return builder.finish()
}

/** Pages of one file in a quarter of a million pieces. */
function manySegments(pages: number): Uint8Array {
  const builder = new Builder2()
  builder.data(patternBytes(4096))
  builder.hashes()
  const count = 2 ** 18
  const segments = Array.from({ length: count }, () => data(1, 1))
  for (let page = 0; page < pages; page++) builder.page([{ path: `p${page}`, sizeBytes: count * 4096, segments }])
  return builder.finish()
}

/** Pages of one file in as many pieces as a page may have: a few blocks of data, then holes and zeros in turn. */
function mostSegments(pages: number): Uint8Array {
  const builder = new Builder2()
  builder.data(patternBytes(4096))
  builder.hashes()
  const segments = Array.from({ length: PAGE_LIMIT_SEGMENTS }, (_, i) => (i % 2 === 0 ? hole(1) : zero(1)))
  segments.fill(data(1, 1), 0, 100)
  const sizeBytes = 100 * 4096 + PAGE_LIMIT_SEGMENTS - 100
  for (let page = 0; page < pages; page++) builder.page([{ path: `p${page}`, sizeBytes, segments }])
  return builder.finish()
}

export const limitCases: readonly Case[] = [
  bombs2(
    'entries',
    'more entries than the limit',
    refused('limit-exceeded'),
    () => simple2(list(6000).map((path) => ({ path }))),
    { limits: { entries: 5000 } },
  ),
  bombs1(
    'entries',
    'more entries than the limit',
    refused('limit-exceeded'),
    () => {
      const builder = new Builder1(512)
      for (const name of list(300)) builder.entry({ name })
      return builder.bytes()
    },
    { limits: { entries: 200 } },
  ),
  bombs2(
    'entries-claimed',
    'a directory that claims 2^26 entries and more, in pages of 65,536 that have one',
    refused('limit-exceeded'),
    () => {
      const builder = new Builder2()
      for (let i = 0; i < 1100; i++) builder.page([{ path: `f${number(i)}` }], { record: { entryCount: 65_536 } })
      return builder.finish()
    },
  ),
  bombs2(
    'depth',
    'a path of more components than the limit',
    opens({ list: 'limit-exceeded', verify: 'limit-exceeded', error: 'limit-exceeded' }),
    () => simple2([{ path: `${'d/'.repeat(1024)}x` }]),
  ),
  bombs1('depth', 'a path of more components than the limit', refused('limit-exceeded'), () =>
    new Builder1().entry({ folder: 'd/'.repeat(1024).slice(0, -1), name: 'x' }).bytes(),
  ),
  bombs2(
    'claimed-size',
    'totals beyond the limit',
    refused('limit-exceeded'),
    () => simple2([{ path: 'a', sizeBytes: 2 ** 50, segments: [hole(2 ** 50)] }]),
    { limits: { logicalBytes: 2 ** 49 } },
  ),
  bombs1('claimed-size', 'holes of more than 2^53 bytes together', refused('limit-exceeded'), () => {
    const builder = new Builder1(2 ** 16)
    for (const name of ['a', 'b']) {
      builder.entry({ name, size: 2n ** 53n - 1n })
      for (let i = 0; i < 33; i++) builder.extent({ id: BigInt(i), kind: 'S', blocks: 2 ** 32 - 1 })
    }
    return builder.bytes()
  }),
  bombs2(
    'written-ratio',
    'files of 64 MiB each out of two kilobytes',
    opens({ list: list(8), verify: 'good', error: 'limit-exceeded', exists: ['f000000'] }),
    () => packBomb(8, 1),
    { limits: { writtenFloorBytes: 100 * MIB, writtenRatio: 100 } },
  ),
  bombs2('memory-packs', 'packs of 64 MiB, one after the other', opens({ list: list(8) }), () => packBomb(8, 6)),
  bombs2(
    'written-again',
    'one block of data that a file refers to 2^15 times, where it has to be copied',
    opens({ list: ['a'], error: 'limit-exceeded' }),
    () => {
      const builder = new Builder2()
      builder.data(patternBytes(4096))
      builder.hashes()
      const count = 2 ** 15
      builder.page([{ path: 'a', sizeBytes: count * 4096, segments: Array.from({ length: count }, () => data(1, 1)) }])
      return builder.finish()
    },
    { limits: { writtenFloorBytes: MIB, writtenRatio: 10 } },
  ),
  bombs2(
    'directory',
    'a directory that unpacks to 256 MiB of records that nobody knows',
    refused('limit-exceeded'),
    () =>
      simple2([{ path: 'a' }], {
        directoryPayload: new Uint8Array(256 * MIB),
        directoryFrame: zstdFrame([{ byte: 0, times: 256 * MIB }]),
      }),
  ),
  bombs2(
    'memory-optional-section',
    'a section that may be passed over and unpacks to 256 MiB',
    opens({ list: ['a'] }),
    () => {
      const builder = new Builder2()
      const frame = zstdFrame([{ byte: 0, times: 256 * MIB }])
      builder.section(0x80000007, new Uint8Array(256 * MIB), { frame })
      builder.page([{ path: 'a' }])
      return builder.finish()
    },
  ),
  bombs2(
    'memory-paths',
    'pages that unfold to 15 MiB of paths each: too long for Linux',
    opens({
      list: Array.from({ length: 12 }, (_, page) =>
        list(240).map((name) => `${deepFolders}${String.fromCharCode(97 + page)}${name}`),
      ).flat(),
      verify: 'faults',
      exists: [],
      problems: { [deepFolders.slice(0, 300)]: 'name-too-long' },
    }),
    () => longPaths(12),
  ),
  bombs2(
    'memory-segments',
    'pages with 2^18 segments each',
    opens({ list: ['p0', 'p1', 'p2', 'p3'], error: 'limit-exceeded' }),
    () => manySegments(4),
    { limits: { writtenFloorBytes: MIB, writtenRatio: 1 } },
  ),
  bombs2(
    'memory-segments-most',
    'pages of one file with 2^21 segments each, the most that a page may have',
    opens({ list: ['p0', 'p1'] }),
    () => mostSegments(2),
  ),
]
