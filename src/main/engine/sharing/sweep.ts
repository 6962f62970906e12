/**
 * Pure: which bytes of which filesystem are used by which files. One pass over all extents ordered by address; the
 * place where the set of users changes ends a stretch. Nothing is kept for each stretch but the bytes of its set.
 */
import { ActiveSet } from './active-set.ts'
import type { ExtentTable } from './extent-table.ts'

/** Distinct sets of files kept; more than anyone reads, few enough for memory. */
const mostGroups = 1 << 20

interface Group {
  /** Numbers of the files, ascending. */
  readonly files: readonly number[]
  readonly bytes: number
}

export interface SweepResult {
  /** Distinct bytes. */
  readonly onDiskBytes: number
  /** Used by one extent of one file only. */
  readonly exclusiveBytes: number
  readonly sharedBytes: number
  /** Sum over all extents. */
  readonly mappedBytes: number
  /** Of the exclusive bytes, those of extents that are flagged as shared and have no partner in any part. */
  readonly sharedWithOthersBytes: number
  /** The sets of files that share most, in falling order. */
  readonly groups: readonly Group[]
  readonly groupsOmitted: number
  /** Of each file, its distinct bytes, and those only it uses once. */
  readonly fileOnDiskBytes: Float64Array
  readonly fileExclusiveBytes: Float64Array
}

type Visit = (active: ActiveSet, bytes: number) => void

/** Adds it all up for `files` files. */
export function sweep(extents: ExtentTable, files: number, limitGroups: number): SweepResult {
  const byAddress = extents.sorted('address')
  const byEnd = extents.sorted('end')
  const fileOnDiskBytes = new Float64Array(files)
  const fileExclusiveBytes = new Float64Array(files)
  const groupBytes = new Map<number, number>()
  const hasPartner = new Uint8Array(extents.length)
  let onDiskBytes = 0
  let exclusiveBytes = 0
  walkStretches(extents, byAddress, byEnd, files, fileOnDiskBytes, hasPartner, (active, bytes) => {
    onDiskBytes += bytes
    if (active.extents === 1) {
      exclusiveBytes += bytes
      fileExclusiveBytes[active.first] = (fileExclusiveBytes[active.first] ?? 0) + bytes
      return
    }
    const before = groupBytes.get(active.hash)
    if (before !== undefined || groupBytes.size < mostGroups) groupBytes.set(active.hash, (before ?? 0) + bytes)
  })
  const groups = nameGroups(extents, byAddress, byEnd, files, groupBytes, limitGroups)
  let mappedBytes = 0
  let sharedWithOthersBytes = 0
  for (let index = 0; index < extents.length; index++) {
    mappedBytes += extents.lengthBytes(index)
    if (extents.isFlaggedShared(index) && hasPartner[index] === 0) sharedWithOthersBytes += extents.lengthBytes(index)
  }
  return {
    onDiskBytes,
    exclusiveBytes,
    sharedBytes: onDiskBytes - exclusiveBytes,
    mappedBytes,
    sharedWithOthersBytes,
    groups,
    groupsOmitted: groupBytes.size - groups.length,
    fileOnDiskBytes,
    fileExclusiveBytes,
  }
}

/** A second pass finds the files of the largest groups, so that the first needn't keep those of all. */
function nameGroups(
  extents: ExtentTable,
  byAddress: Uint32Array,
  byEnd: Uint32Array,
  files: number,
  groupBytes: ReadonlyMap<number, number>,
  limit: number,
): Group[] {
  const largest = [...groupBytes].sort((a, b) => b[1] - a[1]).slice(0, limit)
  const wanted = new Map(largest)
  const found = new Map<number, Group>()
  walkStretches(extents, byAddress, byEnd, files, undefined, undefined, (active) => {
    if (active.extents === 1 || found.size === wanted.size) return
    const bytes = wanted.get(active.hash)
    if (bytes === undefined || found.has(active.hash)) return
    found.set(active.hash, { files: [...active.files().sort()], bytes })
  })
  return largest.flatMap(([hash]) => found.get(hash) ?? [])
}

function walkStretches(
  extents: ExtentTable,
  byAddress: Uint32Array,
  byEnd: Uint32Array,
  files: number,
  fileOnDiskBytes: Float64Array | undefined,
  hasPartner: Uint8Array | undefined,
  visit: Visit,
): void {
  const active = new ActiveSet(files)
  const fileStart = new Float64Array(fileOnDiskBytes === undefined ? 0 : files)
  // The one extent that covers the place, once others come it has a partner: enough to mark all that ever have.
  const covering = hasPartner === undefined ? undefined : new PartnerMarks(hasPartner)
  let place = 0
  let nextStart = 0
  let nextEnd = 0
  while (nextEnd < byEnd.length) {
    const ending = byEnd[nextEnd] ?? 0
    const starting = byAddress[nextStart]
    const startsFirst =
      starting !== undefined &&
      (extents.filesystem(starting) < extents.filesystem(ending) ||
        (extents.filesystem(starting) === extents.filesystem(ending) &&
          extents.address(starting) < extents.end(ending)))
    const at = startsFirst && starting !== undefined ? extents.address(starting) : extents.end(ending)
    if (active.extents > 0 && at > place) visit(active, at - place)
    place = at
    if (startsFirst && starting !== undefined) {
      nextStart++
      const file = extents.file(starting)
      if (active.add(file)) fileStart[file] = at
      covering?.begin(starting)
    } else {
      nextEnd++
      const file = extents.file(ending)
      if (active.remove(file) && fileOnDiskBytes) {
        fileOnDiskBytes[file] = (fileOnDiskBytes[file] ?? 0) + at - (fileStart[file] ?? 0)
      }
      covering?.end(ending)
    }
  }
}

/** Marks the extents that ever cover a byte together with another one. */
class PartnerMarks {
  readonly #marks: Uint8Array
  /** Covering extents that have no partner yet: one at most. */
  #lone = -1
  #count = 0

  constructor(marks: Uint8Array) {
    this.#marks = marks
  }

  begin(extent: number): void {
    this.#count++
    if (this.#count === 1) {
      this.#lone = extent
      return
    }
    if (this.#lone >= 0) this.#marks[this.#lone] = 1
    this.#lone = -1
    this.#marks[extent] = 1
  }

  end(extent: number): void {
    this.#count--
    if (this.#lone === extent) this.#lone = -1
  }
}
