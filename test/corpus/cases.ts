/** What a case of the corpus is, and short words for the outcomes it may have. */
import type { ReadLimits } from '../../src/main/engine/limits.ts'
import { type ErrorCode, errorTable, exitCodes } from '../../src/shared/errors.ts'
import { Builder2, type FinishOptions, patternBytes } from './format2-builder.ts'
import type { WildEntry } from './page-encoder.ts'

export interface Outcome {
  /** Error that opening ends with; null: it opens. */
  readonly open: ErrorCode | null
  readonly complete: boolean
  /** Paths in stored order, one character a byte; or the error that listing ends with. */
  readonly list: readonly string[] | ErrorCode
  readonly verify: 'good' | 'faults' | ErrorCode
  readonly extract: {
    /** Error that ends the extraction; null: it goes through. */
    readonly error: ErrorCode | null
    /** Entries that are refused, each with its code. */
    readonly problems: Readonly<Record<string, ErrorCode>>
    /** Everything that is in the target afterwards, and nothing else. */
    readonly exists: readonly string[]
  }
  readonly exitCodes: { readonly list: number; readonly verify: number; readonly extract: number }
}

export interface Case {
  readonly name: string
  readonly format: 1 | 2
  /** What kind of attack or damage it is. */
  readonly group: 'paths' | 'links' | 'nodes' | 'references' | 'amplification' | 'lengths' | 'index' | 'damage'
  readonly attacks: string
  readonly outcome: Outcome
  /** The target holds a link to a folder beside it, `link`, and a file, `existing`. */
  readonly traps: boolean
  /** Stricter limits than usual, so that the case can be small. */
  readonly limits: Partial<ReadLimits> | undefined
  readonly bytes: () => Uint8Array
}

interface Expected {
  readonly list?: readonly string[] | ErrorCode
  readonly incomplete?: true
  readonly verify?: Outcome['verify']
  readonly error?: ErrorCode
  readonly problems?: Readonly<Record<string, ErrorCode>>
  /** Unless told: what is listed without the problems. */
  readonly exists?: readonly string[]
}

/** It opens, and then … */
export function opens(expected: Expected): Outcome {
  const { list = [], incomplete, verify = 'good', error, problems = {} } = expected
  const listed = typeof list === 'string' ? [] : list
  const exists = expected.exists ?? (error ? [] : listed.filter((path) => !(path in problems)))
  const complete = incomplete === undefined
  const orIncomplete = complete ? exitCodes.ok : exitCodes.archive
  const extractExit = error
    ? errorTable[error].exitCode
    : complete && Object.keys(problems).length > 0
      ? exitCodes.problems
      : orIncomplete
  return {
    open: null,
    complete,
    list,
    verify,
    extract: { error: error ?? null, problems, exists: [...exists].sort() },
    exitCodes: {
      list: typeof list === 'string' ? errorTable[list].exitCode : orIncomplete,
      verify: verify === 'good' ? orIncomplete : exitCodes.archive,
      extract: extractExit,
    },
  }
}

/** It doesn't open. */
export function refused(code: ErrorCode): Outcome {
  const exit = errorTable[code].exitCode
  return {
    open: code,
    complete: false,
    list: code,
    verify: code,
    extract: { error: code, problems: {}, exists: [] },
    exitCodes: { list: exit, verify: exit, extract: exit },
  }
}

/** A page that can't be read: nothing of it is listed or extracted. */
export const brokenPage = opens({ list: 'damaged', verify: 'faults', error: 'damaged' })

type Options = Partial<Pick<Case, 'traps' | 'limits'>>

/** Makes a case of one format and group. */
export function cases(format: 1 | 2, group: Case['group']) {
  return (name: string, attacks: string, outcome: Outcome, bytes: () => Uint8Array, options: Options = {}): Case => ({
    name: `format${format}-${name}`,
    format,
    group,
    attacks,
    outcome,
    bytes,
    traps: options.traps ?? false,
    limits: options.limits,
  })
}

/** An archive with one block of data (block 1), a pack of 500 bytes and these entries in one page. */
export function simple2(entries: readonly WildEntry[], finish: FinishOptions = {}): Uint8Array {
  return started2().withPage(entries).finish(finish)
}

class Started extends Builder2 {
  withPage(entries: readonly WildEntry[]): this {
    this.page(entries)
    return this
  }
}

/** The same before its first page. */
export function started2(): Started {
  const builder = new Started()
  builder.data(patternBytes(4096))
  builder.pack(patternBytes(500, 3))
  builder.hashes()
  return builder
}
