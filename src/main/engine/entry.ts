/** What an archive says about one name: the same for every format. */

import type { EntryKind } from '../../shared/archive-info.ts'
import { type ByteString, textToByteString } from '../../shared/byte-string.ts'
import type { Timestamp } from '../../shared/timestamp.ts'
import type { ExtendedAttribute } from './ports.ts'

/**
 * One run of a file's bytes and where they are. The segments of a file follow each other without gaps from byte 0 to
 * its size.
 * - data: raw in the archive at `archiveOffset`. Cloneable as far as offset and length are whole blocks.
 * - pack: inside the decompressed bytes of pack number `pack`.
 * - hole: not stored by the source filesystem; reads as zeros.
 * - zero: zeros that the source did store; not stored in the archive.
 */
export type Segment =
  | { readonly kind: 'data'; readonly lengthBytes: number; readonly archiveOffset: number }
  | { readonly kind: 'pack'; readonly lengthBytes: number; readonly pack: number; readonly packOffset: number }
  | { readonly kind: 'hole'; readonly lengthBytes: number }
  | { readonly kind: 'zero'; readonly lengthBytes: number }

/** All runs of a file in order: an array or, where there are very many, something that makes them as they are asked for. */
export interface Segments extends Iterable<Segment> {
  readonly length: number
}

export interface Owner {
  readonly uid: number
  readonly gid: number
  /** Empty where the source had no name for the number. */
  readonly userName: ByteString
  readonly groupName: ByteString
}

export interface Entry {
  /** Position in the archive's walk order, from 0. */
  readonly ordinal: number
  /** Relative, components separated by `/`, never empty. */
  readonly path: ByteString
  readonly kind: EntryKind
  /** Twelve permission bits. Undefined where the format has none (format 1). */
  readonly mode: number | undefined
  readonly owner: Owner
  readonly modifyTime: Timestamp
  readonly accessTime: Timestamp | undefined
  readonly birthTime: Timestamp | undefined
  /** Logical size of a file; 0 for everything else. */
  readonly sizeBytes: number
  /** Target of a symlink as stored; empty for everything else. */
  readonly linkTarget: ByteString
  /** For a hard link: the ordinal of the earlier entry that it is another name of. */
  readonly hardLinkOrdinal: number | undefined
  readonly deviceMajor: number
  readonly deviceMinor: number
  readonly attributes: readonly ExtendedAttribute[]
  /** FS_IOC_GETFLAGS bits of the source. */
  readonly inodeFlags: number
  /** Empty for everything but files with bytes. */
  readonly segments: Segments
  /** A folder that is there only because something lies below it: never stored, only shown. */
  readonly implied?: true
}

/** A folder without an entry of its own. `ordinal` is the reader's for finding something of it again. */
export function impliedFolder(ordinal: number, path: ByteString): Entry {
  return {
    ordinal,
    path,
    kind: 'directory',
    mode: undefined,
    owner: { uid: 0xffff_ffff, gid: 0xffff_ffff, userName: none, groupName: none },
    modifyTime: { seconds: 0, nanoseconds: 0 },
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
    implied: true,
  }
}

const none = textToByteString('')
