/** What of a file the filesystem shows as shared already, and where that is in the archive. */
import { IntervalMap } from '../dedup/interval-map.ts'
import { type ExtentMap, extentFlags, type Handle, type NodeStatus, type PhysicalExtent } from '../ports.ts'

/** Extents whose address says nothing about their bytes: compressed, inline, not written, not known. */
const UNUSABLE =
  extentFlags.unknown |
  extentFlags.delayedAllocation |
  extentFlags.encoded |
  extentFlags.encrypted |
  extentFlags.notAligned |
  extentFlags.inline |
  extentFlags.packedTail |
  extentFlags.unwritten

/**
 * Stands for the archive's filesystem, on which all snapshots are. Sources there may have other device numbers: btrfs
 * gives each subvolume its own.
 */
export const ARCHIVE_DEVICE = -1

/** A run of a file: at `archiveOffset` already, or not stored yet (-1). */
export interface KnownRun {
  readonly start: number
  readonly lengthBytes: number
  readonly archiveOffset: number
}

export class SharedExtents {
  readonly #extentMap: ExtentMap
  readonly #blockBytes: number
  /** By device: physical range → archive offset. */
  readonly #stored = new Map<number, IntervalMap>()
  /** Devices where FIEMAP doesn't work. */
  readonly #blind = new Set<number>()

  constructor(extentMap: ExtentMap, blockBytes: number) {
    this.#extentMap = extentMap
    this.#blockBytes = blockBytes
  }

  /**
   * Whether somebody shares a block in this range. Shared blocks are on disk, so a look without flushing shows them all;
   * it may show more, where a shared block is being written over.
   */
  hasShared(handle: Handle, status: NodeStatus, start: number, lengthBytes: number): boolean {
    if (this.#blind.has(status.device)) return false
    const extents = this.#extentMap.extents(handle, start, lengthBytes, false)
    if (extents === undefined) this.#blind.add(status.device)
    return extents?.some((extent) => (extent.flags & extentFlags.shared) !== 0) ?? false
  }

  /** Usable extents of a file that nobody else can write. */
  ofUnchanging(handle: Handle, start: number, lengthBytes: number): readonly PhysicalExtent[] {
    return (this.#extentMap.extents(handle, start, lengthBytes, false) ?? []).filter(
      ({ flags }) => (flags & UNUSABLE) === 0,
    )
  }

  /** Shared and usable extents of a source. They hold only if the source is found unchanged after it was read. */
  ofChanging(handle: Handle, start: number, lengthBytes: number): readonly PhysicalExtent[] {
    const extents = this.#extentMap.extents(handle, start, lengthBytes, true) ?? []
    return extents.filter(({ flags }) => (flags & extentFlags.shared) !== 0 && (flags & UNUSABLE) === 0)
  }

  /**
   * As split, run by run: the next one is looked for when the caller has stored the one before and remembered it, so that
   * the later part of a block that is used twice is found.
   */
  *runs(extents: readonly PhysicalExtent[], device: number, start: number, lengthBytes: number): Generator<KnownRun> {
    const end = start + lengthBytes
    const bounds = sharesWithItself(extents) ? extents.map((extent) => extent.logicalBytes + extent.lengthBytes) : []
    let at = start
    for (const bound of [...bounds, end]) {
      const to = Math.min(bound, end)
      if (to <= at) continue
      yield* this.split(extents, device, at, to - at)
      at = to
    }
  }

  /** Splits [start, start + lengthBytes) of a file into what the archive holds already and what is new. */
  split(extents: readonly PhysicalExtent[], device: number, start: number, lengthBytes: number): KnownRun[] {
    const stored = this.#stored.get(device)
    if (stored === undefined || extents.length === 0) return [{ start, lengthBytes, archiveOffset: -1 }]
    const runs: KnownRun[] = []
    const end = start + lengthBytes
    let at = start
    for (const part of overlapping(extents, start, end)) {
      for (const found of stored.query(part.physical, part.lengthBytes)) {
        if (found.target < 0) continue
        this.#pushKnown(runs, at, part.start + (found.start - part.physical), found.length, found.target)
        at = runEnd(runs, at)
      }
    }
    if (at < end) pushRun(runs, { start: at, lengthBytes: end - at, archiveOffset: -1 })
    return runs
  }

  /** Records that [start, start + lengthBytes) of a file was stored at `archiveOffset`. */
  remember(
    extents: readonly PhysicalExtent[],
    device: number,
    start: number,
    lengthBytes: number,
    archiveOffset: number,
  ): void {
    if (extents.length === 0) return
    let stored = this.#stored.get(device)
    if (stored === undefined) {
      stored = new IntervalMap()
      this.#stored.set(device, stored)
    }
    for (const part of overlapping(extents, start, start + lengthBytes)) {
      stored.insert(part.physical, part.lengthBytes, archiveOffset + (part.start - start))
    }
  }

  /** Adds a known run cut to whole archive blocks, and the new run before it, from `at` on. */
  #pushKnown(runs: KnownRun[], at: number, start: number, lengthBytes: number, archiveOffset: number): void {
    const block = this.#blockBytes
    const aligned = Math.ceil(archiveOffset / block) * block
    const cut = aligned - archiveOffset
    const length = Math.floor((lengthBytes - cut) / block) * block
    if (length <= 0) return
    if (start + cut > at) pushRun(runs, { start: at, lengthBytes: start + cut - at, archiveOffset: -1 })
    pushRun(runs, { start: start + cut, lengthBytes: length, archiveOffset: aligned })
  }
}

/** Whether a file uses some block twice: its later part is then known only once its earlier part is stored. */
export function sharesWithItself(extents: readonly PhysicalExtent[]): boolean {
  const sorted = [...extents].sort((a, b) => a.physicalBytes - b.physicalBytes)
  return sorted.some((extent, index) => {
    const next = sorted[index + 1]
    return next !== undefined && next.physicalBytes < extent.physicalBytes + extent.lengthBytes
  })
}

function runEnd(runs: readonly KnownRun[], otherwise: number): number {
  const last = runs.at(-1)
  return last === undefined ? otherwise : last.start + last.lengthBytes
}

/** Appends a run, joined with the one before where it goes on. */
function pushRun(runs: KnownRun[], run: KnownRun): void {
  const last = runs.at(-1)
  if (last !== undefined && last.start + last.lengthBytes === run.start) {
    const bothNew = last.archiveOffset < 0 && run.archiveOffset < 0
    const goesOn = last.archiveOffset >= 0 && run.archiveOffset === last.archiveOffset + last.lengthBytes
    if (bothNew || goesOn) {
      runs[runs.length - 1] = { ...last, lengthBytes: last.lengthBytes + run.lengthBytes }
      return
    }
  }
  runs.push(run)
}

interface ExtentPart {
  readonly start: number
  readonly lengthBytes: number
  readonly physical: number
}

/** The parts of extents within [start, end), found by binary search: a file may have a million. */
function* overlapping(extents: readonly PhysicalExtent[], start: number, end: number): Generator<ExtentPart> {
  let low = 0
  let high = extents.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const extent = extents[middle]
    if (extent !== undefined && extent.logicalBytes + extent.lengthBytes <= start) low = middle + 1
    else high = middle
  }
  for (let index = low; index < extents.length; index++) {
    const extent = extents[index]
    if (extent === undefined || extent.logicalBytes >= end) return
    const from = Math.max(start, extent.logicalBytes)
    const to = Math.min(end, extent.logicalBytes + extent.lengthBytes)
    yield { start: from, lengthBytes: to - from, physical: extent.physicalBytes + (from - extent.logicalBytes) }
  }
}
