/** Pure: what an archive saves for all of it, a folder or a selection, from what its files say to what is new on disk. */
import type { ArchiveInfo } from '../archive-info.ts'
import type { PictureIndex } from './picture-index.ts'
import { freedBytes, usesOfIntervals } from './sharers.ts'
import { rangeMarks, type SharingMap } from './sharing-map.ts'

/** The bar, step by step: each is the one before without what saved something. */
export interface Savings {
  readonly files: number
  /** What the files say. */
  readonly sizeBytes: number
  /** Without holes and zeros. */
  readonly withoutHolesBytes: number
  /** Without what occurs more than once among the chosen: distinct data, and distinct packed bytes before compression. */
  readonly withoutDuplicatesBytes: number
  /** With packs compressed. For a part of an archive its packed bytes take their share by size. */
  readonly storedBytes: number
  /** Of withoutDuplicatesBytes, what files outside of the choice use, too. */
  readonly alsoUsedElsewhereBytes: number
  /** Why there was less to store without duplicates; known for the whole archive only. */
  readonly duplicates: { readonly sharedOnDiskBytes: number; readonly equalContentBytes: number } | undefined
  /** Of withoutDuplicatesBytes, those in packs; and how much less is stored of them because packs are compressed. */
  readonly packedBytes: number
  readonly packingBytes: number
}

/** `index` is of `mapArchiveContents`; `isChosen` by file; undefined is all. */
export function savingsOf(
  index: PictureIndex,
  info: Pick<ArchiveInfo, 'totals'>,
  isChosen?: (file: number) => boolean,
): Savings {
  const { files, intervals, extents } = index.map
  const chosen = isChosen ?? (() => true)
  let count = 0
  let sizeBytes = 0
  let holeBytes = 0
  for (let file = 0; file < files.names.length; file++) {
    if (!chosen(file)) continue
    count++
    sizeBytes += files.sizeBytes[file] ?? 0
    holeBytes += files.holeBytes[file] ?? 0
  }
  const uses = usesOfIntervals(index, chosen)
  const packsBegin = firstPackedPlace(extents)
  let dataBytes = 0
  let packedBytes = 0
  uses.forEach((used, at) => {
    if (used === 0) return
    const length = intervals.lengths[at] ?? 0
    if ((intervals.places[at] ?? 0) >= packsBegin) packedBytes += length
    else dataBytes += length
  })
  const { packRawBytes, packStoredBytes, sharedBytes, duplicateBytes } = info.totals
  const packedStoredBytes = packRawBytes === 0 ? 0 : Math.round((packedBytes * packStoredBytes) / packRawBytes)
  return {
    files: count,
    sizeBytes,
    withoutHolesBytes: sizeBytes - holeBytes,
    withoutDuplicatesBytes: dataBytes + packedBytes,
    storedBytes: dataBytes + packedStoredBytes,
    alsoUsedElsewhereBytes: freedBytes(index, chosen).keptBytes,
    duplicates:
      isChosen === undefined ? { sharedOnDiskBytes: sharedBytes, equalContentBytes: duplicateBytes } : undefined,
    packedBytes,
    packingBytes: packedBytes - packedStoredBytes,
  }
}

/** Packs come after all data. */
function firstPackedPlace({ places, marks }: SharingMap['extents']): number {
  let first = Number.POSITIVE_INFINITY
  marks.forEach((mark, extent) => {
    if (mark === rangeMarks.packed) first = Math.min(first, places[extent] ?? first)
  })
  return first
}

/** One folder of the treemap: what lies directly in it and below. Folders by number of the map. */
export interface SavingsFolder {
  readonly folder: number
  readonly sizeBytes: number
  /** Distinct bytes of the archive behind it, packed ones before compression. */
  readonly storedBytes: number
  /** 0 … 1: how much less that is. */
  readonly savedShare: number
}

/** The folders directly in one, largest first. */
export function savingsFolders({ folders }: Pick<SharingMap, 'folders'>, parent: number): SavingsFolder[] {
  const found: SavingsFolder[] = []
  for (let folder = parent + 1; folder < folders.names.length; folder++) {
    if (folders.parents[folder] !== parent) continue
    const sizeBytes = folders.sizeBytes[folder] ?? 0
    const storedBytes = folders.onDiskBytes[folder] ?? 0
    found.push({ folder, sizeBytes, storedBytes, savedShare: sizeBytes === 0 ? 0 : 1 - storedBytes / sizeBytes })
  }
  return found.sort((a, b) => b.sizeBytes - a.sizeBytes || a.folder - b.folder)
}
