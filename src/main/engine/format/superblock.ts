/** Block 0 (docs/format.md, "Superblock"). */

import { ReftarError } from '../../../shared/errors.ts'
import { type Said, said } from '../../../shared/said.ts'
import type { Timestamp } from '../../../shared/timestamp.ts'
import { detectVersion } from './detection.ts'
import { blake3, bytesEqual } from './hash.ts'
import { ARCHIVE_ID_BYTES, FORMAT_VERSION, HASH_BYTES, MAGIC, MAX_BLOCK_BYTES, MIN_BLOCK_BYTES } from './layout.ts'

export interface Superblock {
  readonly blockSizeBytes: number
  /** 16 random bytes. */
  readonly archiveId: Uint8Array
  /** "Must understand" bits. */
  readonly requiredFeatures: bigint
  /** "May ignore" bits. */
  readonly optionalFeatures: bigint
  readonly createdAt: Timestamp
}

export const SUPERBLOCK_BYTES = 128
/** No "must understand" bit has a meaning yet. */
const KNOWN_FEATURES = 0n

const offsets = {
  version: 6,
  blockSize: 8,
  reserved12: 12,
  archiveId: 16,
  requiredFeatures: 32,
  optionalFeatures: 40,
  creationSeconds: 48,
  creationNanoseconds: 56,
  reserved60: 60,
  checksum: 96,
} as const

/** Whether a number may be an archive's block size: a power of two from 4096 to 1 MiB. */
function isBlockSize(bytes: number): boolean {
  return Number.isInteger(bytes) && bytes >= MIN_BLOCK_BYTES && bytes <= MAX_BLOCK_BYTES && (bytes & (bytes - 1)) === 0
}

/** 128 bytes; the rest of block 0 is zero. `invalid-argument` for a block size that isn't one. */
export function encodeSuperblock(superblock: Superblock): Uint8Array {
  if (!isBlockSize(superblock.blockSizeBytes)) {
    throw new ReftarError(
      'invalid-argument',
      said('{size} is no block size: a power of two from 4096 to 1048576', { size: superblock.blockSizeBytes }),
    )
  }
  if (superblock.archiveId.length !== ARCHIVE_ID_BYTES) throw new ReftarError('internal', 'an archive id has 16 bytes')
  const bytes = new Uint8Array(SUPERBLOCK_BYTES)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < MAGIC.length; i++) bytes[i] = MAGIC.charCodeAt(i)
  view.setUint16(offsets.version, FORMAT_VERSION, true)
  view.setUint32(offsets.blockSize, superblock.blockSizeBytes, true)
  bytes.set(superblock.archiveId, offsets.archiveId)
  view.setBigUint64(offsets.requiredFeatures, superblock.requiredFeatures, true)
  view.setBigUint64(offsets.optionalFeatures, superblock.optionalFeatures, true)
  view.setBigInt64(offsets.creationSeconds, BigInt(superblock.createdAt.seconds), true)
  view.setUint32(offsets.creationNanoseconds, superblock.createdAt.nanoseconds, true)
  bytes.set(blake3(bytes.subarray(0, offsets.checksum)), offsets.checksum)
  return bytes
}

/**
 * Reads the first 128 bytes of an archive. `not-an-archive` without the magic, `unsupported-version` for another
 * version or an unknown "must understand" bit, `damaged` otherwise.
 */
export function decodeSuperblock(bytes: Uint8Array): Superblock {
  const version = detectVersion(bytes)
  if (version === undefined) throw new ReftarError('not-an-archive', 'it doesn’t begin like a reftar archive')
  if (version !== FORMAT_VERSION) {
    throw new ReftarError(
      'unsupported-version',
      said('written in format {found}; this reftar reads format {known}', { found: version, known: FORMAT_VERSION }),
    )
  }
  const damaged = (problem: Said): ReftarError =>
    new ReftarError('damaged', said('superblock: {problem}', { problem }), { offsetBytes: 0 })
  if (bytes.length < SUPERBLOCK_BYTES) throw damaged('it is cut off')
  const checksum = bytes.subarray(offsets.checksum, offsets.checksum + HASH_BYTES)
  if (!bytesEqual(blake3(bytes.subarray(0, offsets.checksum)), checksum)) throw damaged('its checksum is wrong')
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const requiredFeatures = view.getBigUint64(offsets.requiredFeatures, true)
  if ((requiredFeatures & ~KNOWN_FEATURES) !== 0n) {
    throw new ReftarError(
      'unsupported-version',
      said('it uses features unknown here ({features})', {
        features: { verbatim: `0x${requiredFeatures.toString(16)}` },
      }),
    )
  }
  const blockSizeBytes = view.getUint32(offsets.blockSize, true)
  if (!isBlockSize(blockSizeBytes)) throw damaged(said('{size} is no block size', { size: blockSizeBytes }))
  const seconds = Number(view.getBigInt64(offsets.creationSeconds, true))
  const nanoseconds = view.getUint32(offsets.creationNanoseconds, true)
  if (!Number.isSafeInteger(seconds) || nanoseconds > 999_999_999) throw damaged('its creation time is out of range')
  for (let at = offsets.reserved60; at < offsets.checksum; at++)
    if (bytes[at] !== 0) throw damaged('a reserved byte isn’t 0')
  if (view.getUint32(offsets.reserved12, true) !== 0) throw damaged('a reserved byte isn’t 0')
  return {
    blockSizeBytes,
    archiveId: bytes.slice(offsets.archiveId, offsets.archiveId + ARCHIVE_ID_BYTES),
    requiredFeatures,
    optionalFeatures: view.getBigUint64(offsets.optionalFeatures, true),
    createdAt: { seconds, nanoseconds },
  }
}
