/**
 * Which bytes of an archive are used by more than one entry: what `list --long` and the window's columns say. A few
 * numbers for each run of bytes in typed arrays, whatever the archive's size; beyond a limit the answer is “too large
 * to say” rather than unbounded memory.
 */
import type { Entry, Segment } from '../entry.ts'
import { NumberList } from '../number-list.ts'
import { RunList } from './run-list.ts'

/** Runs over all entries: 24 bytes each, while sorting 40; what is shared takes at most 32 more. */
const RUN_LIMIT = 4_000_000

/** Raw bytes that a pack number stands for in the packs' address space: more than any pack holds (docs/format.md). */
export const PACK_SPAN_BYTES = 2 ** 26

/** A run of bytes: data at its offset in the archive, packs below zero. */
interface Run {
  readonly start: number
  readonly end: number
}

export interface EntryUse {
  /** Distinct bytes of the archive behind the entry (packed ones before compression). */
  readonly storedBytes: number
  /** Of those, used by other entries of the archive too; undefined where that isn't known. */
  readonly sharedBytes: number | undefined
}

/** Answers how much of an entry's bytes others use. */
export type ArchiveUse = (entry: Entry) => EntryUse

/** The answer without a look at the other entries. */
export const storedOnly: ArchiveUse = (entry) => ({ storedBytes: entryRuns(entry).bytes, sharedBytes: undefined })

/** Looks at all entries at once. Undefined when there are more runs than `limit`. */
export function archiveUse(entries: Iterable<Entry>, limit = RUN_LIMIT): ArchiveUse | undefined {
  const map = new UseMap(limit)
  for (const entry of entries) if (!map.add(entry)) return undefined
  map.finish()
  return (entry) => map.of(entry)
}

/** Filled with one entry after the other, so that whoever fills it can pause; answers after `finish`. */
export class UseMap {
  readonly #limit: number
  readonly #starts = new NumberList()
  readonly #ends = new NumberList()
  readonly #ordinals = new NumberList()
  /** From each place on, up to the next, so many entries use each byte; 0 stands for one or none. */
  readonly #places = new NumberList()
  readonly #users = new NumberList()
  #distinctBytes = 0

  constructor(limit = RUN_LIMIT) {
    this.#limit = limit
  }

  /** False when there are too many runs: nothing can be said then. Entries come in ascending order of their ordinals. */
  add(entry: Entry): boolean {
    const runs = entryRuns(entry)
    if (this.#starts.length + runs.length > this.#limit) return false
    for (let i = 0; i < runs.length; i++) {
      this.#starts.push(runs.startAt(i))
      this.#ends.push(runs.endAt(i))
      this.#ordinals.push(entry.ordinal)
    }
    return true
  }

  /** Bytes that any of the entries uses, each once. */
  get distinctBytes(): number {
    return this.#distinctBytes
  }

  /** Sorted starts and ends, walked together, give the number of users at every byte. */
  finish(): void {
    const starts = this.#starts.copy().sort()
    const ends = this.#ends.copy().sort()
    let users = 0
    let told = 0
    let next = 0
    let before = 0
    for (let at = 0; at < ends.length; ) {
      const place = Math.min(starts[next] ?? Number.POSITIVE_INFINITY, ends[at] ?? 0)
      if (users > 0) this.#distinctBytes += place - before
      before = place
      for (; ends[at] === place; at++) users--
      for (; starts[next] === place; next++) users++
      const here = users < 2 ? 0 : users
      if (here === told) continue
      this.#places.push(place)
      this.#users.push(here)
      told = here
    }
  }

  of(entry: Entry): EntryUse {
    const runs = entryRuns(entry)
    let sharedBytes = 0
    for (let i = 0; i < runs.length; i++) {
      this.#eachShared(runs.startAt(i), runs.endAt(i), (bytes) => (sharedBytes += bytes))
    }
    return { storedBytes: runs.bytes, sharedBytes }
  }

  /** The most entries that use any byte of a segment: 1 when it is used by its entry alone. */
  usersOf(segment: Segment): number {
    const run = runOf(segment)
    let most = 1
    if (run !== undefined) this.#eachShared(run.start, run.end, (_, users) => (most = Math.max(most, users)))
    return most
  }

  /** Others that use bytes of the entry, in archive order, with how many. Looks at every run: a tenth of a second for millions. */
  *sharersOf(entry: Entry): Iterable<{ readonly ordinal: number; readonly sharedBytes: number }> {
    const wanted = entryRuns(entry)
    if (this.of(entry).sharedBytes === 0) return
    let ordinal = -1
    let sharedBytes = 0
    for (let i = 0; i < this.#starts.length; i++) {
      const bytes = wanted.overlap(this.#starts.at(i), this.#ends.at(i))
      if (bytes === 0 || this.#ordinals.at(i) === entry.ordinal) continue
      if (this.#ordinals.at(i) !== ordinal) {
        if (sharedBytes > 0) yield { ordinal, sharedBytes }
        ordinal = this.#ordinals.at(i)
        sharedBytes = 0
      }
      sharedBytes += bytes
    }
    if (sharedBytes > 0) yield { ordinal, sharedBytes }
  }

  #eachShared(runStart: number, runEnd: number, tell: (bytes: number, users: number) => void): void {
    for (let i = Math.max(0, this.#places.lastAtOrBelow(runStart)); i < this.#places.length; i++) {
      const start = this.#places.at(i)
      if (start >= runEnd) return
      const users = this.#users.at(i)
      const end = i + 1 < this.#places.length ? this.#places.at(i + 1) : start
      const bytes = Math.min(end, runEnd) - Math.max(start, runStart)
      if (users > 0 && bytes > 0) tell(bytes, users)
    }
  }
}

function runOf(segment: Segment): Run | undefined {
  if (segment.kind === 'data') return { start: segment.archiveOffset, end: segment.archiveOffset + segment.lengthBytes }
  if (segment.kind !== 'pack') return undefined
  const start = segment.packOffset - (segment.pack + 1) * PACK_SPAN_BYTES
  return { start, end: start + segment.lengthBytes }
}

/** Of most names in an archive: none of their own is made for them. */
const noRuns = new RunList()

/** The runs of the archive that an entry uses, ascending, each byte once even when the file uses it twice. */
function entryRuns(entry: Entry): RunList {
  if (entry.segments.length === 0) return noRuns
  const runs = new RunList()
  for (const segment of entry.segments) {
    const run = runOf(segment)
    if (run !== undefined) runs.add(run.start, run.end)
  }
  return runs.settle()
}
