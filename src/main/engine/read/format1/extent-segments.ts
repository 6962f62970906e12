/** A file's extents as segments. The first reftar made an extent of every block: they become objects when they are asked for. */
import type { Segment, Segments } from '../../entry.ts'
import { HOLE } from './extent-table.ts'
import type { ArchiveIndex } from './index.ts'

/** Fewer than this are quicker as an array. */
const EAGER_SEGMENTS = 1 << 10

/** Segments of the file with this ordinal, cut to its size. */
export function segmentsOf(index: ArchiveIndex, ordinal: number): Segments {
  const segments = new ExtentSegments(index, ordinal)
  return segments.length < EAGER_SEGMENTS ? [...segments] : segments
}

class ExtentSegments implements Segments {
  readonly length: number
  readonly #index: ArchiveIndex
  readonly #ordinal: number

  constructor(index: ArchiveIndex, ordinal: number) {
    this.#index = index
    this.#ordinal = ordinal
    const [first, end] = index.extentsOf(ordinal)
    let length = 0
    for (let extent = first; extent < end; extent++) if (index.extents.lengths.at(extent) > 0) length++
    this.length = length
  }

  *[Symbol.iterator](): Iterator<Segment> {
    const { extents, blockBytes, sizes } = this.#index
    const [first, end] = this.#index.extentsOf(this.#ordinal)
    let left = sizes.at(this.#ordinal)
    for (let extent = first; extent < end; extent++) {
      const lengthBytes = Math.min(left, extents.lengths.at(extent) * blockBytes)
      const target = extents.targets.at(extent)
      left -= lengthBytes
      if (lengthBytes === 0) continue
      if (target === HOLE) yield { kind: 'hole', lengthBytes }
      else yield { kind: 'data', lengthBytes, archiveOffset: extents.dataOffsets.at(target) }
    }
  }
}
