/** Format 1's constants: docs/format-1.md is the norm, section by section. All integers are little-endian. */

export const FORMAT_1_VERSION = 1
export const FORMAT_1_MAGIC = 'reftar'
export const ENTRY_MAGIC = 'FILE'

/** Any whole number in this range is read; the first reftar's documentation names these bounds. */
export const MIN_BLOCK_BYTES_1 = 512
export const MAX_BLOCK_BYTES_1 = 1 << 20

/** What one string of a header may take: more than any filesystem makes, little enough to allocate unseen. */
export const STRING_LIMIT_BYTES = 65_535
/** An index in memory has a limit; the smallest archive that reaches it takes 64 GiB. */
export const EXTENTS_LIMIT = 1 << 27

/** Bytes to add so that `offset` lies on a block boundary; none when it does already. */
export function paddingAfter(offset: number, blockBytes: number): number {
  return (blockBytes - (offset % blockBytes)) % blockBytes
}

/** Strings, blob and inline data together. A header that claims more is no header. */
export const HEADER_LIMIT_BYTES = 18 << 20
