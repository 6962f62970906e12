/** What an extraction asks when something has a name that it needs, and what it is told. */
import type { ByteString } from './byte-string.ts'
import type { Timestamp } from './timestamp.ts'

/** One side of a conflict. */
export interface ConflictSide {
  readonly kind: 'file' | 'folder' | 'other'
  readonly sizeBytes: number
  readonly modifyTime: Timestamp
}

/** A running extraction found something under a name that it needs. */
export interface Conflict {
  /** Path in the archive. */
  readonly entry: ByteString
  /** Path in the target. */
  readonly path: ByteString
  readonly existing: ConflictSide
  readonly archived: ConflictSide
  /** Whether both have the same bytes; undefined when that wasn't compared (too large, not both files). */
  readonly equalContents: boolean | undefined
}

export interface ConflictAnswer {
  readonly action: 'skip' | 'overwrite' | 'rename' | 'newer'
  /** For all that follow in this job. */
  readonly applyToAll: boolean
}
