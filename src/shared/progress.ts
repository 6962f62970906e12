/** What a running job tells its watcher, and how it is stopped. */
import type { Conflict, ConflictAnswer } from './conflicts.ts'
import type { ErrorData } from './errors.ts'
import type { Said } from './said.ts'
import type { FileVerdict } from './sharing/verdict.ts'

export type JobPhase =
  | 'receive'
  | 'scan'
  | 'create'
  | 'extract'
  | 'finish'
  | 'verify'
  | 'compare'
  | 'seal'
  | 'prove'
  | 'analyse'
  | 'recover'
  | 'convert'
  | 'generate'

export interface Progress {
  readonly phase: JobPhase
  readonly bytesDone: number
  /** Undefined while unknown. */
  readonly bytesTotal: number | undefined
  readonly filesDone: number
  readonly filesTotal: number | undefined
  /** What is worked on now, for display. */
  readonly current: string | undefined
}

/** How the caller watches and stops a job. `progress` comes about five times a second and once at the end. */
export interface JobContext {
  readonly signal: AbortSignal
  readonly progress: (progress: Progress) => void
  /** A problem that didn't stop the job: an entry skipped, a file that changed while read. Counted in the summary too. */
  readonly problem: (problem: ErrorData) => void
  /** A sentence worth reading that is no problem: what an interrupted run had left was removed. */
  readonly notice?: (what: Said) => void
  /** Each entry as its turn comes (display path), where somebody wants to see them all. */
  readonly entry?: (path: string) => void
  /** Settles a conflict of an extraction with `onConflict: 'ask'`, which waits for the answer. */
  readonly settleConflict?: (conflict: Conflict) => Promise<ConflictAnswer>
  /** What became of each extracted file, in the order in which they were finished, as soon as the filesystem was asked. */
  readonly verdict?: (verdict: FileVerdict) => void
  /** Whether knowing the totals ahead is worth walking the inputs twice. */
  readonly wantsTotals?: boolean
}
