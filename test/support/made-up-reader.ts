/** An archive that says whatever a test wants: entries in any order, over a file with raw bytes. */

import type { Entry, Segment } from '../../src/main/engine/entry.ts'
import { defaultLimits } from '../../src/main/engine/limits.ts'
import type { Ports } from '../../src/main/engine/ports.ts'
import type { ArchiveReader } from '../../src/main/engine/reader.ts'
import { type ByteString, textToByteString } from '../../src/shared/byte-string.ts'
import { ReftarError } from '../../src/shared/errors.ts'

type MadeUpEntry = Partial<Entry> & { readonly path: ByteString }

/** An entry with everything else as usual. `path` is text. */
export function madeUp(path: string, entry: Partial<Entry> = {}): MadeUpEntry {
  return { ...entry, path: textToByteString(path) }
}

/** A file of one pack segment in pack 0, which holds `packBytes` of the reader. */
export function packed(path: string, packOffset: number, lengthBytes: number, entry: Partial<Entry> = {}): MadeUpEntry {
  const segments: Segment[] = [{ kind: 'pack', pack: 0, packOffset, lengthBytes }]
  return madeUp(path, { kind: 'file', sizeBytes: lengthBytes, segments, ...entry })
}

export interface MadeUpArchive {
  /** A real file whose bytes data segments name. */
  readonly archivePath: string
  readonly packs: readonly Uint8Array[]
  /** Called before each read of data, for tests that make it fail. */
  readonly onRead?: (archiveOffset: number) => void
}

export function madeUpReader(ports: Ports, archive: MadeUpArchive, list: readonly MadeUpEntry[]): ArchiveReader {
  const handle = ports.files.openFilePath(textToByteString(archive.archivePath), 'read')
  const none = textToByteString('')
  const entries = list.map(
    (entry, ordinal): Entry => ({
      ordinal,
      kind: 'file',
      mode: 0o644,
      owner: { uid: 0, gid: 0, userName: none, groupName: none },
      modifyTime: { seconds: 1_000_000, nanoseconds: 5 },
      accessTime: undefined,
      birthTime: undefined,
      sizeBytes: 0,
      linkTarget: none,
      hardLinkOrdinal: undefined,
      deviceMajor: 0,
      deviceMinor: 0,
      attributes: [],
      inodeFlags: 0,
      segments: [],
      ...entry,
    }),
  )
  const damaged = () => new ReftarError('damaged', { verbatim: 'there is nothing there' })
  return {
    info: {
      format: 1,
      archiveId: undefined,
      blockSizeBytes: 4096,
      fileSizeBytes: ports.files.status(handle).sizeBytes,
      createdAt: undefined,
      creator: undefined,
      totals: {
        entries: entries.length,
        files: 0,
        directories: 0,
        symlinks: 0,
        hardLinks: 0,
        others: 0,
        logicalBytes: 0,
        holeBytes: 0,
        zeroBytes: 0,
        dataBytes: 0,
        packRawBytes: 0,
        packStoredBytes: 0,
        sharedBytes: 0,
        duplicateBytes: 0,
      },
      sources: [],
      dataHashes: 'weak',
      rootHash: undefined,
      complete: true,
      notices: [],
    },
    limits: defaultLimits,
    handle,
    canCheckData: true,
    entries: (from = 0) => entries.slice(from),
    entryAt: (ordinal) => {
      const entry = entries[ordinal]
      if (entry === undefined) throw damaged()
      return entry
    },
    find: (path) => entries.find((entry) => entry.path === path),
    children: () => [],
    walk: () => [],
    subtree: (path) =>
      entries.filter((entry) => path === '' || entry.path === path || entry.path.startsWith(`${path}/`)),
    loadPack: (pack) => {
      const bytes = archive.packs[pack]
      return bytes === undefined ? Promise.reject(damaged()) : Promise.resolve(bytes)
    },
    prefetchPack: () => {},
    readData: (archiveOffset, lengthBytes, buffer) => {
      archive.onRead?.(archiveOffset)
      const read = ports.files.read(handle, buffer, 0, lengthBytes, archiveOffset)
      if (read !== lengthBytes) throw damaged()
    },
    checkData: (archiveOffset) => archive.onRead?.(archiveOffset),
    checkedEnd: () => undefined,
    verify: () => Promise.reject(damaged()),
    close: () => ports.files.close(handle),
  }
}
