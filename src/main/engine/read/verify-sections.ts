/** Checks one section: its header against the directory, its payload against its hash, its padding. */
import { ReftarError } from '../../../shared/errors.ts'
import type { SectionRecord } from '../format/directory.ts'
import { bytesEqual } from '../format/hash.ts'
import { SECTION_HEADER_BYTES, type SectionHeader, sectionLengthBlocks } from '../format/section.ts'
import { SUPERBLOCK_BYTES } from '../format/superblock.ts'
import type { ArchiveFile } from './archive-file.ts'

/** Throws `damaged` unless the section is whole and what the directory says. */
export function checkSection(file: ArchiveFile, archiveId: Uint8Array, section: SectionRecord): void {
  const offsetBytes = section.block * file.blockSizeBytes
  const header = file.header(section.block, archiveId)
  if (header === undefined) throw new ReftarError('damaged', 'a section’s header is damaged', { offsetBytes })
  const agrees =
    header.kind === ('kindNumber' in section ? section.kindNumber : section.kind) &&
    header.encoding === section.encoding &&
    header.rawLengthBytes === section.rawLengthBytes &&
    header.storedLengthBytes === section.storedLengthBytes &&
    bytesEqual(header.payloadHash, section.payloadHash)
  if (!agrees) throw new ReftarError('damaged', 'a section’s header disagrees with the directory', { offsetBytes })
  // Nobody reads what later sections replace or what has no known kind: its hash says enough, and it may unfold to 256 MiB.
  if ('kindNumber' in section) file.storedPayload(section)
  else file.payload(section)
  checkPadding(file, section)
}

/** Throws `damaged` unless the section's last block is zero behind the payload. */
export function checkPadding(file: ArchiveFile, section: Pick<SectionHeader, 'block' | 'storedLengthBytes'>): void {
  const { blockSizeBytes } = file
  const payloadEnd = section.block * blockSizeBytes + SECTION_HEADER_BYTES + section.storedLengthBytes
  const endBlock = section.block + sectionLengthBlocks(section.storedLengthBytes, blockSizeBytes)
  requireZeros(file, payloadEnd, Math.min(endBlock * blockSizeBytes, file.sizeBytes))
}

/** Throws `damaged` unless the rest of block 0 is zero. */
export function checkSuperblockPadding(file: ArchiveFile): void {
  requireZeros(file, SUPERBLOCK_BYTES, Math.min(file.blockSizeBytes, file.sizeBytes))
}

function requireZeros(file: ArchiveFile, start: number, end: number): void {
  if (end <= start) return
  const at = file.read(start, end - start).findIndex((byte) => byte !== 0)
  if (at >= 0) throw new ReftarError('damaged', 'padding isn’t zero', { offsetBytes: start + at })
}
