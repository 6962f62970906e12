/**
 * Which bytes of an archive are used by more than one file. Two numbers per run of bytes in typed arrays, whatever the
 * archive's size; beyond a limit the answer is “too large to say” rather than unbounded memory.
 */
import type { Entry } from '../../main/engine/index.ts'

/** Runs over all files: 16 bytes each, and as much again while sorting. */
const RUN_LIMIT = 4_000_000

/** A run of bytes. Data lies at its archive offset; packs lie in an address space of their own. */
interface Run {
  readonly start: number
  readonly end: number
}

/** Raw bytes that a pack number stands for in the packs' address space: more than any pack holds (docs/format.md). */
const PACK_SPAN_BYTES = 2 ** 26

/** The runs of the archive that an entry uses, each byte once even when the file uses it twice. */
function entryRuns(entry: Entry): { readonly data: readonly Run[]; readonly packed: readonly Run[] } {
  const data: Run[] = []
  const packed: Run[] = []
  for (const segment of entry.segments) {
    if (segment.kind === 'data') {
      data.push({ start: segment.archiveOffset, end: segment.archiveOffset + segment.lengthBytes })
    } else if (segment.kind === 'pack') {
      const start = segment.pack * PACK_SPAN_BYTES + segment.packOffset
      packed.push({ start, end: start + segment.lengthBytes })
    }
  }
  return { data: union(data), packed: union(packed) }
}

function union(runs: Run[]): readonly Run[] {
  if (runs.length < 2) return runs
  runs.sort((a, b) => a.start - b.start)
  const merged: Run[] = []
  for (const run of runs) {
    const last = merged.at(-1)
    if (last !== undefined && run.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, run.end) }
    } else merged.push(run)
  }
  return merged
}

/** Numbers that grow in place. */
class NumberList {
  #values = new Float64Array(1024)
  length = 0

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Float64Array(this.length * 2)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.length++] = value
  }

  view(): Float64Array {
    return this.#values.subarray(0, this.length)
  }
}

/** Counts sharers along one address space. */
class UseMap {
  readonly #starts = new NumberList()
  readonly #ends = new NumberList()
  /** Ranges used at least twice: start and end alternate, ascending. */
  #shared: Float64Array = new Float64Array(0)

  get runs(): number {
    return this.#starts.length
  }

  add(run: Run): void {
    this.#starts.push(run.start)
    this.#ends.push(run.end)
  }

  /** Sorted starts and ends, walked together, give the number of users at every byte. */
  finish(): void {
    const starts = this.#starts.view().sort()
    const ends = this.#ends.view().sort()
    const shared = new NumberList()
    let users = 0
    let next = 0
    for (const end of ends) {
      while (next < starts.length && (starts[next] ?? 0) < end) {
        users++
        if (users === 2) shared.push(starts[next] ?? 0)
        next++
      }
      if (users === 2) shared.push(end)
      users--
    }
    this.#shared = shared.view()
  }

  sharedBytes(run: Run): number {
    const bounds = this.#shared
    let low = 0
    let high = bounds.length / 2
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((bounds[2 * middle + 1] ?? 0) <= run.start) low = middle + 1
      else high = middle
    }
    let bytes = 0
    for (let i = low; i < bounds.length / 2 && (bounds[2 * i] ?? 0) < run.end; i++) {
      bytes += Math.min(bounds[2 * i + 1] ?? 0, run.end) - Math.max(bounds[2 * i] ?? 0, run.start)
    }
    return bytes
  }
}

export interface EntryUse {
  /** Distinct bytes of the archive behind the entry (packed ones before compression). */
  readonly storedBytes: number
  /** Of those, used by other files of the archive too; undefined where that isn't known. */
  readonly sharedBytes: number | undefined
}

/** Answers how much of an entry's bytes others use. */
export type ArchiveUse = (entry: Entry) => EntryUse

const lengthOf = (runs: readonly Run[]): number => runs.reduce((sum, run) => sum + run.end - run.start, 0)

/** The answer without a look at the other entries. */
export const storedOnly: ArchiveUse = (entry) => {
  const { data, packed } = entryRuns(entry)
  return { storedBytes: lengthOf(data) + lengthOf(packed), sharedBytes: undefined }
}

/** Looks at all entries. Undefined when there are more runs than `limit`. */
export function archiveUse(entries: Iterable<Entry>, limit = RUN_LIMIT): ArchiveUse | undefined {
  const dataMap = new UseMap()
  const packMap = new UseMap()
  for (const entry of entries) {
    const { data, packed } = entryRuns(entry)
    for (const run of data) dataMap.add(run)
    for (const run of packed) packMap.add(run)
    if (dataMap.runs + packMap.runs > limit) return undefined
  }
  dataMap.finish()
  packMap.finish()
  return (entry) => {
    const { data, packed } = entryRuns(entry)
    const sharedIn = (map: UseMap, runs: readonly Run[]): number =>
      runs.reduce((sum, run) => sum + map.sharedBytes(run), 0)
    return {
      storedBytes: lengthOf(data) + lengthOf(packed),
      sharedBytes: sharedIn(dataMap, data) + sharedIn(packMap, packed),
    }
  }
}
