import { brokenPage, type Case, cases, opens, refused, simple2, started2 } from './cases.ts'
import { Builder2, patternBytes } from './format2-builder.ts'
import { packed, type WildEntry, type WildSegment } from './page-encoder.ts'

const index = cases(2, 'index')

const file = (path: string, sizeBytes = 10, segments: readonly WildSegment[] = [packed(0, 0, 10)]): WildEntry => ({
  path,
  sizeBytes,
  segments,
})

export const indexCases2: readonly Case[] = [
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
]
