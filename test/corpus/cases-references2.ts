import { brokenPage, type Case, cases, opens, refused, simple2, started2 } from './cases.ts'
import { Builder2, patternBytes } from './format2-builder.ts'
import { data, hole, packed, type WildEntry, type WildSegment } from './page-encoder.ts'

const references = cases(2, 'references')

const file = (path: string, sizeBytes = 10, segments: readonly WildSegment[] = [packed(0, 0, 10)]): WildEntry => ({
  path,
  sizeBytes,
  segments,
})
const one = (segment: WildSegment, sizeBytes: number) => () => simple2([file('a', sizeBytes, [segment]), file('b')])
const nothing = opens({ incomplete: true })
/** Listed, but one file’s content can’t be had. */
const badContent = opens({ list: ['a', 'b'], verify: 'faults', problems: { a: 'damaged' } })

export const referencesCases2: readonly Case[] = [
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
]
