/** The archive's last block (docs/format.md, "Trailer"). */
import { ReftarError } from '../../../shared/errors.ts'
import { blake3 } from './hash.ts'
import { HASH_BYTES } from './layout.ts'
import { SUPERBLOCK_BYTES } from './superblock.ts'

export interface Trailer {
  readonly directoryBlock: number
  /** From the superblock to the end of the trailer's block. */
  readonly fileLengthBytes: number
  readonly rootHash: Uint8Array
}

const TRAILER_BYTES = 48
const offsets = { directoryBlock: 0, fileLength: 8, rootHash: 16 } as const

/** What stands for the whole archive: BLAKE3 of the superblock's 128 bytes and the directory's payload as stored. */
export function computeRootHash(superblock: Uint8Array, directoryPayload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(SUPERBLOCK_BYTES + directoryPayload.length)
  bytes.set(superblock.subarray(0, SUPERBLOCK_BYTES))
  bytes.set(directoryPayload, SUPERBLOCK_BYTES)
  return blake3(bytes)
}

/** The trailer section's payload: 48 bytes, never compressed. */
export function encodeTrailer(trailer: Trailer): Uint8Array {
  const bytes = new Uint8Array(TRAILER_BYTES)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(offsets.directoryBlock, BigInt(trailer.directoryBlock), true)
  view.setBigUint64(offsets.fileLength, BigInt(trailer.fileLengthBytes), true)
  bytes.set(trailer.rootHash, offsets.rootHash)
  return bytes
}

/** `damaged` when it hasn't 48 bytes or names a place beyond 2^53. */
export function decodeTrailer(bytes: Uint8Array): Trailer {
  if (bytes.length !== TRAILER_BYTES) throw new ReftarError('damaged', 'trailer: it hasn’t 48 bytes')
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const directoryBlock = Number(view.getBigUint64(offsets.directoryBlock, true))
  const fileLengthBytes = Number(view.getBigUint64(offsets.fileLength, true))
  if (!Number.isSafeInteger(directoryBlock) || !Number.isSafeInteger(fileLengthBytes)) {
    throw new ReftarError('damaged', 'trailer: a number is out of range')
  }
  return { directoryBlock, fileLengthBytes, rootHash: bytes.slice(offsets.rootHash, offsets.rootHash + HASH_BYTES) }
}
