/** The order of a view's rows: what is kept of each entry while scanning, and the permutation made of it. */

import { baseName } from '../../shared/byte-string.ts'
import type { SortColumn } from '../../shared/ipc/archives.ts'
import type { ArchiveUse, Entry } from '../engine/index.ts'
import { Float64List, NameList } from './byte-columns.ts'
import { radixSort } from './radix-order.ts'
import type { Slices } from './slices.ts'

const kindRanks: Readonly<Record<Entry['kind'], number>> = {
  directory: 0,
  file: 1,
  hardlink: 2,
  symlink: 3,
  fifo: 4,
  'character-device': 5,
  'block-device': 6,
}

export interface OrderQuery {
  readonly sort: { readonly column: SortColumn; readonly descending: boolean }
  readonly foldersFirst: boolean
  /** Whether rows lie in one folder, so that their names are in order when their paths are. */
  readonly oneFolder: boolean
}

/** Told of each row as it is found, in path order. */
export class ViewOrder {
  readonly #query: OrderQuery
  readonly #keyOf: ((entry: Entry, use: ArchiveUse) => number) | undefined
  readonly #names: NameList | undefined
  readonly #keys = new Float64List()
  /** 0 for folders, 1 for others, where folders come first. */
  readonly #groups = new Float64List()

  constructor(query: OrderQuery) {
    const { column } = query.sort
    this.#query = query
    this.#keyOf = keyOf(column)
    this.#names = column === 'name' && !query.oneFolder ? new NameList() : undefined
  }

  /** Whether rows come in the order in which they are found. */
  get isFound(): boolean {
    const { sort, foldersFirst } = this.#query
    return this.#keyOf === undefined && this.#names === undefined && !sort.descending && !foldersFirst
  }

  add(entry: Entry, use: ArchiveUse): void {
    if (this.#keyOf !== undefined) this.#keys.push(this.#keyOf(entry, use))
    this.#names?.push(baseName(entry.path))
    if (this.#query.foldersFirst) this.#groups.push(entry.kind === 'directory' ? 0 : 1)
  }

  /**
   * The rows in order, `count` of them having been added. Ties stay in path order, whichever the direction. Names of a
   * million rows take seconds, in slices.
   */
  async sorted(count: number, slices: Slices): Promise<Uint32Array> {
    const rows = Uint32Array.from({ length: count }, (_, i) => i)
    const sign = this.#query.sort.descending ? -1 : 1
    if (this.#names !== undefined) await sortByName(rows, this.#names, sign, slices)
    else if (this.#keyOf !== undefined)
      radixSort(rows, sign > 0 ? this.#keys.view() : this.#keys.view().map((key) => -key))
    else if (sign < 0) rows.reverse()
    if (this.#query.foldersFirst) radixSort(rows, this.#groups.view())
    return rows
  }
}

function keyOf(column: SortColumn): ((entry: Entry, use: ArchiveUse) => number) | undefined {
  switch (column) {
    case 'name':
    case 'path':
      return undefined
    case 'size':
      return (entry) => entry.sizeBytes
    case 'stored':
      return (entry, use) => use(entry).storedBytes
    case 'shared':
      return (entry, use) => use(entry).sharedBytes ?? 0
    case 'modified':
      return ({ modifyTime }) => modifyTime.seconds + modifyTime.nanoseconds / 1e9
    case 'mode':
      return (entry) => entry.mode ?? -1
    case 'kind':
      return (entry) => kindRanks[entry.kind]
  }
}

/** By six bytes of the names at a time: rows that agree in them are a range of their own, sorted by the next six. */
async function sortByName(rows: Uint32Array, names: NameList, sign: 1 | -1, slices: Slices): Promise<void> {
  const keys = new Float64Array(names.length)
  const ranges = [{ from: 0, to: rows.length, offset: 0 }]
  for (let range = ranges.pop(); range !== undefined; range = ranges.pop()) {
    if (slices.isDue) await slices.turn()
    const { offset } = range
    const part = rows.subarray(range.from, range.to)
    for (const row of part) keys[row] = sign * names.sixBytes(row, offset)
    radixSort(part, keys)
    for (let from = 0, to = 0; from < part.length; from = to) {
      const key = keys[part[from] ?? 0] ?? 0
      for (to = from + 1; to < part.length && keys[part[to] ?? 0] === key; ) to++
      // -1: the names have ended and are equal.
      if (to - from > 1 && key !== -sign)
        ranges.push({ from: range.from + from, to: range.from + to, offset: offset + 6 })
    }
  }
}
