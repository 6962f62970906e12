/** Everything the details panel shows of one entry. */
import { bytesToByteString, displayName } from '../../shared/byte-string.ts'
import type { EntryDetails, EntryExtent } from '../../shared/ipc/archives.ts'
import { type ArchiveReader, type Entry, flagLetters, type UseMap } from '../engine/index.ts'
import { rowOf } from './rows.ts'
import type { SharingIndex } from './sharing-index.ts'

const MOST_EXTENTS = 1000
const MOST_SHARERS = 50
const LONGEST_VALUE_BYTES = 1024

/** Throws `internal` when there is no such entry, `damaged` when it can't be read. */
export function entryDetails(reader: ArchiveReader, index: SharingIndex, ordinal: number): EntryDetails {
  const entry = reader.entryAt(ordinal)
  const { hardLinkOrdinal, owner, segments } = entry
  return {
    row: rowOf(entry, index.use),
    accessTime: entry.accessTime,
    birthTime: entry.birthTime,
    uid: owner.uid,
    gid: owner.gid,
    userName: owner.userName,
    groupName: owner.groupName,
    hardLinkTo: hardLinkOrdinal === undefined ? undefined : reader.entryAt(hardLinkOrdinal).path,
    deviceMajor: entry.deviceMajor,
    deviceMinor: entry.deviceMinor,
    attributes: entry.attributes.map(({ name, value }) => ({
      name,
      sizeBytes: value.byteLength,
      text: displayName(bytesToByteString(value.subarray(0, LONGEST_VALUE_BYTES))),
    })),
    flagLetters: flagLetters(entry.inodeFlags),
    extents: extentsOf(entry, index.map),
    extentCount: segments.length,
    ...sharersOf(reader, index, entry),
    checksums: reader.info.dataHashes,
  }
}

function extentsOf({ segments }: Entry, map: UseMap | undefined): EntryExtent[] {
  const extents: EntryExtent[] = []
  let offsetBytes = 0
  for (const segment of segments) {
    if (extents.length === MOST_EXTENTS) break
    const { kind, lengthBytes } = segment
    extents.push({
      kind,
      offsetBytes,
      lengthBytes,
      archiveOffset: segment.kind === 'data' ? segment.archiveOffset : undefined,
      users: segment.kind === 'data' ? map?.usersOf(segment) : undefined,
    })
    offsetBytes += lengthBytes
  }
  return extents
}

function sharersOf(
  reader: ArchiveReader,
  index: SharingIndex,
  entry: Entry,
): Pick<EntryDetails, 'sharers' | 'sharerCount' | 'sharersComplete'> {
  const first: { ordinal: number; sharedBytes: number }[] = []
  let sharerCount = 0
  for (const sharer of index.map?.sharersOf(entry) ?? []) {
    if (++sharerCount <= MOST_SHARERS) first.push(sharer)
  }
  const sharers = first.map(({ ordinal, sharedBytes }) => ({ path: reader.entryAt(ordinal).path, sharedBytes }))
  return { sharers, sharerCount, sharersComplete: index.map !== undefined }
}
