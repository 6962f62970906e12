/** All extents of an archive: where the data is, what checks it, and which extents each file consists of. */
import { ReftarError } from '../../../../shared/errors.ts'
import { type Said, said } from '../../../../shared/said.ts'
import type { ExtentHeader } from '../../format1/extent-header.ts'
import { EXTENTS_LIMIT } from '../../format1/layout.ts'
import { Float64Column, Uint32Column } from './columns.ts'

/** Stands for "a hole" where the number of a data extent would be. */
export const HOLE = 0xffff_ffff

export class ExtentTable {
  /** Data extents, in the order of their places. */
  readonly dataOffsets = new Float64Column()
  readonly dataBlocks = new Uint32Column()
  readonly checksums = new Uint32Column()
  /** Extents of files: the number of a data extent or HOLE, and the length that their own header names. */
  readonly targets = new Uint32Column()
  readonly lengths = new Uint32Column()
  readonly #blockBytes: number
  /** Only ids that aren't what they nearly always are: the number of the data extent itself. */
  readonly #odd = new Map<number | bigint, number>()
  /** Data extents whose id isn't their number. */
  readonly #unnumbered = new Set<number>()

  constructor(blockBytes: number) {
    this.#blockBytes = blockBytes
  }

  get length(): number {
    return this.targets.length
  }

  /** Payload of a data extent, padding included. */
  dataBytes(index: number): number {
    return this.dataBlocks.at(index) * this.#blockBytes
  }

  /** A data extent whose payload is at `offset`. */
  addData(header: ExtentHeader, offset: number): void {
    const index = this.dataOffsets.length
    this.dataOffsets.push(offset)
    this.dataBlocks.push(header.lengthBlocks)
    this.checksums.push(header.checksum)
    if (header.id === index) this.#odd.delete(header.id)
    else {
      this.#odd.set(header.id, index)
      this.#unnumbered.add(index)
    }
    this.#add(index, header.lengthBlocks)
  }

  addHole(lengthBlocks: number): void {
    this.#add(HOLE, lengthBlocks)
  }

  /** A reference to what has the id so far. Why it can't be followed, or undefined when it was added. */
  addReference(header: ExtentHeader): Said | undefined {
    const extent = { verbatim: String(header.id) }
    const index = this.#find(header.id)
    if (index === undefined) return said('it refers to extent {extent}, which isn’t there before it', { extent })
    if (this.dataBlocks.at(index) !== header.lengthBlocks) {
      return said('it refers to {asked} blocks of extent {extent}, which has {blocks}', {
        asked: header.lengthBlocks,
        extent,
        blocks: this.dataBlocks.at(index),
      })
    }
    if (this.checksums.at(index) !== header.checksum) {
      return said('its reference to extent {extent} has another checksum than the extent', { extent })
    }
    this.#add(index, header.lengthBlocks)
    return undefined
  }

  /** The data extent that has the byte at `offset` in its payload, or -1. */
  dataAt(offset: number): number {
    const index = this.dataOffsets.lastAtOrBelow(offset)
    return index >= 0 && offset < this.dataOffsets.at(index) + this.dataBytes(index) ? index : -1
  }

  #find(id: number | bigint): number | undefined {
    const odd = this.#odd.get(id)
    if (odd !== undefined) return odd
    if (typeof id === 'bigint' || id >= this.dataOffsets.length || this.#unnumbered.has(id)) return undefined
    return id
  }

  #add(target: number, lengthBlocks: number): void {
    if (this.targets.length >= EXTENTS_LIMIT) {
      throw new ReftarError('limit-exceeded', said('it has more than {limit} extents', { limit: EXTENTS_LIMIT }))
    }
    this.targets.push(target)
    this.lengths.push(lengthBlocks)
  }
}
