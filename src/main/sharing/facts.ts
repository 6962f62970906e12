/** What is chosen in the picture and where else its blocks are. */
import type { SharingChoice, SharingFacts } from '../../shared/ipc/sharing.ts'
import { classCount } from '../../shared/sharing/block-class.ts'
import { type DiskMapView, diskMapHit } from '../../shared/sharing/disk-map.ts'
import { type LanesView, laneHit } from '../../shared/sharing/lanes.ts'
import { intervalColumns, type PictureIndex } from '../../shared/sharing/picture-index.ts'
import { addressAt, endOfExtent, spaceAt } from '../../shared/sharing/places.ts'
import { type FileRange, filesAt, otherPlaces } from '../../shared/sharing/sharers.ts'
import { fileRoles, pathOfFile } from '../../shared/sharing/sharing-map.ts'
import { partsOfPlaces, partsOfRange, type UsedParts } from '../../shared/sharing/users.ts'

/** What is lit up at once; more couldn't be told apart. */
const mostRanges = 2000
const mostFilesNamed = 50
/** Of the largest parts is told who uses them, the others are added up. */
const mostParts = 6
const mostUsersNamed = 4

interface PlaceRange {
  readonly start: number
  readonly end: number
}

/** Bytes by class between two sums, and the class that has most of them; of equals the first. */
function classesOf(before: Float64Array, after: Float64Array): Pick<SharingFacts, 'classCode' | 'bytesByClass'> {
  const bytesByClass = Array.from({ length: classCount }, (_, code) => (after[code] ?? 0) - (before[code] ?? 0))
  return { classCode: bytesByClass.indexOf(Math.max(...bytesByClass)), bytesByClass }
}

/** The stretch of blocks behind a pixel of the disk map, as far as the same files use it. */
export function choiceAtDiskMap(
  index: PictureIndex,
  view: DiskMapView,
  x: number,
  row: number,
): SharingChoice | undefined {
  const hit = diskMapHit(index, view, x, row)
  if (hit === undefined) return undefined
  const fromByte = index.used[hit.interval] ?? 0
  return { kind: 'used', fromByte, toByte: fromByte + (index.map.intervals.lengths[hit.interval] ?? 0) }
}

/** The extent (or hole) behind a pixel of a lane. */
export function choiceAtLane(index: PictureIndex, file: number, view: LanesView, x: number): SharingChoice | undefined {
  const hit = laneHit(index, file, view, x)
  if (hit === undefined) return undefined
  const { extents } = index.map
  if (hit.extent === undefined) {
    return { kind: 'range', file, offset: hit.fromByte, lengthBytes: hit.toByte - hit.fromByte }
  }
  return {
    kind: 'range',
    file,
    offset: extents.offsets[hit.extent] ?? 0,
    lengthBytes: extents.lengths[hit.extent] ?? 0,
  }
}

export function factsOf(index: PictureIndex, version: number, choice: SharingChoice): SharingFacts {
  return choice.kind === 'range' ? factsOfRange(index, version, choice) : factsOfUsed(index, version, choice)
}

function classesOfRange(index: PictureIndex, { file, offset, lengthBytes }: FileRange) {
  const before = new Float64Array(classCount)
  const after = new Float64Array(classCount)
  index.sumsOfFile(file, offset, before)
  index.sumsOfFile(file, offset + lengthBytes, after)
  return classesOf(before, after)
}

function withClasses(index: PictureIndex, range: FileRange): SharingFacts['ranges'][number] {
  const { file, offset, lengthBytes } = range
  return { file, offset, lengthBytes, bytesByClass: classesOfRange(index, range).bytesByClass }
}

function classesOfUsed(index: PictureIndex, fromByte: number, toByte: number) {
  const before = new Float64Array(intervalColumns)
  const after = new Float64Array(intervalColumns)
  index.sumsAtUsed(fromByte, before)
  index.sumsAtUsed(toByte, after)
  return classesOf(before, after)
}

function factsOfRange(index: PictureIndex, version: number, range: FileRange): SharingFacts {
  const places = placesOfRange(index, range)
  const { ranges: ribbons, complete } = otherPlaces(index, range, mostRanges)
  const files = [range.file, ...new Set(ribbons.map(({ to }) => to.file).filter((file) => file !== range.file))]
  return {
    ...common(index, version, files, places),
    ...classesOfRange(index, range),
    ...partsOf(index, partsOfRange(index, range)),
    lengthBytes: range.lengthBytes,
    isWholeFile: range.offset === 0 && range.lengthBytes >= (index.map.files.sizeBytes[range.file] ?? 0),
    ranges: [range, ...ribbons.map(({ to }) => to)].map((place) => withClasses(index, place)),
    ribbons,
    complete,
  }
}

