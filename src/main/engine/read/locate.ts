/** Finds an archive's directory: through the trailer in its last block, or by recovery (docs/format.md, "Opening"). */
import { ReftarError } from '../../../shared/errors.ts'
import { type Said, said } from '../../../shared/said.ts'
import { type Directory, decodeDirectory } from '../format/directory.ts'
import { bytesEqual } from '../format/hash.ts'
import { type SectionHeader, sectionKinds, sectionLengthBlocks } from '../format/section.ts'
import type { Superblock } from '../format/superblock.ts'
import { computeRootHash, decodeTrailer, type Trailer } from '../format/trailer.ts'
import { checkDirectory, type ReadLimits } from '../limits.ts'
import type { ArchiveFile } from './archive-file.ts'
import { recoverDirectory } from './recover.ts'
import { scanBackwards } from './scan.ts'

export interface Located {
  readonly directory: Directory
  /** Blocks from here on hold no data: the directory's, or the one after the last recovered section. */
  readonly dataEndBlock: number
  /** Undefined when the archive is incomplete. */
  readonly rootHash: Uint8Array | undefined
  /** Header of the trailer, or of the last recovered section: what an appended section follows. Undefined when there is none. */
  readonly lastSection: SectionHeader | undefined
  readonly complete: boolean
  /** In words, for a warning. */
  readonly notices: readonly Said[]
}

/** Finds what the archive holds. `superblockBytes` are its first 128. */
export function locate(
  file: ArchiveFile,
  superblock: Superblock,
  superblockBytes: Uint8Array,
  limits: ReadLimits,
): Located {
  const finder = new Finder(file, superblock, superblockBytes, limits)
  return finder.atEnd() ?? finder.byScanning()
}

class Finder {
  private readonly file: ArchiveFile
  private readonly archiveId: Uint8Array
  private readonly superblockBytes: Uint8Array
  private readonly limits: ReadLimits

  constructor(file: ArchiveFile, superblock: Superblock, superblockBytes: Uint8Array, limits: ReadLimits) {
    this.limits = limits
    this.file = file
    this.archiveId = superblock.archiveId
    this.superblockBytes = superblockBytes
  }

  atEnd(): Located | undefined {
    const { sizeBytes, blockSizeBytes } = this.file
    if (sizeBytes % blockSizeBytes !== 0) return undefined
    const header = this.file.header(sizeBytes / blockSizeBytes - 1, this.archiveId)
    return header?.kind === sectionKinds.trailer ? this.fromTrailer(header) : undefined
  }

  byScanning(): Located {
    let before = Math.ceil(this.file.sizeBytes / this.file.blockSizeBytes)
    for (;;) {
      const tip = scanBackwards(this.file, this.archiveId, before)
      if (tip === undefined) return recoverDirectory(this.file, [])
      const chain: SectionHeader[] = []
      let at: SectionHeader | undefined = tip
      while (at !== undefined) {
        if (at.kind === sectionKinds.trailer) {
          const located = this.fromTrailer(at)
          if (located !== undefined) return located
        }
        chain.push(at)
        before = at.block
        if (at.previousBlock === undefined && at.sequence === 0) return recoverDirectory(this.file, chain.reverse())
        at = this.previous(at)
      }
    }
  }

  private previous(header: SectionHeader): SectionHeader | undefined {
    if (header.previousBlock === undefined) return undefined
    const previous = this.file.header(header.previousBlock, this.archiveId)
    if (previous === undefined || previous.sequence !== header.sequence - 1) return undefined
    const endBlock = previous.block + sectionLengthBlocks(previous.storedLengthBytes, this.file.blockSizeBytes)
    return endBlock <= header.block ? previous : undefined
  }

  /** The archive that this trailer ends, or undefined when trailer or directory are not whole. */
  private fromTrailer(header: SectionHeader): Located | undefined {
    try {
      const trailer = decodeTrailer(this.file.payload(header))
      const { blockSizeBytes, sizeBytes } = this.file
      const endBytes = (header.block + 1) * blockSizeBytes
      if (trailer.fileLengthBytes !== endBytes || endBytes > sizeBytes) return undefined
      const directory = this.directory(trailer, header.block)
      if (directory === undefined) return undefined
      const excess = sizeBytes - endBytes
      return {
        directory,
        dataEndBlock: trailer.directoryBlock,
        rootHash: trailer.rootHash,
        lastSection: header,
        complete: true,
        notices:
          excess > 0 ? [said('what follows the archive’s end is ignored; bytes: {count}', { count: excess })] : [],
      }
    } catch (error) {
      if (error instanceof ReftarError && error.code === 'damaged') return undefined
      throw error
    }
  }

  private directory(trailer: Trailer, trailerBlock: number): Directory | undefined {
    const { file } = this
    const header = file.header(trailer.directoryBlock, this.archiveId)
    if (header?.kind !== sectionKinds.directory) return undefined
    const endBlock = header.block + sectionLengthBlocks(header.storedLengthBytes, file.blockSizeBytes)
    if (endBlock > trailerBlock) return undefined
    if (!bytesEqual(computeRootHash(this.superblockBytes, file.storedPayload(header)), trailer.rootHash))
      return undefined
    checkDirectory(this.limits, header.rawLengthBytes)
    const directory = decodeDirectory(file.payload(header), file.blockSizeBytes)
    const last = directory.sections.at(-1)
    if (last === undefined) return directory
    const sectionsEnd = last.block + sectionLengthBlocks(last.storedLengthBytes, file.blockSizeBytes)
    return sectionsEnd <= header.block ? directory : undefined
  }
}
