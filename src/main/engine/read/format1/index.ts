/** What is kept of a format 1 archive, which has no index of its own: a few numbers an entry and an extent, and the paths. */
import type { ArchiveTotals, SourceFilesystem } from '../../../../shared/archive-info.ts'
import type { ByteString } from '../../../../shared/byte-string.ts'
import type { Said } from '../../../../shared/said.ts'
import { entryTypes } from '../../format1/entry-header.ts'
import { Float64Column, Uint32Column } from './columns.ts'
import { ExtentTable, HOLE } from './extent-table.ts'

/** Why an entry's content can't be had, and where that shows. */
export interface EntryFault {
  readonly message: Said
  readonly offsetBytes: number
}

export class ArchiveIndex {
  readonly blockBytes: number
  /** By ordinal; empty for what has no name and isn't listed. */
  readonly paths: ByteString[] = []
  readonly headerOffsets = new Float64Column()
  readonly types = new Uint32Column()
  /** As the header says; of files only. */
  readonly sizes = new Float64Column()
  /** Of a small file, where its bytes are; else 0. */
  readonly inlineOffsets = new Float64Column()
  readonly extents: ExtentTable
  readonly #firstExtents = new Uint32Column()
  readonly faults = new Map<number, EntryFault>()
  /** Entries that a later one of the same path takes the place of. */
  readonly superseded = new Set<number>()
  readonly sources: SourceFilesystem[] = []

  constructor(blockBytes: number) {
    this.blockBytes = blockBytes
    this.extents = new ExtentTable(blockBytes)
  }

  get length(): number {
    return this.paths.length
  }

  /** Adds an entry whose extents follow; returns its ordinal. */
  add(path: ByteString, headerOffset: number, type: number, sizeBytes: number, inlineOffset: number): number {
    this.paths.push(path)
    this.headerOffsets.push(headerOffset)
    this.types.push(type)
    this.sizes.push(type === entryTypes.file ? sizeBytes : 0)
    this.inlineOffsets.push(inlineOffset)
    this.#firstExtents.push(this.extents.length)
    return this.paths.length - 1
  }

  /** Its extents' numbers: from the first, up to but without the second. */
  extentsOf(ordinal: number): readonly [first: number, end: number] {
    const end = ordinal + 1 < this.length ? this.#firstExtents.at(ordinal + 1) : this.extents.length
    return [this.#firstExtents.at(ordinal), end]
  }

  /** Whether it is an entry that anybody gets to see. */
  isListed(ordinal: number): boolean {
    return this.paths[ordinal] !== '' && !this.superseded.has(ordinal)
  }

  totals(): ArchiveTotals {
    const totals = { files: 0, directories: 0, symlinks: 0, hardLinks: 0, others: 0 }
    let entries = 0
    let logicalBytes = 0
    let holeBytes = 0
    let duplicateBytes = 0
    let inlineBytes = 0
    let nextNewData = 0
    for (let ordinal = 0; ordinal < this.length; ordinal++) {
      const [first, end] = this.extentsOf(ordinal)
      let left = this.sizes.at(ordinal)
      const counts = this.isListed(ordinal)
      if (counts) {
        entries++
        totals[countOf(this.types.at(ordinal))]++
        logicalBytes += left
        if (this.inlineOffsets.at(ordinal) > 0) inlineBytes += left
      }
      for (let extent = first; extent < end; extent++) {
        const bytes = Math.min(left, this.extents.lengths.at(extent) * this.blockBytes)
        const target = this.extents.targets.at(extent)
        left -= bytes
        if (target === HOLE) holeBytes += counts ? bytes : 0
        else if (target === nextNewData) nextNewData++
        else duplicateBytes += counts ? bytes : 0
      }
    }
    let dataBytes = 0
    for (let index = 0; index < this.extents.dataOffsets.length; index++) dataBytes += this.extents.dataBytes(index)
    return {
      entries,
      ...totals,
      logicalBytes,
      holeBytes,
      zeroBytes: 0,
      dataBytes,
      packRawBytes: inlineBytes,
      packStoredBytes: inlineBytes,
      sharedBytes: 0,
      duplicateBytes,
    }
  }
}

function countOf(type: number): 'files' | 'directories' | 'symlinks' | 'hardLinks' | 'others' {
  switch (type) {
    case entryTypes.file:
      return 'files'
    case entryTypes.directory:
      return 'directories'
    case entryTypes.symlink:
      return 'symlinks'
    case entryTypes.hardlink:
      return 'hardLinks'
    default:
      return 'others'
  }
}
