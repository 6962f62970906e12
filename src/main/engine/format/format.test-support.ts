/** Random entries for property tests: valid pages, in walk order. */
import fc from 'fast-check'
import { type ByteString, comparePaths, parentPath } from '../../../shared/byte-string.ts'
import type { Segment } from '../entry.ts'
import type { NewEntry } from './page.ts'

const BLOCK = 4096

const arbitraryTime = fc.record({
  seconds: fc.oneof(
    fc.integer({ min: -1000, max: 2_000_000_000 }),
    fc.integer({ min: -(2 ** 51) + 1, max: 2 ** 51 - 1 }),
  ),
  nanoseconds: fc.integer({ min: 0, max: 999_999_999 }),
})

const arbitraryBytes = (minLength: number, maxLength: number): fc.Arbitrary<ByteString> =>
  fc
    .array(fc.integer({ min: 1, max: 255 }), { minLength, maxLength })
    .map((units) => String.fromCharCode(...units) as ByteString)

const arbitraryComponent = fc
  .oneof(arbitraryBytes(1, 6), fc.constantFrom('a', 'b', 'a.b', 'ab', '...', '.x', 'a\x01', 'a'.repeat(255)))
  .map((name) => name.replaceAll('/', '-'))
  .filter((name) => name !== '.' && name !== '..')

const arbitraryPath = fc
  .array(arbitraryComponent, { minLength: 1, maxLength: 4 })
  .map((components) => components.join('/') as ByteString)

const arbitrarySegment: fc.Arbitrary<Segment> = fc.oneof(
  fc.record({
    kind: fc.constant('data' as const),
    lengthBytes: fc.integer({ min: 1, max: 1 << 20 }).map((blocks) => blocks * BLOCK),
    archiveOffset: fc.integer({ min: 1, max: 2 ** 36 }).map((block) => block * BLOCK),
  }),
  fc.record({
    kind: fc.constant('pack' as const),
    lengthBytes: fc.integer({ min: 1, max: 100_000 }),
    pack: fc.integer({ min: 0, max: 1000 }),
    packOffset: fc.integer({ min: 0, max: 4 << 20 }),
  }),
  fc.record({ kind: fc.constant('hole' as const), lengthBytes: fc.integer({ min: 1, max: 2 ** 45 }) }),
  fc.record({ kind: fc.constant('zero' as const), lengthBytes: fc.integer({ min: 1, max: 2 ** 45 }) }),
)

const arbitraryContent = fc.oneof(
  fc.array(arbitrarySegment, { maxLength: 5 }).map((segments) => ({
    kind: 'file' as const,
    segments,
    sizeBytes: segments.reduce((sum, segment) => sum + segment.lengthBytes, 0),
  })),
  arbitraryBytes(1, 20).map((linkTarget) => ({ kind: 'symlink' as const, linkTarget })),
  fc.constantFrom({ kind: 'fifo' as const }, { kind: 'hardlink' as const }),
  fc
    .tuple(fc.integer({ min: 0, max: 0xffff_ffff }), fc.integer({ min: 0, max: 0xffff_ffff }))
    .chain(([deviceMajor, deviceMinor]) =>
      fc.constantFrom(
        { kind: 'character-device' as const, deviceMajor, deviceMinor },
        { kind: 'block-device' as const, deviceMajor, deviceMinor },
      ),
    ),
)

const arbitraryAttributes = fc.record({
  mode: fc.option(fc.integer({ min: 0, max: 0o7777 }), { nil: undefined }),
  owner: fc.record({
    uid: fc.integer({ min: 0, max: 0xffff_ffff }),
    gid: fc.constantFrom(0, 1000),
    userName: fc.constantFrom('' as ByteString, 'root' as ByteString, 'm\xfcller' as ByteString),
    groupName: fc.constantFrom('' as ByteString, 'users' as ByteString),
  }),
  modifyTime: arbitraryTime,
  accessTime: fc.option(arbitraryTime, { nil: undefined }),
  birthTime: fc.option(arbitraryTime, { nil: undefined }),
  attributes: fc.array(
    fc.record({ name: arbitraryBytes(1, 12), value: fc.uint8Array({ maxLength: 20 }).map((value) => value.slice()) }),
    { maxLength: 2 },
  ),
  inodeFlags: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff_ffff })),
})

/** What every entry has unless it says otherwise. */
export const plainEntry: Omit<NewEntry, 'path'> = {
  kind: 'file',
  mode: 0o644,
  owner: { uid: 0, gid: 0, userName: 'root' as ByteString, groupName: 'root' as ByteString },
  modifyTime: { seconds: 1_700_000_000, nanoseconds: 5 },
  accessTime: undefined,
  birthTime: undefined,
  sizeBytes: 0,
  linkTarget: '' as ByteString,
  hardLinkOrdinal: undefined,
  deviceMajor: 0,
  deviceMinor: 0,
  attributes: [],
  inodeFlags: 0,
  segments: [],
}

/** Entries of one page in walk order, folders before what they hold, hard links to earlier entries; the first is a folder. */
export function arbitraryEntries(firstOrdinal: number, maxPaths: number): fc.Arbitrary<NewEntry[]> {
  return fc
    .array(fc.tuple(arbitraryPath, arbitraryContent, arbitraryAttributes), { minLength: 1, maxLength: maxPaths })
    .map((drafts) => {
      const byPath = new Map<ByteString, NewEntry>()
      for (const [path, content, attributes] of drafts) {
        byPath.set(path, { ...plainEntry, ...attributes, ...content, path })
        for (let parent = parentPath(path); parent !== ''; parent = parentPath(parent)) {
          byPath.set(parent, { ...plainEntry, ...attributes, kind: 'directory', path: parent })
        }
      }
      const sorted = [...byPath.values()].sort((a, b) => comparePaths(a.path, b.path))
      return sorted.map((entry, index): NewEntry => {
        const isFolder =
          sorted[index + 1] !== undefined && parentPath(sorted[index + 1]?.path ?? entry.path) === entry.path
        if (isFolder) {
          return {
            ...entry,
            kind: 'directory',
            sizeBytes: 0,
            segments: [],
            linkTarget: '' as ByteString,
            deviceMajor: 0,
            deviceMinor: 0,
          }
        }
        if (entry.kind !== 'hardlink') return entry
        return firstOrdinal + index === 0
          ? { ...entry, kind: 'fifo' }
          : { ...entry, hardLinkOrdinal: Math.floor((firstOrdinal + index) / 2) }
      })
    })
}
