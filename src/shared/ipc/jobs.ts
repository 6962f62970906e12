/** Long work as the window sees it: started by a request, followed by events, answered when it asks. */
import type { ArchiveInfo, VerifyReport } from '../archive-info.ts'
import type { ByteString } from '../byte-string.ts'
import type { Conflict, ConflictAnswer, ConflictSide } from '../conflicts.ts'
import type { ErrorData } from '../errors.ts'
import type { CloneMode, ConflictPolicy, ConvertSummary, CreateSummary, ExtractSummary, SealSummary } from '../jobs.ts'
import type { Progress } from '../progress.ts'
import type { Said } from '../said.ts'
import type { EntrySelection } from './archives.ts'

export type { ConflictAnswer, ConflictSide }

/** The choices of the create dialog; everything else has the command line's defaults. */
export interface CreateRequest {
  readonly archivePath: ByteString | undefined
  readonly inputs: readonly ByteString[]
  readonly exclude: readonly string[]
  readonly format: 1 | 2
  readonly deduplicate: boolean
  readonly instant: boolean
  readonly compress: boolean
  readonly clone: CloneMode
  readonly oneFilesystem: boolean
}

/** The choices of the extract dialog. */
export interface ExtractRequest {
  readonly archiveId: number
  readonly selection: EntrySelection
  readonly directory: ByteString
  /** The folder whose children are chosen: what lies above it isn't made again in the target. Empty keeps whole paths. */
  readonly relativeTo: ByteString
  /** Make a folder named after the archive when more than one thing would land in the target. */
  readonly smartFolder: boolean
  /** ask: each conflict becomes a `ConflictQuestion`, and the job waits for its answer. */
  readonly onConflict: ConflictPolicy | 'ask'
  readonly clone: CloneMode
  readonly verifyContents: boolean
  /** Keep what is left of damaged files; verifies contents, too. */
  readonly keepDamaged: boolean
}

export type JobRequest =
  | { readonly kind: 'create'; readonly options: CreateRequest }
  | { readonly kind: 'extract'; readonly options: ExtractRequest }
  | { readonly kind: 'verify'; readonly archivePath: ByteString }
  | { readonly kind: 'seal'; readonly archivePath: ByteString }
  | { readonly kind: 'convert'; readonly archivePath: ByteString; readonly newPath: ByteString; readonly format: 1 | 2 }

type JobKind = JobRequest['kind']

export type JobResult =
  | { readonly kind: 'create'; readonly summary: CreateSummary }
  | {
      readonly kind: 'extract'
      readonly summary: ExtractSummary
      /** Where the entries lie: the target, or the folder that was made in it. */
      readonly directory: ByteString
      /** What was made there: the outermost files and folders, or the folder itself where they are many. */
      readonly paths: readonly ByteString[]
      /** Of the entries' paths, what wasn't made again; the entries that were chosen, undefined being all. */
      readonly prefix: ByteString
      readonly entries: readonly ByteString[] | undefined
      /** What their contents could be checked against. */
      readonly dataHashes: ArchiveInfo['dataHashes']
    }
  | { readonly kind: 'verify'; readonly report: VerifyReport }
  | { readonly kind: 'seal'; readonly summary: SealSummary }
  | { readonly kind: 'convert'; readonly summary: ConvertSummary }

/** A running extraction waits for the answer to this. */
export interface ConflictQuestion extends Conflict {
  readonly conflictId: number
}

/** waiting: a question is open. failed: `error` says why. cancelled is an outcome, not an error. */
export type JobStatus = 'queued' | 'running' | 'paused' | 'waiting' | 'done' | 'failed' | 'cancelled'

export interface JobState {
  readonly jobId: number
  readonly kind: JobKind
  readonly status: JobStatus
  /** What it is about, for its title: archive and target folder. */
  readonly archivePath: ByteString
  readonly directory: ByteString | undefined
  readonly progress: Progress | undefined
  readonly bytesPerSecond: number | undefined
  readonly secondsLeft: number | undefined
  /** Milliseconds since 1970. */
  readonly startedAt: number | undefined
  readonly endedAt: number | undefined
  readonly problemCount: number
  /** The first problems; the rest by `jobProblems`. */
  readonly problems: readonly ErrorData[]
  readonly notices: readonly Said[]
  readonly question: ConflictQuestion | undefined
  readonly result: JobResult | undefined
  readonly error: ErrorData | undefined
}

export interface JobsChange {
  readonly changed: readonly JobState[]
  readonly removedIds: readonly number[]
}
