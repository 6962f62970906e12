/** Which entries are wanted: exact paths are looked up without a scan, globs are matched over what lies below their fixed part. */
import picomatch from 'picomatch'
import {
  type ByteString,
  comparePaths,
  displayName,
  parentPath,
  textToByteString,
} from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import type { Entry } from '../entry.ts'
import { matchAny, type PathMatcher } from '../globs.ts'
import type { ArchiveReader } from '../reader.ts'
import { isWithin } from './paths.ts'

const everything = '' as ByteString

/** One wanted path or glob, and the folder that holds all it can match. */
interface Wanted {
  readonly pattern: string
  readonly root: ByteString
  readonly matches: PathMatcher
  found: boolean
}

export interface Selection {
  /** Everything that is wanted, once each, in stored order within each root. */
  entries(): Iterable<Entry>
  /** After entries(): one error for each pattern that matched nothing. */
  missing(): ReftarError[]
  /** Whether all of the archive is wanted, so that its totals hold. */
  readonly everything: boolean
}

/**
 * Builds the selection for the paths and globs of `selection` and the exact `paths`, without what `exclude` names. All
 * is wanted where `selection` is empty and `paths` not given, or holds the empty path.
 */
export function selectEntries(
  reader: ArchiveReader,
  selection: readonly string[],
  exclude: readonly string[],
  paths?: readonly ByteString[],
): Selection {
  const wanted = selection.map((pattern) => wantedOf(reader, pattern))
  const exact = new Set(paths)
  const wantsAll = paths === undefined ? selection.length === 0 : exact.has(everything)
  const unseen = new Set(exact)
  const roots = outermost([...wanted.map((one) => one.root), ...exact])
  const excluded = exclude.length === 0 ? undefined : withAncestors(matchAny(exclude))
  const isWanted = withAncestors((path) => {
    let any = exact.has(path)
    if (any) unseen.delete(path)
    for (const one of wanted) {
      if (!one.matches(path)) continue
      one.found = true
      any = true
    }
    return any
  })
  return {
    everything: wantsAll && excluded === undefined,
    *entries() {
      const sources = wantsAll ? [everything] : roots
      for (const source of sources) {
        for (const entry of below(reader, source)) {
          if (excluded?.(entry.path)) continue
          if (wantsAll || isWanted(entry.path)) yield entry
        }
      }
    },
    missing() {
      const patterns = wanted.filter((one) => !one.found).map((one) => one.pattern)
      // A folder without an entry of its own isn't seen when one above it is wanted too.
      const lost = [...unseen].filter((path) => !holds(reader, path)).map(displayName)
      return [...patterns, ...lost].map(
        (entry) => new ReftarError('no-match', 'nothing in the archive has this path', { entry }),
      )
    },
  }
}

function below(reader: ArchiveReader, root: ByteString): Iterable<Entry> {
  return root === '' ? reader.entries() : reader.subtree(root)
}

function wantedOf(reader: ArchiveReader, pattern: string): Wanted {
  const trimmed = pattern.replace(/^(?:\.\/+)+/, '').replace(/\/+$/, '')
  for (const literal of new Set([textToByteString(trimmed), fromDisplayName(trimmed)])) {
    if (literal !== '' && holds(reader, literal)) {
      return { pattern, root: literal, matches: (path) => path === literal, found: false }
    }
  }
  const scan = picomatch.scan(trimmed)
  if (!scan.isGlob) return { pattern, root: textToByteString(trimmed), matches: () => false, found: false }
  // A pattern without a slash may match anywhere.
  const base = textToByteString(scan.base.replace(/\/+$/, ''))
  const root = base !== '' && holds(reader, base) ? base : textToByteString('')
  return { pattern, root, matches: matchAny([trimmed]), found: false }
}

/** Folders need no entry of their own, so the first thing below counts too. */
function holds(reader: ArchiveReader, path: ByteString): boolean {
  if (reader.find(path) !== undefined) return true
  for (const _ of reader.subtree(path)) return true
  return false
}

/** Names as displayName shows them, back to bytes. */
export function fromDisplayName(shown: string): ByteString {
  const parts = shown.split(/(\\x[0-9a-f]{2}|\\u\{[0-9a-f]{1,6}\}|\\\\)/)
  const bytes = parts.map((part) => {
    if (part === '\\\\') return '\\'
    if (/^\\x[0-9a-f]{2}$/.test(part)) return String.fromCharCode(Number.parseInt(part.slice(2), 16))
    const unit = /^\\u\{([0-9a-f]{1,6})\}$/.exec(part)?.[1]
    const codePoint = unit === undefined ? Number.NaN : Number.parseInt(unit, 16)
    return textToByteString(codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : part)
  })
  return bytes.join('') as ByteString
}

/** What matches a folder matches all below it. Answers for folders are kept for as long as one folder's items come. */
function withAncestors(matches: PathMatcher): PathMatcher {
  const known = new Map<ByteString, boolean>()
  const folderPathMatcher = (folder: ByteString): boolean => {
    if (folder === '') return false
    const before = known.get(folder)
    if (before !== undefined) return before
    const answer = folderPathMatcher(parentPath(folder)) || matches(folder)
    if (known.size >= 4096) known.clear()
    known.set(folder, answer)
    return answer
  }
  return (path) => matches(path) || folderPathMatcher(parentPath(path))
}

/** The roots without those that lie below another one, in walk order: what lies below one comes directly behind it. */
export function outermost(roots: readonly ByteString[]): ByteString[] {
  const kept: ByteString[] = []
  for (const root of [...roots].sort(comparePaths)) {
    const last = kept.at(-1)
    if (last === undefined || !isWithin(root, last)) kept.push(root)
  }
  return kept
}
