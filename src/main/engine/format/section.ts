/** The header in front of everything that isn't file data (docs/format.md, "Section header"). */
import { ReftarError } from '../../../shared/errors.ts'
import { blake3, bytesEqual } from './hash.ts'
import {
  ARCHIVE_ID_BYTES,
  DIRECTORY_LIMIT_BYTES,
  HASH_BYTES,
  HASHES_LIMIT_BYTES,
  PACK_LIMIT_BYTES,
  PAGE_LIMIT_BYTES,
} from './layout.ts'

export const sectionKinds = { pack: 1, page: 2, hashes: 3, directory: 4, trailer: 5 } as const
/** Set in a kind that a reader may pass over without knowing it. */
export const OPTIONAL_KIND_BIT = 0x80000000
export const sectionEncodings = { raw: 0, zstd: 1 } as const

export const SECTION_HEADER_BYTES = 128
const SECTION_MAGIC = 'RFTSECT2'
const NO_SECTION = 2n ** 64n - 1n
const CHECKED_BYTES = 96

const offsets = {
  magic: 0,
  archiveId: 8,
  kind: 24,
  encoding: 28,
  sequence: 32,
  previousBlock: 40,
  rawLength: 48,
  storedLength: 56,
  payloadHash: 64,
  checksum: CHECKED_BYTES,
} as const

export interface SectionHeader {
  /** Where the section begins. Not written, but part of the checksum: a header copied elsewhere isn't valid there. */
  readonly block: number
  readonly archiveId: Uint8Array
  /** One of sectionKinds, or one that this reader doesn't know. */
  readonly kind: number
  /** One of sectionEncodings. */
  readonly encoding: number
  /** 0 for an archive's first section, then counting by one. */
  readonly sequence: number
  /** Block of the section before this one; undefined for the first. */
  readonly previousBlock: number | undefined
  readonly rawLengthBytes: number
  readonly storedLengthBytes: number
  /** BLAKE3 of the stored payload. */
  readonly payloadHash: Uint8Array
}

/** The most raw bytes that a section of this kind may hold; also the most stored bytes. */
function payloadLimitBytes(kind: number): number {
  if (kind === sectionKinds.pack) return PACK_LIMIT_BYTES
  if (kind === sectionKinds.page) return PAGE_LIMIT_BYTES
  if (kind === sectionKinds.hashes) return HASHES_LIMIT_BYTES
  return DIRECTORY_LIMIT_BYTES
}

/** Whether lengths and encoding go together: within the kind's limit, and equal when nothing is compressed. */
export function isPlausiblePayload(
  kind: number,
  encoding: number,
  rawLengthBytes: number,
  storedLengthBytes: number,
): boolean {
  const limit = payloadLimitBytes(kind)
  if (rawLengthBytes > limit || storedLengthBytes > limit) return false
  if (encoding === sectionEncodings.raw) return rawLengthBytes === storedLengthBytes
  return encoding === sectionEncodings.zstd && storedLengthBytes > 0
}

/** Blocks that a section with this payload takes, header and padding included. */
export function sectionLengthBlocks(storedLengthBytes: number, blockSizeBytes: number): number {
  return Math.ceil((SECTION_HEADER_BYTES + storedLengthBytes) / blockSizeBytes)
}

function checksum(bytes: Uint8Array, block: number): Uint8Array {
  const checked = new Uint8Array(CHECKED_BYTES + 8)
  checked.set(bytes.subarray(0, CHECKED_BYTES))
  new DataView(checked.buffer).setBigUint64(CHECKED_BYTES, BigInt(block), true)
  return blake3(checked)
}

/** 128 bytes, to stand at the beginning of block `header.block`, with the payload directly behind. */
export function encodeSectionHeader(header: SectionHeader): Uint8Array {
  const { kind, encoding, rawLengthBytes, storedLengthBytes } = header
  if (!isPlausiblePayload(kind, encoding, rawLengthBytes, storedLengthBytes)) {
    throw new ReftarError(
      'internal',
      `a section of kind ${kind} can’t hold ${rawLengthBytes} bytes stored as ${storedLengthBytes}`,
    )
  }
  const bytes = new Uint8Array(SECTION_HEADER_BYTES)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < SECTION_MAGIC.length; i++) bytes[i] = SECTION_MAGIC.charCodeAt(i)
  bytes.set(header.archiveId, offsets.archiveId)
  view.setUint32(offsets.kind, kind, true)
  view.setUint32(offsets.encoding, encoding, true)
  view.setBigUint64(offsets.sequence, BigInt(header.sequence), true)
  view.setBigUint64(
    offsets.previousBlock,
    header.previousBlock === undefined ? NO_SECTION : BigInt(header.previousBlock),
    true,
  )
  view.setBigUint64(offsets.rawLength, BigInt(rawLengthBytes), true)
  view.setBigUint64(offsets.storedLength, BigInt(storedLengthBytes), true)
  bytes.set(header.payloadHash, offsets.payloadHash)
  bytes.set(checksum(bytes, header.block), offsets.checksum)
  return bytes
}

/** Whether these bytes begin with a section's magic: a cheap look before decodeSectionHeader. */
export function hasSectionMagic(bytes: Uint8Array, offset: number): boolean {
  for (let i = 0; i < SECTION_MAGIC.length; i++) if (bytes[offset + i] !== SECTION_MAGIC.charCodeAt(i)) return false
  return true
}

/**
 * Reads the header at the beginning of block `block`. Undefined when there is none that belongs to this archive and
 * this place, or its lengths are out of bounds.
 */
export function decodeSectionHeader(
  bytes: Uint8Array,
  archiveId: Uint8Array,
  block: number,
): SectionHeader | undefined {
  if (bytes.length < SECTION_HEADER_BYTES || !hasSectionMagic(bytes, offsets.magic)) return undefined
  if (!bytesEqual(bytes.subarray(offsets.archiveId, offsets.archiveId + ARCHIVE_ID_BYTES), archiveId)) return undefined
  const stored = bytes.subarray(offsets.checksum, offsets.checksum + HASH_BYTES)
  if (!bytesEqual(checksum(bytes, block), stored)) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const kind = view.getUint32(offsets.kind, true)
  const encoding = view.getUint32(offsets.encoding, true)
  const previous = view.getBigUint64(offsets.previousBlock, true)
  const sequence = Number(view.getBigUint64(offsets.sequence, true))
  const rawLengthBytes = Number(view.getBigUint64(offsets.rawLength, true))
  const storedLengthBytes = Number(view.getBigUint64(offsets.storedLength, true))
  if (!isPlausiblePayload(kind, encoding, rawLengthBytes, storedLengthBytes) || !Number.isSafeInteger(sequence))
    return undefined
  if (previous !== NO_SECTION && previous >= BigInt(block)) return undefined
  return {
    block,
    archiveId,
    kind,
    encoding,
    sequence,
    previousBlock: previous === NO_SECTION ? undefined : Number(previous),
    rawLengthBytes,
    storedLengthBytes,
    payloadHash: bytes.slice(offsets.payloadHash, offsets.payloadHash + HASH_BYTES),
  }
}
