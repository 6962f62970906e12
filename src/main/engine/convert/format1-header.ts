/** What an entry of any archive says in format 1's words. */
import type { SourceFilesystem } from '../../../shared/archive-info.ts'
import { type ByteString, baseName, parentPath } from '../../../shared/byte-string.ts'
import type { Entry } from '../entry.ts'
import { type EntryHeader, entryTypes } from '../format1/entry-header.ts'

/** The filesystem that files come from. */
export interface HeaderSource {
  readonly type: ByteString
  readonly id: bigint
}

/** One filesystem for all entries, since format 2 doesn't say which of several an entry comes from. */
export function sourceOf(sources: readonly SourceFilesystem[]): HeaderSource {
  const [only, second] = sources
  if (only === undefined || second !== undefined) return { type: 'unknown' as ByteString, id: 0n }
  const id = /^[0-9a-f]{1,16}$/.test(only.id) ? BigInt(`0x${only.id}`) : 0n
  return { type: only.type as ByteString, id }
}

/** The header of a file, folder or symbolic link; a hard link is a file of its own. */
export function headerOf(entry: Entry, sizeBytes: number, source: HeaderSource): EntryHeader {
  const isFile = entry.kind === 'file' || entry.kind === 'hardlink'
  const modifyTime = Math.max(0, entry.modifyTime.seconds)
  return {
    type: entry.kind === 'directory' ? entryTypes.directory : isFile ? entryTypes.file : entryTypes.symlink,
    sizeBytes,
    uid: entry.owner.uid,
    gid: entry.owner.gid,
    deviceMajor: 0,
    deviceMinor: 0,
    accessTime: Math.max(0, entry.accessTime?.seconds ?? modifyTime),
    modifyTime,
    changeTime: modifyTime,
    userName: entry.owner.userName,
    groupName: entry.owner.groupName,
    folder: parentPath(entry.path),
    name: baseName(entry.path),
    linkTarget: entry.linkTarget,
    filesystemType: isFile ? source.type : ('' as ByteString),
    filesystemId: isFile ? source.id : 0n,
  }
}
