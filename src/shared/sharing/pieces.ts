/** Pure: the pieces that a file lies in on disk. Extents that continue each other, in the file and on disk, are one. */
import type { SharingMap } from './sharing-map.ts'

interface ExtentColumns {
  readonly offsets: ArrayLike<number>
  readonly lengths: ArrayLike<number>
  readonly places: ArrayLike<number>
}

/** Whether an extent, not the first of its file, begins in the file where the one before it ends. */
export function followsInFile({ offsets, lengths }: Omit<ExtentColumns, 'places'>, extent: number): boolean {
  return (offsets[extent - 1] ?? 0) + (lengths[extent - 1] ?? 0) === offsets[extent]
}

/** Whether an extent, not the first of its file, goes on where the one before it ends: in the file and on disk. */
export function continuesPiece(extents: ExtentColumns, extent: number): boolean {
  const before = extents.places[extent - 1] ?? -1
  return (
    before >= 0 &&
    before + (extents.lengths[extent - 1] ?? 0) === extents.places[extent] &&
    followsInFile(extents, extent)
  )
}

/** How many pieces of the disk a file has; what has no place there is none. */
export function piecesOfFile({ extents, files }: Pick<SharingMap, 'extents' | 'files'>, file: number): number {
  const first = files.firstExtents[file] ?? 0
  const end = files.firstExtents[file + 1] ?? first
  let pieces = 0
  for (let extent = first; extent < end; extent++) {
    if ((extents.places[extent] ?? -1) >= 0 && (extent === first || !continuesPiece(extents, extent))) pieces++
  }
  return pieces
}
