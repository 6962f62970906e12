/** Finds entries by ordinal, by path and by folder: pages in walk order are a search tree. */
import { type ByteString, comparePaths, joinPath } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { type Entry, impliedFolder } from '../entry.ts'
import type { PageCache } from './page-cache.ts'

/** A place among the entries: a page and an index in it. The index may be one past the page's last. */
interface Position {
  readonly page: number
  readonly index: number
}

/** Below every path that comes after `path` and all that lies under it, above everything else: no component byte is 0. */
function afterSubtree(path: ByteString): ByteString {
  return `${path}\x01` as ByteString
}

function isBelow(path: ByteString, folder: ByteString): boolean {
  return (
    folder === '' || (path.length > folder.length && path.charCodeAt(folder.length) === 0x2f && path.startsWith(folder))
  )
}

/** Index of the first of `count` for which `isAtOrAfter` holds; `count` when none. */
function lowerBound(count: number, isAtOrAfter: (index: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isAtOrAfter(middle)) high = middle
    else low = middle + 1
  }
  return low
}

export class Listing {
  private readonly cache: PageCache

  constructor(cache: PageCache) {
    this.cache = cache
  }

  /** Entries in stored order from an ordinal on. */
  entries(fromOrdinal = 0): Iterable<Entry> {
    return this.from(this.positionOf(fromOrdinal))
  }

  /** `internal` when there are not so many. */
  entryAt(ordinal: number): Entry {
    const { page, index } = this.positionOf(ordinal)
    const entry = this.cache.load(page)[index]
    if (entry?.ordinal !== ordinal) throw new ReftarError('internal', `there is no entry ${ordinal}`)
    return entry
  }

  find(path: ByteString): Entry | undefined {
    const { page, index } = this.seek(path)
    const entry = this.cache.load(page)[index]
    return entry?.path === path ? entry : undefined
  }

  /** See ArchiveReader.children. Passes over what lies below a child by searching for what comes after it. */
  children(folder: ByteString, after: ByteString | undefined, limit: number): Entry[] {
    const children: Entry[] = []
    const start = after === undefined ? (folder === '' ? '' : `${folder}/`) : afterSubtree(joinPath(folder, after))
    let position = this.settle(this.seek(start as ByteString))
    while (children.length < limit) {
      const entry = this.cache.load(position.page)[position.index]
      if (entry === undefined || !isBelow(entry.path, folder)) break
      const slash = entry.path.indexOf('/', folder === '' ? 0 : folder.length + 1)
      const child = slash < 0 ? entry.path : (entry.path.slice(0, slash) as ByteString)
      children.push(slash < 0 ? entry : impliedFolder(entry.ordinal, child))
      position = this.afterChild(position, child)
    }
    return children
  }

  /** See ArchiveReader.subtree. Each generator between the pages and whoever walks over them costs a tenth of that. */
  subtree(path: ByteString): Iterable<Entry> {
    return path === '' ? this.entries() : this.below(path)
  }

  private *below(path: ByteString): Iterable<Entry> {
    for (const entry of this.from(this.seek(path))) {
      if (entry.path !== path && !isBelow(entry.path, path)) return
      yield entry
    }
  }

  /** See ArchiveReader.walk. In path order a folder comes right before what it holds: else it has no entry. */
  *walk(folder: ByteString): Iterable<Entry> {
    let last = folder
    /** How the paths begin that lie in the same folder as `last`. */
    let beside = folder === '' ? '' : `${folder}/`
    for (const entry of this.subtree(folder)) {
      const { path } = entry
      if (path === folder) continue
      const end = path.lastIndexOf('/') + 1
      if (end !== beside.length || !path.startsWith(beside)) {
        let slash = path.indexOf('/', folder === '' ? 0 : folder.length + 1)
        for (; slash >= 0; slash = path.indexOf('/', slash + 1)) {
          const above = path.slice(0, slash) as ByteString
          if (last !== above && !isBelow(last, above)) yield impliedFolder(entry.ordinal, above)
        }
        beside = path.slice(0, end)
      }
      yield entry
      last = path
    }
  }

  private *from(position: Position): Iterable<Entry> {
    let { index } = position
    for (let page = position.page; page < this.cache.pages.length; page++) {
      const entries = this.cache.load(page)
      for (; index < entries.length; index++) {
        const entry = entries[index]
        if (entry !== undefined) yield entry
      }
      index = 0
    }
  }

  private afterChild(position: Position, child: ByteString): Position {
    const next = this.cache.load(position.page)[position.index + 1]
    if (next !== undefined && !isBelow(next.path, child)) return { page: position.page, index: position.index + 1 }
    return this.settle(this.seek(afterSubtree(child)))
  }

  /** The same place, as the beginning of the next page when it is a page's end. */
  private settle(position: Position): Position {
    const record = this.cache.pages[position.page]
    return record !== undefined && position.index >= record.entryCount
      ? { page: position.page + 1, index: 0 }
      : position
  }

  private positionOf(ordinal: number): Position {
    const { pages } = this.cache
    const after = lowerBound(pages.length, (index) => (pages[index]?.firstOrdinal ?? 0) > ordinal)
    const page = Math.max(0, after - 1)
    return { page, index: ordinal - (pages[page]?.firstOrdinal ?? 0) }
  }

  /** Where the first entry at or after `path` is. */
  private seek(path: ByteString): Position {
    const { pages } = this.cache
    const after = lowerBound(pages.length, (index) => comparePaths(pages[index]?.firstPath ?? path, path) > 0)
    if (after === 0) return { page: 0, index: 0 }
    const entries = this.cache.load(after - 1)
    const index = lowerBound(entries.length, (at) => comparePaths(entries[at]?.path ?? path, path) >= 0)
    return { page: after - 1, index }
  }
}
