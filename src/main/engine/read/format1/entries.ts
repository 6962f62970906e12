/** Makes entries from the index and the headers, which are read again one by one as they are asked for. */
import type { EntryKind } from '../../../../shared/archive-info.ts'
import type { ByteString } from '../../../../shared/byte-string.ts'
import { ReftarError } from '../../../../shared/errors.ts'
import type { Entry, Segments } from '../../entry.ts'
import { ENTRY_HEADER_START_BYTES, entryTypes } from '../../format1/entry-header.ts'
import { EntryHeaderReader, headerSizeAt } from '../../format1/entry-header-reader.ts'
import { HEADER_LIMIT_BYTES } from '../../format1/layout.ts'
import type { Handle } from '../../ports.ts'
import type { ReaderPorts } from '../archive-file.ts'
import { segmentsOf } from './extent-segments.ts'
import { HeaderWindow } from './header-window.ts'
import type { ArchiveIndex } from './index.ts'

const none = '' as ByteString

const kinds: Readonly<Record<number, EntryKind>> = {
  [entryTypes.file]: 'file',
  [entryTypes.hardlink]: 'hardlink',
  [entryTypes.symlink]: 'symlink',
  [entryTypes.characterDevice]: 'character-device',
  [entryTypes.blockDevice]: 'block-device',
  [entryTypes.directory]: 'directory',
  [entryTypes.fifo]: 'fifo',
}

export class EntrySource {
  readonly #index: ArchiveIndex
  readonly #window: HeaderWindow
  readonly #header: EntryHeaderReader
  readonly #fileBytes: number
  readonly #ordinalOf: (path: ByteString) => number

  /** `ordinalOf` finds what a hard link names, or -1. */
  constructor(
    files: ReaderPorts['files'],
    handle: Handle,
    fileBytes: number,
    index: ArchiveIndex,
    ordinalOf: (path: ByteString) => number,
  ) {
    this.#window = new HeaderWindow(files, handle, fileBytes)
    this.#fileBytes = fileBytes
    this.#index = index
    this.#header = new EntryHeaderReader(index.blockBytes)
    this.#ordinalOf = ordinalOf
  }

  /** The entry of an ordinal. `damaged` when the archive changed since it was opened. */
  entry(ordinal: number): Entry {
    this.#readHeader(this.#index.headerOffsets.at(ordinal))
    const header = this.#header
    const kind = kinds[header.type] ?? 'file'
    const isDevice = kind === 'character-device' || kind === 'block-device'
    return {
      ordinal,
      path: this.#index.paths[ordinal] ?? none,
      kind,
      mode: undefined,
      owner: { uid: header.uid, gid: header.gid, userName: header.userName, groupName: header.groupName },
      modifyTime: { seconds: header.modifyTime, nanoseconds: 0 },
      accessTime: { seconds: header.accessTime, nanoseconds: 0 },
      birthTime: undefined,
      sizeBytes: this.#index.sizes.at(ordinal),
      linkTarget: kind === 'symlink' ? header.linkTarget : none,
      hardLinkOrdinal: kind === 'hardlink' ? this.#linked(header.linkTarget, ordinal) : undefined,
      deviceMajor: isDevice ? header.deviceMajor : 0,
      deviceMinor: isDevice ? header.deviceMinor : 0,
      attributes: [],
      inodeFlags: 0,
      segments: this.#segments(ordinal),
    }
  }

  #readHeader(offset: number): void {
    const left = this.#fileBytes - offset
    const start = this.#window.seek(offset, Math.min(left, ENTRY_HEADER_START_BYTES))
    const size = headerSizeAt(this.#window.view, start)
    if (size === undefined || size > HEADER_LIMIT_BYTES) {
      throw new ReftarError('damaged', 'the archive changed while it was read', { offsetBytes: offset })
    }
    const at = this.#window.seek(offset, Math.min(left, size))
    this.#header.read(this.#window.bytes, this.#window.view, at, at + Math.min(left, size))
  }

  /** Empty for a faulty file, which so can't be taken for a whole one: its size says otherwise. */
  #segments(ordinal: number): Segments {
    if (this.#index.faults.has(ordinal)) return []
    const archiveOffset = this.#index.inlineOffsets.at(ordinal)
    if (archiveOffset > 0) return [{ kind: 'data', lengthBytes: this.#index.sizes.at(ordinal), archiveOffset }]
    return segmentsOf(this.#index, ordinal)
  }

  /** A hard link names a path of the archive; only an earlier entry counts. */
  #linked(linkTarget: ByteString, ordinal: number): number | undefined {
    const target = this.#ordinalOf(linkTarget.replace(/^(?:\.?\/)+/, '') as ByteString)
    return target >= 0 && target < ordinal ? target : undefined
  }
}
