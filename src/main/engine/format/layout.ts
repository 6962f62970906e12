/** Format 2's constants: docs/format.md is the norm, section by section. */

export const MAGIC = 'reftar'
export const FORMAT_VERSION = 2
export const MIN_BLOCK_BYTES = 4096
export const MAX_BLOCK_BYTES = 1 << 20
export const ARCHIVE_ID_BYTES = 16
export const HASH_BYTES = 32

/** A pack holds at most this many raw bytes when we write, and may hold this many when we read. */
export const PACK_TARGET_BYTES = 4 << 20
export const PACK_LIMIT_BYTES = 64 << 20
/**
 * A page is closed at this many raw bytes or entries, whichever comes first. Listing a folder decodes a page for each
 * large child, at half a microsecond an entry: with 1024 entries the root of a huge archive shows in a few milliseconds.
 */
export const PAGE_TARGET_BYTES = 1 << 20
export const PAGE_TARGET_ENTRIES = 1024
export const PAGE_LIMIT_BYTES = 64 << 20
/** No page holds more entries than this, so that a small page can't unfold into a large heap. */
export const PAGE_LIMIT_ENTRIES = 1 << 16
/** No page holds more segments than this. A file's map is in one page, so it is the limit for a file too. */
export const PAGE_LIMIT_SEGMENTS = 1 << 21
/** Sum of a page's paths written out in full: they take that much memory, whatever the page itself takes. */
export const PAGE_LIMIT_PATH_BYTES = 16 << 20
/** A hashes section is written with at most this many chunks. */
export const HASHES_TARGET_CHUNKS = 1 << 15
export const HASHES_LIMIT_BYTES = 4 << 20
export const DIRECTORY_LIMIT_BYTES = 256 << 20
/** Data is hashed in chunks of at most this many bytes, so that a partial restore checks only what it reads. */
export const CHUNK_TARGET_BYTES = 1 << 20
export const CHUNK_LIMIT_BYTES = 16 << 20

export const COMPONENT_LIMIT_BYTES = 255
export const PATH_LIMIT_BYTES = 65_535
/** All extended attributes of one entry, names and values. */
export const ATTRIBUTES_LIMIT_BYTES = 8 << 20
/** Timestamps lie within ± this many seconds of 1970, so that the difference of two is a svarint. */
export const TIME_LIMIT_SECONDS = 2 ** 51 - 1
