/** What is chosen in the window, as entries of the archive. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type ByteString, comparePaths } from '../../shared/byte-string.ts'
import type { EntrySelection, SelectionTotals } from '../../shared/ipc/archives.ts'
import type { ArchiveReader, Entry } from '../engine/index.ts'
import { EntryTotals } from './entry-totals.ts'
import { Slices } from './slices.ts'
import type { View } from './view.ts'

/** Undefined for a view that is closed. */
export type ViewById = (viewId: number) => View | undefined

/** Whether everything in the archive is chosen: all rows of its top are all of it. */
export function isEverything(selection: EntrySelection, viewById: ViewById): boolean {
  if (selection.kind === 'view')
    return selection.exceptPaths.length === 0 && viewById(selection.viewId)?.showsTop === true
  return selection.kind === 'all'
}

/** The chosen paths without those that lie below another one, in path order; undefined is everything. */
export function selectedPaths(selection: EntrySelection, viewById: ViewById): readonly ByteString[] | undefined {
  if (selection.kind === 'all' || isEverything(selection, viewById)) return undefined
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
/** While a view finds more. */
const WAIT_MILLISECONDS = 10

/** The totals of a selection with what its folders hold; asked again, counting goes on where it was. */
export class SelectionCount {
  /** All of whose rows are chosen: it may know their totals. */
  readonly #view: View | undefined
  readonly #entries: Iterator<Entry | undefined>
  readonly #totals = new EntryTotals()

  constructor(reader: ArchiveReader, selection: EntrySelection, viewById: ViewById) {
    if (selection.kind === 'view' && selection.exceptPaths.length === 0) this.#view = viewById(selection.viewId)
    this.#entries = chosenEntries(reader, selection, viewById)
  }

  /** Counts for a tenth of a second, or to the end. Throws `damaged`. */
  async advance(): Promise<SelectionTotals> {
    const slices = new Slices()
    const until = performance.now() + ANSWER_AFTER_MILLISECONDS
    while (!this.#soFar.complete && performance.now() < until) {
      if (!this.#countSome()) await sleep(WAIT_MILLISECONDS)
      else if (slices.isDue) await slices.turn()
    }
    return this.#soFar
  }

  get #soFar(): SelectionTotals {
    return this.#view?.totals() ?? this.#totals.soFar
  }

  /** False when the view has to go on first. */
  #countSome(): boolean {
    if (this.#view?.totals() !== undefined) return false
    for (let i = 0; i < 32 && !this.#totals.isComplete; i++) {
      const { value, done } = this.#entries.next()
      if (done === true) this.#totals.finish()
      else if (value === undefined) return false
      else this.#totals.add(value)
    }
    return true
  }
}

/** Each chosen entry and what lies in chosen folders, once, in path order; undefined where a view is still being scanned. */
function* chosenEntries(
  reader: ArchiveReader,
  selection: EntrySelection,
  viewById: ViewById,
): Iterator<Entry | undefined, undefined> {
  if (selection.kind !== 'view') {
    for (const path of selectedPaths(selection, viewById) ?? ['' as ByteString]) yield* reader.subtree(path)
    return
  }
  const except = new Set(selection.exceptPaths)
  let beginsBelow: string | undefined
  for (const entry of viewById(selection.viewId)?.follow() ?? []) {
    if (entry === undefined) yield undefined
    else if (!except.has(entry.path) && (beginsBelow === undefined || !entry.path.startsWith(beginsBelow))) {
      if (entry.kind !== 'directory') yield entry
      else {
        beginsBelow = `${entry.path}/`
        yield* reader.subtree(entry.path)
      }
    }
  }
}
