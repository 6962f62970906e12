/**
 * One table of entries: a folder's children, or what a search and filter find below it. A scan in slices collects four
 * to eight bytes for each row and what its order needs (8 bytes, for names as many as they are long); rows are decoded
 * from the archive when they are asked for.
 */
import type { ByteString } from '../../shared/byte-string.ts'
import { type ErrorData, errorData } from '../../shared/errors.ts'
import type { SelectionTotals, ViewQuery, ViewRows, ViewState } from '../../shared/ipc/archives.ts'
import { type ArchiveReader, type Entry, impliedFolder } from '../engine/index.ts'
import { Uint32List } from './byte-columns.ts'
import { EntryTotals } from './entry-totals.ts'
import { searchFor } from './name-search.ts'
import { allChildren, rowOf } from './rows.ts'
import type { SharingIndex } from './sharing-index.ts'
import { Slices } from './slices.ts'
import { ViewOrder } from './view-order.ts'

const ANNOUNCE_EVERY_MILLISECONDS = 100
/** The opening is answered with a screenful, or after so long with what there is, or after a while with nothing. */
const SCREENFUL_ROWS = 50
const FIRST_ROWS_MILLISECONDS = 50
const NOTHING_MILLISECONDS = 150
/** Passing over a large folder takes about a millisecond. */
const ENTRIES_BETWEEN_LOOKS = 8
/** So many are sorted in no time. */
const FEW_ROWS = 10_000

export class View {
  readonly #viewId: number
  readonly #query: ViewQuery
  readonly #reader: ArchiveReader
  readonly #index: SharingIndex
  readonly #announce: (state: ViewState) => void
  readonly #showsFolder: boolean
  readonly #order: ViewOrder
  readonly #ordinals = new Uint32List()
  /** For a folder without an entry the length of its path, which begins the entry's; else 0. Empty while there is none. */
  #impliedLengths: Uint32List | undefined
  /** The rows as shown; undefined where they are shown as found. */
  #sorted: Uint32Array | undefined
  /** Of all rows with what their folders hold; undefined once there is a folder whose inside isn't scanned. */
  #totals: EntryTotals | undefined = new EntryTotals()
  /** Begins the paths of what lies in the folder found last. */
  #insideFound: string | undefined
  #scannedEntries = 0
  #isComplete = false
  #error: ErrorData | undefined
  #announcedAt = 0
  #announcedRows = 0
  /** False while the answer to the opening is still to come: it carries the state. */
  #isStarted = false
  #started: () => void = () => {}
  #isClosed = false

  constructor(
    viewId: number,
    query: ViewQuery,
    reader: ArchiveReader,
    index: SharingIndex,
    announce: (state: ViewState) => void,
  ) {
    const { search, filter } = query
    this.#viewId = viewId
    this.#query = query
    this.#reader = reader
    this.#index = index
    this.#announce = announce
    this.#showsFolder =
      search.trim() === '' && filter.kinds.length === 0 && !filter.packedOnly && filter.sharesWithOrdinal === undefined
    this.#order = new ViewOrder({ ...query, oneFolder: this.#showsFolder })
    if (!this.#order.isFound) this.#sorted = new Uint32Array(0)
  }

  /** Whether its rows are what lies at the archive's top, unsearched. */
  get showsTop(): boolean {
    return this.#showsFolder && this.#query.folder === ''
  }

  get state(): ViewState {
    return {
      viewId: this.#viewId,
      rowCount: this.#sorted?.length ?? this.#ordinals.length,
      complete: this.#isComplete,
      scannedEntries: this.#scannedEntries,
      error: this.#error,
    }
  }

  /** Whether it takes the thread's time; not while it waits for who shares what. */
  get isScanning(): boolean {
    return this.#scannedEntries > 0 && !this.#isComplete
  }

  /** Begins the scan. Settles when there is something to show, when that takes long, or when it must wait for who shares what. */
  start(): Promise<void> {
    return new Promise((resolve) => {
      this.#started = () => {
        this.#isStarted = true
        resolve()
      }
      void this.#scan()
    })
  }

  close(): void {
    this.#isClosed = true
  }

