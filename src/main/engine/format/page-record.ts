import type { EntryKind } from '../../../shared/archive-info.ts'
/** What page encoder and decoder share (docs/format.md, "Page"): the numbers that stand for kinds and flags. */

/** Bits 0–2 of an entry's first byte: the index into this list. */
export const entryKindCodes = [
  'file',
  'directory',
  'symlink',
  'hardlink',
  'fifo',
  'character-device',
  'block-device',
] as const satisfies readonly EntryKind[]

export const KIND_MASK = 0x07

/** Bits 3–7 of an entry's first byte. */
export const entryFlags = {
  accessTime: 0x08,
  birthTime: 0x10,
  inodeFlags: 0x20,
  attributes: 0x40,
  /** The source had no mode (converted from a format without one). */
  noMode: 0x80,
} as const

export const segmentCodes = { data: 0, pack: 1, hole: 2, zero: 3 } as const

export const MODE_LIMIT = 0o7777
export const NANOSECOND_LIMIT = 999_999_999
export const UINT32_LIMIT = 0xffff_ffff
