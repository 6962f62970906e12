/** An entry as a line of the table. */
import type { ByteString } from '../../shared/byte-string.ts'
import type { EntryRow } from '../../shared/ipc/archives.ts'
import type { ArchiveReader, ArchiveUse, Entry } from '../engine/index.ts'

/** Packs count before compression; folders and links are stored in no blocks. */
export function rowOf(entry: Entry, use: ArchiveUse): EntryRow {
  const { storedBytes, sharedBytes } = use(entry)
  return {
    ordinal: entry.ordinal,
    path: entry.path,
    kind: entry.kind,
    sizeBytes: entry.sizeBytes,
    storedBytes,
    sharedBytes,
    modifyTime: entry.modifyTime,
    mode: entry.mode,
    linkTarget: entry.linkTarget,
    implied: entry.implied === true,
  }
}

/** A large folder among them takes a page to be passed over: who takes children in slices gets a few at a time. */
const CHILDREN_AT_ONCE = 32

/** All children of a folder in name order, read as they are taken. */
export function* allChildren(reader: ArchiveReader, folder: ByteString, after?: ByteString): Iterable<Entry> {
  let last = after
  for (;;) {
    const children = reader.children(folder, last, CHILDREN_AT_ONCE)
    yield* children
    const { path } = children.at(-1) ?? {}
    if (path === undefined || children.length < CHILDREN_AT_ONCE) return
    last = path.slice(folder === '' ? 0 : folder.length + 1) as ByteString
  }
}