  /** Rows may be told apart from before: what was unknown about them is known now. */
  refresh(): void {
    if (!this.#isClosed && this.#isStarted) this.#announce(this.state)
  }

  rows(from: number, count: number): ViewRows {
    const { state } = this
    const end = Math.min(state.rowCount, from + count)
    const rows = []
    for (let i = from; i < end; i++) rows.push(rowOf(this.#entry(this.#sorted?.[i] ?? i), this.#index.use))
    return { from, rows, state }
  }

  /** Where a path is in the view; undefined where it isn't (yet). */
  rowOf(path: ByteString): number | undefined {
    const found = this.#position(path)
    if (found === undefined || this.#sorted === undefined) return found
    const row = this.#sorted.indexOf(found)
    return row < 0 ? undefined : row
  }

  /** Of all rows found so far with what their folders hold; undefined where it isn't known what they hold. */
  totals(): SelectionTotals | undefined {
    if (this.#isComplete && this.#totals?.isComplete === false) this.#totals.finish()
    return this.#totals?.soFar
  }

  /** All rows in path order, however they are shown; only those found so far. */
  *entries(): Iterable<Entry> {
    for (let i = 0; i < this.#ordinals.length; i++) yield this.#entry(i)
  }

  /** The same to the end of the scan; undefined stands for what isn't found yet: time to wait, and to ask again. */
  *follow(): Iterable<Entry | undefined> {
    for (let i = 0; i < this.#ordinals.length || !this.#isComplete; ) {
      yield i < this.#ordinals.length ? this.#entry(i++) : undefined
    }
  }

  async #scan(): Promise<void> {
    const slices = new Slices()
    this.#announcedAt = performance.now()
    try {
      if (this.#query.sort.column === 'shared' || this.#query.filter.sharesWithOrdinal !== undefined) {
        this.#started()
        await this.#index.complete
      }
      const isWanted = this.#wanted()
      const { folder } = this.#query
      const entries = this.#showsFolder ? allChildren(this.#reader, folder) : this.#reader.walk(folder)
      for (const entry of entries) {
        if (++this.#scannedEntries % ENTRIES_BETWEEN_LOOKS === 0 && slices.isDue) {
          await this.#tell(slices)
          await slices.turn()
          if (this.#isClosed) return
        }
        const isFound = isWanted(entry)
        if (isFound) this.#add(entry)
        this.#count(entry, isFound)
      }
    } catch (error) {
      this.#error = errorData(error)
    }
    if (!this.#isClosed) await this.#sort(slices)
    this.#isComplete = true
    this.refresh()
    this.#started()
  }

  #wanted(): (entry: Entry) => boolean {
    if (this.#showsFolder) return () => true
    const { search, filter } = this.#query
    const isFound = searchFor(search)
    const kinds = filter.kinds.length === 0 ? undefined : new Set(filter.kinds)
    const sharers = this.#sharers()
    return (entry) =>
      (kinds === undefined || kinds.has(entry.kind)) &&
      (!filter.packedOnly || isPacked(entry)) &&
      (sharers === undefined || sharers.has(entry.ordinal)) &&
      (isFound === undefined || isFound(entry.path))
  }

  #sharers(): ReadonlySet<number> | undefined {
    const ordinal = this.#query.filter.sharesWithOrdinal
    if (ordinal === undefined) return undefined
    const sharers = this.#index.map?.sharersOf(this.#reader.entryAt(ordinal)) ?? []
    return new Set(Array.from(sharers, (sharer) => sharer.ordinal))
  }

  #add(entry: Entry): void {
    if (entry.implied === true && this.#impliedLengths === undefined) {
      this.#impliedLengths = new Uint32List()
      for (let i = 0; i < this.#ordinals.length; i++) this.#impliedLengths.push(0)
    }
    this.#ordinals.push(entry.ordinal)
    this.#impliedLengths?.push(entry.implied === true ? entry.path.length : 0)
    this.#order.add(entry, this.#index.use)
  }

  #count(entry: Entry, isFound: boolean): void {
    const isInside = this.#insideFound !== undefined && entry.path.startsWith(this.#insideFound)
    if (this.#totals === undefined || (!isFound && !isInside)) return
    if (entry.implied !== true) this.#totals.add(entry)
    if (entry.kind !== 'directory' || isInside) return
    // The scan of one folder passes over what its folders hold.
    if (this.#showsFolder) this.#totals = undefined
    else this.#insideFound = `${entry.path}/`
  }

  /** Sorting many rows again and again costs little when it waits until they are four times as many. */
  async #tell(slices: Slices): Promise<void> {
    const now = performance.now()
    if (!this.#isWorthTelling(now - this.#announcedAt)) return
    const found = this.#ordinals.length
    if (this.#sorted !== undefined && (found < FEW_ROWS || found >= 4 * this.#sorted.length)) await this.#sort(slices)
    this.refresh()
    this.#started()
    this.#announcedAt = now
    this.#announcedRows = found
  }

  #isWorthTelling(waitedMilliseconds: number): boolean {
    const found = this.#ordinals.length
    if (this.#isStarted)
      return waitedMilliseconds >= ANNOUNCE_EVERY_MILLISECONDS || (this.#announcedRows === 0 && found > 0)
    if (found === 0) return waitedMilliseconds >= NOTHING_MILLISECONDS
    return found >= SCREENFUL_ROWS || waitedMilliseconds >= FIRST_ROWS_MILLISECONDS
  }

  async #sort(slices: Slices): Promise<void> {
    if (this.#sorted !== undefined) this.#sorted = await this.#order.sorted(this.#ordinals.length, slices)
  }

  #entry(index: number): Entry {
    const entry = this.#reader.entryAt(this.#ordinals.at(index))
    const impliedLength = this.#impliedLengths?.at(index) ?? 0
    if (impliedLength === 0 || entry.implied === true) return entry
    return impliedFolder(entry.ordinal, entry.path.slice(0, impliedLength) as ByteString)
  }

  /** Index among the rows found. A folder without an entry has the ordinal of what comes next. */
  #position(path: ByteString): number | undefined {
    const ordinal = (this.#reader.find(path) ?? first(this.#reader.walk(path)))?.ordinal
    if (ordinal === undefined) return undefined
    for (let at = this.#ordinals.indexOf(ordinal, 0); at >= 0; at = this.#ordinals.indexOf(ordinal, at + 1)) {
      if (this.#entry(at).path === path) return at
    }
    return undefined
  }
}

function first<T>(items: Iterable<T>): T | undefined {
  for (const item of items) return item
  return undefined
}

function isPacked({ segments }: Entry): boolean {
  for (const { kind } of segments) if (kind === 'pack') return true
  return false
}
