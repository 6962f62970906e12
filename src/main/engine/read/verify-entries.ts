/** What no page can check alone: parents, hard links, and where segments point. */
import type { ArchiveTotals } from '../../../shared/archive-info.ts'
import { type ByteString, displayName, parentPath } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { type Said, said } from '../../../shared/said.ts'
import type { Entry, Segment } from '../entry.ts'
import type { SectionRecord } from '../format/directory.ts'
import { sectionLengthBlocks } from '../format/section.ts'
import type { OpenArchive } from './reader2.ts'
import { TotalsCounter } from './totals.ts'

export class EntryChecker {
  private readonly archive: OpenArchive
  private readonly fault: (error: ReftarError) => void
  private readonly counter = new TotalsCounter()
  /** The folders that the next entry may lie in, outermost first. */
  private readonly folders: ByteString[] = []
  /** One bit an entry: whether a hard link may lead to it. */
  private linkable = new Uint8Array(1024)
  private parentsKnown = true

  constructor(archive: OpenArchive, fault: (error: ReftarError) => void) {
    this.archive = archive
    this.fault = fault
    for (const pack of archive.packs.packs) this.counter.addPack(pack.rawLengthBytes, pack.storedLengthBytes)
  }

  get totals(): ArchiveTotals {
    return this.counter.totals
  }

  /** The entries of a page are missing: parents may have been among them. */
  skipPage(): void {
    this.parentsKnown = false
  }

  /** Entries come in order. Each fault is told with the entry's name. */
  check(entry: Entry): void {
    this.counter.addEntry(entry)
    const faulty = this.parentFault(entry) ?? this.linkFault(entry) ?? this.segmentsFault(entry)
    if (faulty !== undefined) this.fault(new ReftarError('damaged', faulty, { entry: displayName(entry.path) }))
    if (entry.kind === 'directory') this.folders.push(entry.path)
    if (entry.kind === 'file' || entry.kind === 'symlink') this.markLinkable(entry.ordinal)
  }

  /** Throws `damaged` when the directory's totals aren't those of the entries and sections. */
  compareTotals(dataAreaBytes: number): void {
    const claimed = this.archive.located.directory.totals
    const found = this.counter.totals
    const names = [
      'entries',
      'files',
      'directories',
      'symlinks',
      'hardLinks',
      'others',
      'logicalBytes',
      'holeBytes',
      'zeroBytes',
      'packRawBytes',
      'packStoredBytes',
    ] as const
    for (const name of names) {
      if (claimed[name] !== found[name]) {
        const message = said('the directory’s totals are wrong: {name} is {found}, not {claimed}', {
          name: { verbatim: name },
          found: found[name],
          claimed: claimed[name],
        })
        throw new ReftarError('damaged', message)
      }
    }
    if (claimed.dataBytes > dataAreaBytes)
      throw new ReftarError('damaged', 'the directory’s totals are wrong: dataBytes exceeds the data area')
  }

  private parentFault(entry: Entry): Said | undefined {
    const parent = parentPath(entry.path)
    while (this.folders.length > 0 && !isAtOrBelow(parent, this.folders.at(-1))) this.folders.pop()
    if (!this.parentsKnown || parent === '' || this.folders.at(-1) === parent) return undefined
    return 'the folder it lies in isn’t in the archive before it'
  }

  private linkFault(entry: Entry): Said | undefined {
    const target = entry.hardLinkOrdinal
    if (target === undefined || !this.parentsKnown) return undefined
    const bits = this.linkable[target >>> 3] ?? 0
    const isLinkable = (bits & (1 << (target & 7))) !== 0
    return isLinkable ? undefined : 'its hard link’s target is neither a file nor a symbolic link'
  }

  private markLinkable(ordinal: number): void {
    const at = Math.floor(ordinal / 8)
    if (at >= this.linkable.length) {
      const grown = new Uint8Array(Math.max(at + 1, this.linkable.length * 2))
      grown.set(this.linkable)
      this.linkable = grown
    }
    this.linkable[at] = (this.linkable[at] ?? 0) | (1 << (ordinal & 7))
  }

  private segmentsFault(entry: Entry): Said | undefined {
    for (const segment of entry.segments) {
      const fault = this.segmentFault(segment)
      if (fault !== undefined) return fault
    }
    return undefined
  }

  private segmentFault(segment: Segment): Said | undefined {
    const { file, located, packs, hashes } = this.archive
    if (segment.kind === 'pack') {
      const pack = packs.packs[segment.pack]
      if (pack === undefined) return said('its content is in pack {pack}, which doesn’t exist', { pack: segment.pack })
      return segment.packOffset + segment.lengthBytes > pack.rawLengthBytes
        ? 'its content passes the end of its pack'
        : undefined
    }
    if (segment.kind !== 'data') return undefined
    const startBlock = segment.archiveOffset / file.blockSizeBytes
    const endBlock = startBlock + segment.lengthBytes / file.blockSizeBytes
    if (startBlock < 1 || endBlock > located.dataEndBlock) return 'its content lies outside the data area'
    if (overlapsSection(located.directory.sections, startBlock, endBlock, file.blockSizeBytes))
      return 'its content overlaps a section'
    if (located.directory.dataHashes === 'complete' && !isCovered(hashes, segment.archiveOffset, segment.lengthBytes)) {
      return 'no hash covers its content'
    }
    return undefined
  }
}

function isAtOrBelow(path: ByteString, folder: ByteString | undefined): boolean {
  return (
    folder !== undefined &&
    path.startsWith(folder) &&
    (path.length === folder.length || path.charCodeAt(folder.length) === 0x2f)
  )
}

function isCovered(hashes: OpenArchive['hashes'], archiveOffset: number, lengthBytes: number): boolean {
  const end = archiveOffset + lengthBytes
  try {
    for (let offset = archiveOffset; offset < end; ) {
      const chunk = hashes.chunkAt(offset)
      if (chunk === undefined) return false
      offset = chunk.offset + chunk.lengthBytes
    }
  } catch (error) {
    // A damaged hashes section is a fault of its own, told once and not for each entry.
    if (!(error instanceof ReftarError) || error.code !== 'damaged') throw error
  }
  return true
}

/** Whether any of the sections, which are in order of their blocks, has one of these blocks. */
export function overlapsSection(
  sections: readonly SectionRecord[],
  startBlock: number,
  endBlock: number,
  blockSizeBytes: number,
): boolean {
  let low = 0
  let high = sections.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const section = sections[middle]
    if (
      section !== undefined &&
      section.block + sectionLengthBlocks(section.storedLengthBytes, blockSizeBytes) > startBlock
    )
      high = middle
    else low = middle + 1
  }
  return (sections[low]?.block ?? Number.POSITIVE_INFINITY) < endBlock
}
