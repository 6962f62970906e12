/** Superblocks and section headers of format 2 with any numbers in them, and checksums that fit. */
import { blake3 } from '../../src/main/engine/format/hash.ts'

export interface WildSuperblock {
  readonly version: number
  readonly blockSize: number
  readonly requiredFeatures: bigint
  readonly optionalFeatures: bigint
  readonly seconds: bigint
  readonly nanoseconds: number
  readonly reserved: number
  /** What the builder lays sections out by, where the field says something else. */
  readonly layoutBlockSize: number
}

/** 128 bytes. The archive id is fixed: archives are the same each time they are made. */
export function superblock(options: Partial<WildSuperblock>): Uint8Array {
  const bytes = new Uint8Array(128)
  const view = new DataView(bytes.buffer)
  bytes.set(Buffer.from('reftar'))
  view.setUint16(6, options.version ?? 2, true)
  view.setUint32(8, options.blockSize ?? 4096, true)
  for (let i = 0; i < 16; i++) bytes[16 + i] = 0xa0 + i
  view.setBigUint64(32, options.requiredFeatures ?? 0n, true)
  view.setBigUint64(40, options.optionalFeatures ?? 0n, true)
  view.setBigInt64(48, options.seconds ?? 1_700_000_000n, true)
  view.setUint32(56, options.nanoseconds ?? 0, true)
  bytes[60] = options.reserved ?? 0
  bytes.set(blake3(bytes.subarray(0, 96)), 96)
  return bytes
}

export interface WildHeader {
  readonly archiveId: Uint8Array
  readonly kind: number
  readonly encoding: number
  readonly sequence: bigint
  readonly previousBlock: bigint
  readonly rawLengthBytes: number
  readonly storedLengthBytes: number
  readonly payloadHash: Uint8Array
}

/** 128 bytes for the beginning of `block`. */
export function sectionHeader(header: WildHeader, block: number): Uint8Array {
  const bytes = new Uint8Array(128)
  const view = new DataView(bytes.buffer)
  bytes.set(Buffer.from('RFTSECT2'))
  bytes.set(header.archiveId, 8)
  view.setUint32(24, header.kind, true)
  view.setUint32(28, header.encoding, true)
  view.setBigUint64(32, header.sequence, true)
  view.setBigUint64(40, header.previousBlock, true)
  view.setBigUint64(48, BigInt(header.rawLengthBytes), true)
  view.setBigUint64(56, BigInt(header.storedLengthBytes), true)
  bytes.set(header.payloadHash, 64)
  const checked = new Uint8Array(104)
  checked.set(bytes.subarray(0, 96))
  new DataView(checked.buffer).setBigUint64(96, BigInt(block), true)
  bytes.set(blake3(checked), 96)
  return bytes
}

/** A copy with zeros up to a whole number of blocks. */
export function padded(bytes: Uint8Array, blockSize: number): Uint8Array {
  const whole = new Uint8Array(Math.ceil(bytes.length / blockSize) * blockSize)
  whole.set(bytes)
  return whole
}
