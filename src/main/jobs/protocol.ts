/** What crosses between the queue and the thread of a running job. */
import type { ByteString } from '../../shared/byte-string.ts'
import type { Conflict, ConflictAnswer } from '../../shared/conflicts.ts'
import type { ErrorData } from '../../shared/errors.ts'
import type { JobResult } from '../../shared/ipc/jobs.ts'
import type { ConvertOptions, CreateOptions, ExtractOptions } from '../../shared/jobs.ts'
import type { Progress } from '../../shared/progress.ts'
import type { Said } from '../../shared/said.ts'
import type { FileVerdict } from '../../shared/sharing/verdict.ts'

/** What a job does, with all paths and defaults settled. */
export type JobOrder =
  | { readonly kind: 'create'; readonly options: CreateOptions & { readonly archivePath: ByteString } }
  | {
      readonly kind: 'extract'
      readonly archivePath: ByteString
      readonly options: ExtractOptions
      /** Make a folder in the target when more than one thing would land there. */
      readonly smartFolder: boolean
    }
  | { readonly kind: 'verify'; readonly archivePath: ByteString }
  | { readonly kind: 'seal'; readonly archivePath: ByteString }
  | { readonly kind: 'convert'; readonly options: ConvertOptions }

/** What a job will come to. */
export interface JobTotals {
  readonly files: number
  readonly logicalBytes: number
}

export interface JobWorkerData {
  readonly order: JobOrder
  /** Whether nobody else finds out what the job will come to. */
  readonly wantsTotals: boolean
  /** See control.ts. */
  readonly control: SharedArrayBuffer
}

/** From the queue to the thread. A paused thread hears nothing: what must reach it is in `control`. */
export type ToJob =
  | { readonly kind: 'cancel' }
  | { readonly kind: 'answer'; readonly conflictId: number; readonly answer: ConflictAnswer }

export type JobOutcome =
  | { readonly kind: 'done'; readonly result: JobResult }
  | { readonly kind: 'failed'; readonly error: ErrorData }
  | { readonly kind: 'cancelled' }

export type FromJob =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'problems'; readonly problems: readonly ErrorData[] }
  | { readonly kind: 'verdicts'; readonly verdicts: readonly FileVerdict[] }
  | { readonly kind: 'notice'; readonly what: Said }
  | { readonly kind: 'question'; readonly conflictId: number; readonly conflict: Conflict }
  | { readonly kind: 'ended'; readonly outcome: JobOutcome }
