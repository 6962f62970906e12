/** Entries in walk order, as format 2 wants them: format 1 stores them in any order, and folders need no entry there. */
import { type ByteString, comparePaths, parentPath } from '../../../shared/byte-string.ts'
import type { Entry } from '../entry.ts'
import type { ArchiveReader } from '../reader.ts'

/** All entries in walk order; a folder that has none gets one before what it holds. */
export function* entriesInWalkOrder(reader: ArchiveReader): Iterable<Entry> {
  if (reader.info.format === 2) {
    yield* reader.entries()
    return
  }
  const stored: { readonly path: ByteString; readonly ordinal: number }[] = []
  for (const { path, ordinal } of reader.entries()) stored.push({ path, ordinal })
  stored.sort((a, b) => comparePaths(a.path, b.path))
  let folders: ByteString[] = []
  for (const { path, ordinal } of stored) {
    const missing: ByteString[] = []
    for (let folder = parentPath(path); folder !== '' && !folders.includes(folder); folder = parentPath(folder)) {
      missing.push(folder)
    }
    const entry = reader.entryAt(ordinal)
    for (const folder of missing.reverse()) {
      const found = reader.find(folder)
      // Owner and time are the best guess there is: those of what made the folder necessary.
      if (found?.kind === 'directory') yield { ...found, owner: entry.owner, modifyTime: entry.modifyTime }
      folders.push(folder)
    }
    folders = folders.filter((folder) => path.startsWith(`${folder}/`))
    if (entry.kind === 'directory') folders.push(path)
    yield entry
  }
}
