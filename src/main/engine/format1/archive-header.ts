/** The first 12 bytes of a format 1 archive (docs/format-1.md, "Archive header"). */
import { ReftarError } from '../../../shared/errors.ts'
import { said } from '../../../shared/said.ts'
import { FORMAT_1_MAGIC, FORMAT_1_VERSION, MAX_BLOCK_BYTES_1, MIN_BLOCK_BYTES_1 } from './layout.ts'

export const ARCHIVE_HEADER_BYTES = 12

const offsets = { magic: 0, version: 6, blockSize: 8 } as const

/** Whether an archive with this block size is read. */
function isBlockSize1(bytes: number): boolean {
  return Number.isInteger(bytes) && bytes >= MIN_BLOCK_BYTES_1 && bytes <= MAX_BLOCK_BYTES_1
}

/** 12 bytes; zeros follow up to the block boundary. `invalid-argument` for a block size out of range. */
export function encodeArchiveHeader(blockBytes: number): Uint8Array {
  if (!isBlockSize1(blockBytes)) {
    throw new ReftarError(
      'invalid-argument',
      said('{size} is no block size of format 1: 512 to 1048576', { size: blockBytes }),
    )
  }
  const bytes = new Uint8Array(ARCHIVE_HEADER_BYTES)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < FORMAT_1_MAGIC.length; i++) bytes[offsets.magic + i] = FORMAT_1_MAGIC.charCodeAt(i)
  view.setUint16(offsets.version, FORMAT_1_VERSION, true)
  view.setUint32(offsets.blockSize, blockBytes, true)
  return bytes
}

/** The block size that the header names; magic and version were looked at before. `damaged` when it is none. */
export function decodeArchiveHeader(bytes: Uint8Array): number {
  if (bytes.length < ARCHIVE_HEADER_BYTES)
    throw new ReftarError('damaged', 'it ends within its header', { offsetBytes: 0 })
  const blockBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(offsets.blockSize, true)
  if (!isBlockSize1(blockBytes)) {
    throw new ReftarError(
      'damaged',
      said('{size} is no block size of format 1: 512 to 1048576', { size: blockBytes }),
      {
        offsetBytes: offsets.blockSize,
      },
    )
  }
  return blockBytes
}
