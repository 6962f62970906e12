/** Hostile lists of entries: single fields changed, entries repeated, exchanged, left out, or a tree out of nothing. */
import type { EntryKind } from '../../src/shared/archive-info.ts'
import type { ByteString } from '../../src/shared/byte-string.ts'
import { comparePaths } from '../../src/shared/byte-string.ts'
import { data, hole, packed, type WildEntry, type WildSegment, zero } from '../corpus/page-encoder.ts'
import { hostilePath, hostileTarget } from './hostile-names.ts'
import type { Random } from './random.ts'

const kinds: readonly EntryKind[] = [
  'file',
  'file',
  'file',
  'directory',
  'directory',
  'symlink',
  'symlink',
  'hardlink',
  'fifo',
  'character-device',
  'block-device',
]

export function mutateEntries(random: Random, original: readonly WildEntry[], paths: readonly string[]): WildEntry[] {
  const entries = [...original]
  const at = random.below(entries.length)
  const entry = entries[at]
  if (entry === undefined) return entries
  switch (random.below(8)) {
    case 0:
      entries.splice(at, 1)
      break
    case 1:
      entries.splice(random.below(entries.length), 0, entry)
      break
    case 2: {
      const other = random.below(entries.length)
      entries[at] = entries[other] ?? entry
      entries[other] = entry
      break
    }
    case 3:
      entries[at] = { ...entry, path: hostilePath(random, paths) }
      break
    case 4:
      entries[at] = withSegments(random, entry)
      break
    default:
      entries[at] = { ...entry, ...wildField(random, at) }
  }
  if (random.chance(0.3)) entries.sort(inWalkOrder)
  return entries
}

function inWalkOrder(a: WildEntry, b: WildEntry): number {
  return comparePaths(a.path as ByteString, b.path as ByteString)
}

function time(random: Random): readonly [number, number] {
  const seconds = random.hostileNumber(1_700_000_000)
  return [random.chance(0.5) ? seconds : -seconds, random.pick([0, 5, 999_999_999, 1_000_000_000])]
}

function wildField(random: Random, ordinal: number): Partial<WildEntry> {
  switch (random.below(16)) {
    case 0:
      return { kind: random.pick(kinds) }
    case 1:
      return { mode: random.pick([0, 0o7777, 0o10000, 0o4755, null, random.hostileNumber()]) }
    case 2:
      return { owner: random.hostileNumber(0) }
    case 3:
      return { modifyTime: time(random) }
    case 4:
      return { accessTime: time(random), birthTime: time(random) }
    case 5:
      return { inodeFlags: random.hostileNumber(0x10) }
    case 6:
      return {
        attributes: [
          [
            random.pick(['user.a', '', 'security.capability', 'x\0y', 'trusted.z'.repeat(40)]),
            random.bytes(random.below(40)),
          ],
        ],
      }
    case 7:
      return { sizeBytes: random.hostileNumber(4096) }
    case 8:
      return { kind: 'symlink', linkTarget: hostileTarget(random) }
    case 9:
      return { kind: 'hardlink', hardLink: random.below(ordinal + 2) }
    case 10:
      return { distance: random.hostileNumber(1) }
    case 11:
      return { deviceMajor: random.hostileNumber(1), deviceMinor: random.hostileNumber(3) }
    case 12:
      return { head: random.below(256) }
    case 13:
      return { sharedBytes: random.hostileNumber(2) }
    case 14:
      return { restBytes: random.hostileNumber(2) }
    default:
      return { segmentCount: random.hostileNumber(2) }
  }
}

function wildSegment(random: Random): WildSegment {
  switch (random.below(5)) {
    case 0:
      return data(random.hostileNumber(1 + random.below(16)), random.hostileNumber(1))
    case 1:
      return packed(random.hostileNumber(0), random.hostileNumber(50), random.hostileNumber(100))
    case 2:
      return hole(random.hostileNumber(4096))
    case 3:
      return zero(random.hostileNumber(4096))
    default:
      return { code: random.below(8), length: random.below(5), start: random.below(20), pack: random.below(3) }
  }
}

/** A size that fits the segments in most cases, so that they aren't refused for that alone. */
function withSegments(random: Random, entry: WildEntry): WildEntry {
  const segments = [...(entry.segments ?? [])]
  if (segments.length > 0 && random.chance(0.7)) segments[random.below(segments.length)] = wildSegment(random)
  else segments.splice(random.below(segments.length + 1), 0, wildSegment(random))
  const size = segments.reduce((sum, { code, length }) => sum + (code === 0 ? length * 4096 : length), 0)
  const sizeBytes = random.chance(0.85) && Number.isSafeInteger(size) ? size : random.hostileNumber(4096)
  return { ...entry, kind: 'file', segments, sizeBytes }
}

/** Names that lie below, beside and over one another, with links among them. */
export function randomTree(random: Random, firstOrdinal: number): WildEntry[] {
  const paths: string[] = []
  const entries: WildEntry[] = []
  const isTame = random.chance(0.6)
  for (let count = 1 + random.below(14); count > 0; count--) {
    const path = isTame ? tamePath(random, paths) : hostilePath(random, paths)
    paths.push(path)
    const kind = random.pick(kinds)
    const base: WildEntry = { path, kind, mode: random.below(0o10000), linkTarget: hostileTarget(random) || '.' }
    const sizeBytes = random.pick([0, 4096, 50])
    if (kind === 'file' && sizeBytes > 0) {
      entries.push({
        ...base,
        sizeBytes,
        segments: [sizeBytes === 4096 ? data(1, 1) : packed(0, random.below(450), 50)],
      })
    } else entries.push(base)
  }
  if (random.chance(0.8)) entries.sort(inWalkOrder)
  const unique = entries.filter(({ path }, index) => index === 0 || path !== entries[index - 1]?.path)
  const ordered = random.chance(0.9) ? unique : entries
  return ordered.map((entry, index) =>
    entry.kind === 'hardlink' ? { ...entry, hardLink: firstOrdinal + random.below(Math.max(1, index)) } : entry,
  )
}

function tamePath(random: Random, paths: readonly string[]): string {
  const name = random.pick(['a', 'b', 'c', 'link', 'existing', 'dir', 'd'])
  return paths.length > 0 && random.chance(0.5) ? `${random.pick(paths)}/${name}` : name
}
