/** What the parts of one extraction share. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { errorData, withContext } from '../../../shared/errors.ts'
import type { ExtractOptions } from '../../../shared/jobs.ts'
import type { JobContext } from '../../../shared/progress.ts'
import type { Entry } from '../entry.ts'
import type { ExtractionBudget } from '../limits.ts'
import { BitSet, NumberList } from '../number-list.ts'
import type { Pacer } from '../pacing.ts'
import type { NodeStatus, Ports } from '../ports.ts'
import type { ArchiveReader } from '../reader.ts'
import type { Aliases } from './aliases.ts'
import { stripComponents } from './paths.ts'
import type { Questions } from './questions.ts'
import type { Refusals } from './refusals.ts'
import type { Stage } from './stage.ts'
import type { Tally } from './tally.ts'
import type { Verdicts } from './verdicts.ts'

export interface Extraction {
  readonly ports: Ports
  readonly reader: ArchiveReader
  readonly options: ExtractOptions
  readonly job: JobContext
  readonly pacer: Pacer
  readonly tally: Tally
  readonly budget: ExtractionBudget
  readonly questions: Questions
  readonly refusals: Refusals
  readonly stage: Stage
  readonly aliases: Aliases
  readonly umask: number
  readonly archiveStatus: NodeStatus
  readonly outcome: Outcome
  readonly verdicts: Verdicts
}

/** Entries and places kept as they are, which spares decoding the archive's pages again; past it only numbers are. */
const mostKept = 20_000

/** Where each entry went: in all but small numbers of entries only numbers and bits, since there may be millions. */
export class Outcome {
  /** Ordinals of entries that are made after all files. */
  readonly nodes = new NumberList()
  readonly hardLinks = new NumberList()
  readonly directories = new NumberList()
  /** Ordinals of entries that nobody may change, or only append to. */
  readonly immutable = new NumberList()
  readonly #extracted = new BitSet()
  readonly #damaged = new BitSet()
  /** Of those that have another name than planned. */
  readonly #places = new Map<number, ByteString>()
  readonly #keptEntries = new Map<number, Entry>()
  readonly #keptPlaces = new Map<number, ByteString>()

  /** Puts an entry off until later. */
  defer(list: NumberList, entry: Entry): void {
    list.push(entry.ordinal)
    if (this.#keptEntries.size < mostKept) this.#keptEntries.set(entry.ordinal, entry)
  }

  /** An entry that was put off. */
  deferred(x: Extraction, ordinal: number): Entry {
    return this.#keptEntries.get(ordinal) ?? x.reader.entryAt(ordinal)
  }

  /** Keeps the place of an extracted file that is going to be asked for. */
  keepPlace(ordinal: number, path: ByteString): void {
    if (this.#keptPlaces.size < mostKept) this.#keptPlaces.set(ordinal, path)
  }

  /** Remembers that what the entry holds is now at `path`, which is `planned` as a rule. */
  extracted(ordinal: number, path: ByteString, planned: ByteString): void {
    this.#extracted.add(ordinal)
    if (path !== planned) this.#places.set(ordinal, path)
  }

  /** Remembers that what is going to be extracted has zeros for what is damaged in the archive. */
  markDamaged(ordinal: number): void {
    this.#damaged.add(ordinal)
  }

  isDamaged(ordinal: number): boolean {
    return this.#damaged.has(ordinal)
  }

  isExtracted(ordinal: number): boolean {
    return this.#extracted.has(ordinal)
  }

  /** Where the entry's content is, below the target. Undefined when it isn't there. */
  placeOf(x: Extraction, ordinal: number): ByteString | undefined {
    if (!this.#extracted.has(ordinal)) return undefined
    const place = this.#places.get(ordinal) ?? this.#keptPlaces.get(ordinal)
    if (place !== undefined) return place
    const planned = stripComponents(x.reader.entryAt(ordinal).path, x.options.stripComponents)
    // Who is asked for once is asked for again, by the next clone or by the proof.
    if (planned !== undefined) this.keepPlace(ordinal, planned)
    return planned
  }
}

/** Reports a problem with an entry and counts it. */
export function reportProblem(x: Extraction, error: unknown, entry: Entry): void {
  x.tally.problems++
  x.job.problem(errorData(withContext(error, { entry: displayName(entry.path) })))
}

/** The permission bits to give: all twelve when wanted, else what a new node of this kind gets. */
export function restoredMode(x: Extraction, entry: Entry): number {
  const mode = entry.mode ?? (entry.kind === 'directory' ? 0o777 : 0o666) & ~x.umask
  return x.options.samePermissions ? mode & 0o7777 : mode & 0o777 & ~x.umask
}
