/** Pure: which files use which part of what is chosen in the picture. The parts add up to all of it. */
import { blockClass } from './block-class.ts'
import { extentFlags } from './extent-flags.ts'
import type { PictureIndex } from './picture-index.ts'
import { lastAtOrBelow } from './places.ts'
import type { FileRange } from './sharers.ts'
import { intervalFlags } from './sharing-map.ts'

/** All bytes of a choice that are of one class and that the same files use. */
interface UsedPart {
  readonly bytes: number
  /** A code of `blockClass`. */
  readonly classCode: number
  /** Ascending; none for holes. At most `mostUsers` of `fileCount`. */
  readonly files: readonly number[]
  readonly fileCount: number
  /** The filesystem says that somebody else uses it who wasn't looked at. */
  readonly andOthers: boolean
}

export interface UsedParts {
  /** Largest first. */
  readonly parts: readonly UsedPart[]
  /** What wasn't looked at because there were too many pieces. */
  readonly restBytes: number
}

/** Files of a part that are told apart. */
const mostUsers = 1000
/** Extents looked at for one choice: more would keep somebody waiting. */
const mostLookedAt = 50_000

/** The parts of a range of a file: bytes of the file, as many as the range has. */
export function partsOfRange(index: PictureIndex, range: FileRange): UsedParts {
  const { extents, files } = index.map
  const parts = new PartSums(index, range.file)
  const end = range.offset + range.lengthBytes
  const first = files.firstExtents[range.file] ?? 0
  const last = files.firstExtents[range.file + 1] ?? first
  let at = range.offset
  for (
    let extent = Math.max(first, lastAtOrBelow(extents.offsets, first, last, at));
    extent < last && at < end;
    extent++
  ) {
    const offset = extents.offsets[extent] ?? 0
    const from = Math.max(offset, at)
    const to = Math.min(offset + (extents.lengths[extent] ?? 0), end)
    if (from >= to) continue
    parts.addHole(from - at)
    at = to
    const place = extents.places[extent] ?? -1
    if (place < 0) parts.addLone(range.file, index.extentClasses[extent] ?? blockClass.unchecked, to - from)
    else if (((extents.flags[extent] ?? 0) & extentFlags.encoded) !== 0) {
      // A compressed extent is one piece on disk, whichever part of it a file shows.
      parts.addInterval(index.intervalAt(place), to - from)
    } else parts.addPlaces(place + from - offset, place + to - offset)
  }
  parts.addHole(end - at)
  return parts.result()
}

/** The parts of a range of places: bytes on disk. */
export function partsOfPlaces(index: PictureIndex, start: number, end: number): UsedParts {
  const parts = new PartSums(index, undefined)
  parts.addPlaces(start, end)
  return parts.result()
}

class PartSums {
  readonly #index: PictureIndex
  readonly #parts = new Map<string, { -readonly [Key in keyof UsedPart]: UsedPart[Key] }>()
  /** Whose blocks all of them are. */
  readonly #owner: number | undefined
  #lookedAt = 0
  #restBytes = 0

  constructor(index: PictureIndex, owner: number | undefined) {
    this.#index = index
    this.#owner = owner
  }

  addHole(bytes: number): void {
    if (bytes > 0) this.#add('hole', bytes, { classCode: blockClass.hole, files: [], fileCount: 0, andOthers: false })
  }

  /** Bytes of a file that have no place. */
  addLone(file: number, classCode: number, bytes: number): void {
    this.#add(`lone ${classCode}`, bytes, { classCode, files: [file], fileCount: 1, andOthers: false })
  }

  addPlaces(start: number, end: number): void {
    const { places, lengths } = this.#index.map.intervals
    for (let interval = this.#index.intervalAt(start), at = start; at < end; interval++) {
      const to = Math.min(end, (places[interval] ?? 0) + (lengths[interval] ?? 0))
      if (to <= at) return
      this.addInterval(interval, to - at)
      at = to
    }
  }

  /** `bytes` of an interval, all of which the same files use. */
  addInterval(interval: number, bytes: number): void {
    const { files: counts, classes, flags } = this.#index.map.intervals
    const files = this.#usersOf(interval)
    if (files === undefined) {
      this.#restBytes += bytes
      return
    }
    const classCode = classes[interval] ?? 0
    const andOthers = ((flags[interval] ?? 0) & intervalFlags.others) !== 0
    const fileCount = counts[interval] ?? files.length
    this.#add(`${classCode} ${andOthers} ${fileCount} ${files.join(' ')}`, bytes, {
      classCode,
      files,
      fileCount,
      andOthers,
    })
  }

  /** Undefined when too many have been looked at. */
  #usersOf(interval: number): readonly number[] | undefined {
    const { map, search } = this.#index
    const { places, files, uses } = map.intervals
    if (files[interval] === 1 && this.#owner !== undefined) return [this.#owner]
    if (this.#lookedAt > mostLookedAt) return undefined
    const place = places[interval] ?? 0
    const found = search.find(place, place + 1, Math.min(uses[interval] ?? 1, mostLookedAt))
    this.#lookedAt += found.length
    const users = new Set(found.map((extent) => map.extents.files[extent] ?? 0))
    return [...users].sort((a, b) => a - b).slice(0, mostUsers)
  }

  result(): UsedParts {
    const parts = [...this.#parts.values()].sort((a, b) => b.bytes - a.bytes)
    return { parts, restBytes: this.#restBytes }
  }

  #add(key: string, bytes: number, part: Omit<UsedPart, 'bytes'>): void {
    const known = this.#parts.get(key)
    if (known === undefined) this.#parts.set(key, { ...part, bytes })
    else known.bytes += bytes
  }
}
