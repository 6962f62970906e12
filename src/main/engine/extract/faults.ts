/** Which errors concern one entry, so that the rest goes on, and which end the whole extraction. */
import { type ErrorCode, ReftarError } from '../../../shared/errors.ts'

/** The target can't take any more, or going on isn't wanted. `internal` too: after a mistake of ours nothing is sure. */
const endingCodes: ReadonlySet<ErrorCode> = new Set([
  'no-space',
  'quota-exceeded',
  'io-error',
  'read-only',
  'too-many-open-files',
  'cancelled',
  'cannot-clone',
  'limit-exceeded',
  'internal',
])

/** Errors met while reading the archive: an unreadable place in it hurts one entry, not the target. */
const archiveErrors = new WeakSet<ReftarError>()

/** Runs a read of the archive; what it throws counts as a fault of the entry being read. */
export function readingArchive<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw markArchiveError(error)
  }
}

/** Marks an error as met while reading the archive. */
export function markArchiveError(error: unknown): unknown {
  if (error instanceof ReftarError && error.code !== 'cancelled') archiveErrors.add(error)
  return error
}

/** Whether the archive is at fault: what it holds can't be read, or isn't what it should be. */
export function isArchiveError(error: unknown): boolean {
  return error instanceof ReftarError && archiveErrors.has(error)
}

/** Whether the extraction can't go on after this error. */
export function endsExtraction(error: unknown): boolean {
  if (!(error instanceof ReftarError)) return true
  return endingCodes.has(error.code) && !archiveErrors.has(error)
}

/** The error's code, or undefined for one that isn't ours. */
export function codeOf(error: unknown): ErrorCode | undefined {
  return error instanceof ReftarError ? error.code : undefined
}
