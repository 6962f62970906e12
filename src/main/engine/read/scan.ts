/** Looks for sections from an archive's end backwards, when its last block is no trailer (docs/format.md, "Recovery"). */
import { ReftarError } from '../../../shared/errors.ts'
import { decodeSectionHeader, hasSectionMagic, SECTION_HEADER_BYTES, type SectionHeader } from '../format/section.ts'
import type { ArchiveFile } from './archive-file.ts'

const WINDOW_BYTES = 1 << 20
/** A hostile file may be full of headers with large, wrong payloads: past this many bytes hashed in vain the search ends. */
const VAIN_HASHING_LIMIT_BYTES = 1 << 30

/**
 * The last section that begins before block `beforeBlock` and is whole: header, place, length and payload hash are
 * right. Holes are passed over. Undefined when there is none.
 */
export function scanBackwards(
  file: ArchiveFile,
  archiveId: Uint8Array,
  beforeBlock: number,
): SectionHeader | undefined {
  const { blockSizeBytes } = file
  const windowBlocks = WINDOW_BYTES / blockSizeBytes
  const window = new Uint8Array(Math.min(WINDOW_BYTES, file.sizeBytes))
  let vainBytes = 0
  let endBlock = Math.min(beforeBlock, endOfDataBlock(file))
  while (endBlock > 1) {
    const startBlock = Math.max(1, endBlock - windowBlocks)
    const start = startBlock * blockSizeBytes
    const lengthBytes = Math.min(endBlock * blockSizeBytes, file.sizeBytes) - start
    const data = file.ports.files.seekData(file.handle, start)
    if (data >= 0 && data < start + lengthBytes) {
      file.readInto(window, start, lengthBytes)
      for (let block = endBlock - 1; block >= startBlock; block--) {
        const at = (block - startBlock) * blockSizeBytes
        if (at + SECTION_HEADER_BYTES > lengthBytes || !hasSectionMagic(window, at)) continue
        const header = decodeSectionHeader(window.subarray(at, at + SECTION_HEADER_BYTES), archiveId, block)
        if (header === undefined || !file.fits(header)) continue
        if (isWhole(file, header)) return header
        vainBytes += header.storedLengthBytes
        if (vainBytes > VAIN_HASHING_LIMIT_BYTES)
          throw new ReftarError('damaged', 'too many broken sections', { offsetBytes: block * blockSizeBytes })
      }
    }
    endBlock = startBlock
  }
  return undefined
}

function isWhole(file: ArchiveFile, header: SectionHeader): boolean {
  try {
    file.storedPayload(header)
    return true
  } catch (error) {
    if (error instanceof ReftarError && error.code === 'damaged') return false
    throw error
  }
}

/** The first block from which on the file is one hole: a writer that was killed may have left a huge one. */
function endOfDataBlock(file: ArchiveFile): number {
  let low = 0
  let high = Math.ceil(file.sizeBytes / file.blockSizeBytes)
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (file.ports.files.seekData(file.handle, middle * file.blockSizeBytes) < 0) high = middle
    else low = middle + 1
  }
  return low
}
