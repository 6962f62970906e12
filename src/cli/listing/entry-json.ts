/** An entry as one line of `list --json`. */
import { type Entry, type EntryUse, flagLetters } from '../../main/engine/index.ts'
import { type ByteString, byteStringToText, displayName } from '../../shared/byte-string.ts'

const hexOf = (bytes: ByteString): string => Buffer.from(bytes, 'latin1').toString('hex')

/** `name` as text, and its bytes in hex where they are no UTF-8. */
function textMembers(name: string, bytes: ByteString): Record<string, string> {
  const text = byteStringToText(bytes)
  return text === undefined ? { [name]: displayName(bytes), [`${name}Hex`]: hexOf(bytes) } : { [name]: text }
}

/** The members docs/cli.md lists. Plain data; sizes in bytes. */
export function entryDocument(
  entry: Entry,
  use: EntryUse,
  hardLinkTarget: ByteString | undefined,
): Record<string, unknown> {
  const isFile = entry.kind === 'file'
  const flags = flagLetters(entry.inodeFlags)
  const isDevice = entry.kind === 'character-device' || entry.kind === 'block-device'
  const lengths = { data: 0, pack: 0, hole: 0, zero: 0 }
  for (const { kind, lengthBytes } of entry.segments) lengths[kind] += lengthBytes
  return {
    type: 'entry',
    ...textMembers('path', entry.path),
    kind: entry.kind,
    mode: entry.mode === undefined ? null : entry.mode.toString(8).padStart(4, '0'),
    uid: entry.owner.uid,
    gid: entry.owner.gid,
    ...textMembers('userName', entry.owner.userName),
    ...textMembers('groupName', entry.owner.groupName),
    modifyTime: entry.modifyTime,
    ...(entry.accessTime === undefined ? {} : { accessTime: entry.accessTime }),
    ...(entry.birthTime === undefined ? {} : { birthTime: entry.birthTime }),
    ...(flags === '' ? {} : { flags }),
    ...(entry.attributes.length === 0
      ? {}
      : {
          attributes: entry.attributes.map(({ name, value }) => ({
            ...textMembers('name', name),
            sizeBytes: value.byteLength,
          })),
        }),
    ...(isFile
      ? {
          sizeBytes: entry.sizeBytes,
          storedBytes: use.storedBytes,
          ...(use.sharedBytes === undefined
            ? {}
            : { sharedBytes: use.sharedBytes, onlyHereBytes: use.storedBytes - use.sharedBytes }),
          holeBytes: lengths.hole,
          zeroBytes: lengths.zero,
        }
      : {}),
    ...(entry.kind === 'symlink' ? textMembers('linkTarget', entry.linkTarget) : {}),
    ...(hardLinkTarget === undefined ? {} : textMembers('hardLinkTarget', hardLinkTarget)),
    ...(isDevice ? { deviceMajor: entry.deviceMajor, deviceMinor: entry.deviceMinor } : {}),
  }
}