function factsOfUsed(
  index: PictureIndex,
  version: number,
  { fromByte, toByte }: { readonly fromByte: number; readonly toByte: number },
): SharingFacts {
  const interval = index.intervalAtUsed(fromByte)
  const start = (index.map.intervals.places[interval] ?? 0) + fromByte - (index.used[interval] ?? 0)
  const length = Math.min(toByte, index.used[interval + 1] ?? 0) - fromByte
  const place = { start, end: start + length }
  const ranges = rangesAt(index, place)
  return {
    ...common(index, version, filesAt(index, place.start, place.end, mostRanges), [place]),
    ...classesOfUsed(index, fromByte, toByte),
    ...partsOf(index, partsOfPlaces(index, place.start, place.end)),
    lengthBytes: length,
    isWholeFile: false,
    ranges: ranges.slice(0, mostRanges).map((place) => withClasses(index, place)),
    ribbons: [],
    complete: ranges.length <= mostRanges,
  }
}

function partsOf(index: PictureIndex, { parts, restBytes }: UsedParts): Pick<SharingFacts, 'parts' | 'restBytes'> {
  return {
    parts: parts.slice(0, mostParts).map(({ files, ...part }) => ({
      ...part,
      files: files
        .filter((file) => !isArchive(index, file))
        .slice(0, mostUsersNamed)
        .map((file) => named(index, file)),
      withArchive: files.some((file) => isArchive(index, file)),
    })),
    restBytes: parts.slice(mostParts).reduce((sum, { bytes }) => sum + bytes, restBytes),
  }
}

const archiveRole = fileRoles.indexOf('archive')

function isArchive({ map }: PictureIndex, file: number): boolean {
  return map.files.roles[file] === archiveRole
}

function named({ map }: PictureIndex, file: number): SharingFacts['files'][number] {
  return { file, path: pathOfFile(map, file), role: fileRoles[map.files.roles[file] ?? 0] ?? 'other' }
}

function common(index: PictureIndex, version: number, files: readonly number[], places: readonly PlaceRange[]) {
  const { map } = index
  const first = places[0]
  const isScattered = places.some(({ start }, at) => at > 0 && places[at - 1]?.end !== start)
  const extent = first === undefined || isScattered ? undefined : index.search.find(first.start, first.start + 1, 1)[0]
  return {
    version,
    addressBytes: first === undefined || isScattered ? undefined : addressAt(map.spaces, first.start),
    isScattered,
    filesystem: first === undefined ? undefined : spaceAt(map.spaces, first.start)?.filesystem,
    flags: extent === undefined ? 0 : (map.extents.flags[extent] ?? 0),
    files: files.slice(0, mostFilesNamed).map((file) => named(index, file)),
    fileCount: files.length,
    used: places.slice(0, mostRanges).map(({ start, end }) => {
      const fromByte = index.usedAt(start)
      const toByte = fromByte + end - start
      return { fromByte, toByte, bytesByClass: classesOfUsed(index, fromByte, toByte).bytesByClass }
    }),
  }
}

/** Where a range of a file lies; of a compressed extent all of it. */
function placesOfRange(index: PictureIndex, { file, offset, lengthBytes }: FileRange): PlaceRange[] {
  const { extents, files } = index.map
  const end = offset + lengthBytes
  const found: PlaceRange[] = []
  const last = files.firstExtents[file + 1] ?? 0
  for (let extent = firstAt(index, file, offset); extent < last && found.length < mostRanges; extent++) {
    const from = extents.offsets[extent] ?? 0
    if (from >= end) break
    const place = extents.places[extent] ?? -1
    const skipped = Math.max(0, offset - from)
    const length = Math.min(extents.lengths[extent] ?? 0, end - from) - skipped
    if (place < 0 || length <= 0) continue
    const whole = endOfExtent(index.map, extent)
    const isCompressed = spaceAt(index.map.spaces, place)?.kind === 'compressed'
    found.push(isCompressed ? { start: place, end: whole } : { start: place + skipped, end: place + skipped + length })
  }
  return found
}

/** The first extent of a file that reaches beyond an offset. */
function firstAt({ map: { extents, files } }: PictureIndex, file: number, offset: number): number {
  let low = files.firstExtents[file] ?? 0
  let high = files.firstExtents[file + 1] ?? low
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((extents.offsets[middle] ?? 0) + (extents.lengths[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}

/** The ranges of files that use a range of places; one more than is shown tells that there are more. */
function rangesAt(index: PictureIndex, { start, end }: PlaceRange): FileRange[] {
  const { extents, spaces } = index.map
  return index.search.find(start, end, mostRanges + 1).map((extent) => {
    const place = extents.places[extent] ?? 0
    const file = extents.files[extent] ?? 0
    const offset = extents.offsets[extent] ?? 0
    const lengthBytes = extents.lengths[extent] ?? 0
    if (spaceAt(spaces, place)?.kind === 'compressed') return { file, offset, lengthBytes }
    const from = Math.max(start, place)
    return { file, offset: offset + from - place, lengthBytes: Math.min(end, place + lengthBytes) - from }
  })
}
