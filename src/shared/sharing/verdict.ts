/** What became of each file's bytes in an extraction, as the filesystem tells: at its end, and whenever it is asked again. */
import type { CopyReason } from '../clone-reasons.ts'

export interface FileVerdict {
  /** Where the file is below the target, for display. */
  readonly path: string
  readonly sizeBytes: number
  /** The archive's own blocks. */
  readonly withArchiveBytes: number
  /** The blocks of another extracted file, and not of the archive. */
  readonly withFilesBytes: number
  /** Written, and why most of it was; not known when it is asked again later, but for what comes from packs. */
  readonly copiedBytes: number
  readonly copyReason: CopyReason | undefined
  readonly holeBytes: number
  /** Meant to be shared, and nobody can tell whether it is. */
  readonly uncheckedBytes: number
  /** Was cloned, or could be shared, and isn't: it lies elsewhere. */
  readonly notSharedBytes: number
}

/** not-shared: something was to be shared and isn't. copied: for a reason other than being packed. empty: nothing is stored. */
export const verdictKinds = ['not-shared', 'copied', 'unchecked', 'cloned', 'shared', 'packed', 'empty'] as const
export type VerdictKind = (typeof verdictKinds)[number]

/** The one word for a file: what is wrong with it goes before what is right. */
export function verdictKind(verdict: FileVerdict): VerdictKind {
  if (verdict.notSharedBytes > 0) return 'not-shared'
  if (verdict.copiedBytes > 0 && verdict.copyReason !== 'packed') return 'copied'
  if (verdict.uncheckedBytes > 0) return 'unchecked'
  if (verdict.withArchiveBytes > 0) return 'cloned'
  if (verdict.withFilesBytes > 0) return 'shared'
  return verdict.copiedBytes > 0 ? 'packed' : 'empty'
}
