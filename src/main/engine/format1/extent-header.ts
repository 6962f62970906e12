/** What precedes each piece of a file's data (docs/format-1.md, "Extents"). */
import { ReftarError } from '../../../shared/errors.ts'
import { said } from '../../../shared/said.ts'

export const EXTENT_HEADER_BYTES = 25

const offsets = { id: 0, lengthBlocks: 8, kind: 12, fileOffset: 13, checksum: 21 } as const

/** ASCII letters of the three kinds. */
export const extentKinds = { data: 0x44, hole: 0x53, reference: 0x52 } as const
type ExtentKind = (typeof extentKinds)[keyof typeof extentKinds]

export interface ExtentHeader {
  /** A bigint beyond 2^53. */
  readonly id: number | bigint
  readonly lengthBlocks: number
  readonly kind: ExtentKind
  /** Says where in its file the extent lies; what counts is the order. Written exactly, not relied on. */
  readonly fileOffset: number
  /** CRC-32 of the whole blocks, padding included; 0 for a hole. */
  readonly checksum: number
}

/** 25 bytes; zeros follow up to the block boundary. */
export function encodeExtentHeader(extent: ExtentHeader): Uint8Array {
  const bytes = new Uint8Array(EXTENT_HEADER_BYTES)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(offsets.id, BigInt(extent.id), true)
  view.setUint32(offsets.lengthBlocks, extent.lengthBlocks, true)
  view.setUint8(offsets.kind, extent.kind)
  view.setBigUint64(offsets.fileOffset, BigInt(extent.fileOffset), true)
  view.setUint32(offsets.checksum, extent.checksum, true)
  return bytes
}

/** Reads the header at `at`, where 25 bytes must be. `damaged` for an unknown kind: what follows can't be told then. */
export function decodeExtentHeader(view: DataView, at: number): ExtentHeader {
  const kind = view.getUint8(at + offsets.kind)
  if (kind !== extentKinds.data && kind !== extentKinds.hole && kind !== extentKinds.reference) {
    throw new ReftarError(
      'damaged',
      said('an extent is of unknown kind {kind}', { kind: { verbatim: `0x${kind.toString(16).padStart(2, '0')}` } }),
    )
  }
  return {
    id: readUnsigned(view, at + offsets.id),
    lengthBlocks: view.getUint32(at + offsets.lengthBlocks, true),
    kind,
    fileOffset: Number(readUnsigned(view, at + offsets.fileOffset)),
    checksum: view.getUint32(at + offsets.checksum, true),
  }
}

/** A u64: a number as far as it is exact. Without a detour through bigint, since an archive may hold millions. */
function readUnsigned(view: DataView, at: number): number | bigint {
  const high = view.getUint32(at + 4, true)
  return high < 0x20_0000 ? high * 0x1_0000_0000 + view.getUint32(at, true) : view.getBigUint64(at, true)
}
