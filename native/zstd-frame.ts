/**
 * What a zstd frame says about itself (RFC 8878, section 3.1.1), read before any library decodes it: how much it
 * unpacks to, and where it ends. So nothing is allocated on the frame's word, and both compressors refuse the same frames.
 */
import { ReftarError } from '../src/shared/errors.ts'
import { type Said, said } from '../src/shared/said.ts'

const MAGIC = 0xfd2fb528
const HEADER_DESCRIPTOR = 4
const BLOCK_HEADER_SIZE = 3
const CHECKSUM_SIZE = 4
const RLE_BLOCK = 1
const COMPRESSED_BLOCK = 2
/** Block_Maximum_Size: no block unpacks to more. */
const BLOCK_LIMIT_BYTES = 128 << 10
const RESERVED_BLOCK = 3
const DICTIONARY_ID_SIZES = [0, 1, 2, 4] as const
const CONTENT_SIZE_SIZES = [0, 2, 4, 8] as const

export interface ZstdFrame {
  /** Undefined where the frame doesn't name it. */
  readonly contentBytes: number | undefined
  /** Length of the frame itself. */
  readonly frameBytes: number
  /** Its blocks can’t unpack to more, whatever the header says. */
  readonly mostBytes: number
}

function readContentSize(view: DataView, offset: number, size: number): number {
  switch (size) {
    case 1:
      return view.getUint8(offset)
    case 2:
      return view.getUint16(offset, true) + 256
    case 4:
      return view.getUint32(offset, true)
    default:
      return view.getUint32(offset, true) + view.getUint32(offset + 4, true) * 0x1_0000_0000
  }
}

/** Where the blocks that begin at `offset` end, or undefined when they are cut off or of a reserved kind. */
function walkBlocks(view: DataView, offset: number): { readonly end: number; readonly mostBytes: number } | undefined {
  let at = offset
  let mostBytes = 0
  for (;;) {
    if (at + BLOCK_HEADER_SIZE > view.byteLength) return undefined
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
    const type = (header >> 1) & 3
    if (type === RESERVED_BLOCK) return undefined
    at += BLOCK_HEADER_SIZE + (type === RLE_BLOCK ? 1 : header >> 3)
    mostBytes += type === COMPRESSED_BLOCK ? BLOCK_LIMIT_BYTES : header >> 3
    if ((header & 1) === 1) return { end: at, mostBytes }
  }
}

/** Reads the header and walks the blocks. Undefined for anything that isn't a complete frame from the first byte on. */
export function inspectFrame(bytes: Uint8Array): ZstdFrame | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.byteLength <= HEADER_DESCRIPTOR || view.getUint32(0, true) !== MAGIC) return undefined
  const descriptor = view.getUint8(HEADER_DESCRIPTOR)
  const singleSegment = (descriptor & 0x20) !== 0
  const sizeFlag = descriptor >> 6
  const contentSizeSize = sizeFlag === 0 && singleSegment ? 1 : (CONTENT_SIZE_SIZES[sizeFlag] ?? 0)
  const dictionarySize = DICTIONARY_ID_SIZES[descriptor & 3] ?? 0
  const contentSizeAt = HEADER_DESCRIPTOR + 1 + (singleSegment ? 0 : 1) + dictionarySize
  const blocksAt = contentSizeAt + contentSizeSize
  if (blocksAt > view.byteLength) return undefined
  const contentBytes = contentSizeSize === 0 ? undefined : readContentSize(view, contentSizeAt, contentSizeSize)
  const blocks = walkBlocks(view, blocksAt)
  if (blocks === undefined) return undefined
  const frameBytes = blocks.end + ((descriptor & 4) !== 0 ? CHECKSUM_SIZE : 0)
  return frameBytes <= view.byteLength ? { contentBytes, frameBytes, mostBytes: blocks.mostBytes } : undefined
}

/** The error for a frame that can't be unpacked as promised. */
export function damagedFrame(detail: Said, cause?: unknown): ReftarError {
  return new ReftarError(
    'damaged',
    said('A compressed part can’t be unpacked: {detail}', { detail }),
    { operation: 'zstd' },
    { cause },
  )
}

/** Throws `damaged` unless the bytes are exactly one complete frame that names `rawLengthBytes` as its content's size. */
export function checkFrame(bytes: Uint8Array, rawLengthBytes: number): void {
  const frame = inspectFrame(bytes)
  if (frame === undefined) throw damagedFrame('it is no complete zstd frame')
  if (frame.frameBytes !== bytes.byteLength) throw damagedFrame('something follows its end')
  if (frame.contentBytes !== rawLengthBytes)
    throw damagedFrame(
      frame.contentBytes === undefined
        ? 'it doesn’t say how many bytes are in it'
        : said('it says {found} where {expected} bytes are expected', {
            found: frame.contentBytes,
            expected: rawLengthBytes,
          }),
    )
  if (rawLengthBytes > frame.mostBytes)
    throw damagedFrame(
      said('it says {found} bytes, {most} are in it at most', { found: rawLengthBytes, most: frame.mostBytes }),
    )
}
