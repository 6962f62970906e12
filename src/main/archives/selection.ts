/** What is chosen in the window, as entries of the archive. */
import { type ByteString, comparePaths } from '../../shared/byte-string.ts'
import type { EntrySelection, SelectionTotals } from '../../shared/ipc/archives.ts'
import { type ArchiveReader, type Entry, UseMap } from '../engine/index.ts'
import { Slices } from './slices.ts'
import type { View } from './view.ts'

/** Undefined for a view that is closed. */
export type ViewById = (viewId: number) => View | undefined

/** The chosen paths without those that lie below another one, in path order; undefined is everything. */
export function selectedPaths(selection: EntrySelection, viewById: ViewById): readonly ByteString[] | undefined {
  if (selection.kind === 'all') return undefined
  if (selection.kind === 'paths') return outermost([...new Set(selection.paths)].sort(comparePaths))
  const except = new Set(selection.exceptPaths)
  const view = viewById(selection.viewId)
  const paths: ByteString[] = []
  for (const { path } of view?.entries() ?? []) if (!except.has(path)) paths.push(path)
  return outermost(paths)
}

function outermost(pathsInOrder: readonly ByteString[]): ByteString[] {
  const kept: ByteString[] = []
  for (const path of pathsInOrder) {
    const last = kept.at(-1)
    if (last === undefined || !path.startsWith(`${last}/`)) kept.push(path)
  }
  return kept
}

const ANSWER_AFTER_MILLISECONDS = 100

/** Counts a selection with what its folders hold; asked again, it goes on where it was. */
export class SelectionCount {
  readonly #reader: ArchiveReader
  readonly #entries: Iterator<Entry>
  /** Undefined when there are too many runs to tell which bytes are stored once. */
  #uses: UseMap | undefined = new UseMap()
  #totals = { entries: 0, files: 0, sizeBytes: 0, storedBytes: 0, complete: false }

  constructor(reader: ArchiveReader, paths: readonly ByteString[]) {
    this.#reader = reader
    this.#entries = this.#chosen(paths)
  }

  /** Counts for a tenth of a second, or to the end. Throws `damaged`. */
  async advance(): Promise<SelectionTotals> {
    const slices = new Slices()
    const until = performance.now() + ANSWER_AFTER_MILLISECONDS
    while (!this.#totals.complete && performance.now() < until) {
      for (let i = 0; i < 32 && !this.#totals.complete; i++) this.#countNext()
      if (slices.isDue) await slices.turn()
    }
    return { ...this.#totals }
  }

  #countNext(): void {
    const { value, done } = this.#entries.next()
    const totals = this.#totals
    if (done) {
      if (totals.complete) return
      totals.complete = true
      this.#uses?.finish()
      totals.storedBytes = this.#uses?.distinctBytes ?? totals.storedBytes
      return
    }
    const entry: Entry = value
    totals.entries++
    if (entry.kind === 'file' || entry.kind === 'hardlink') totals.files++
    totals.sizeBytes += entry.sizeBytes
    for (const { kind, lengthBytes } of entry.segments) {
      if (kind === 'data' || kind === 'pack') totals.storedBytes += lengthBytes
    }
    if (this.#uses?.add(entry) === false) this.#uses = undefined
  }

  *#chosen(paths: readonly ByteString[]): Iterator<Entry> {
    for (const path of paths) yield* this.#reader.subtree(path)
  }
}
