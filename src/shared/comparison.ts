/** What can be asked of comparing an archive with a folder, and what it answers: plain data. */
import type { ByteString } from './byte-string.ts'
import type { JobContext } from './progress.ts'

/** Every way in which a name on disk can differ from the archive's, in words for the summary. */
export const differenceKindTexts = {
  missing: 'missing',
  extra: 'extra',
  kind: 'of another kind',
  size: 'size',
  contents: 'contents',
  holes: 'holes',
  mode: 'mode',
  owner: 'owner',
  times: 'times',
  attributes: 'attributes',
  flags: 'flags',
  link: 'link target',
  'hard-link': 'hard link',
  device: 'device number',
} as const

export type DifferenceKind = keyof typeof differenceKindTexts

export const differenceKinds = Object.keys(differenceKindTexts) as readonly DifferenceKind[]

export interface Difference {
  /** Path below the folder, for display. */
  readonly path: string
  readonly kind: DifferenceKind
  /** What differs, to be read after the path: “mode is 0644 here, 0600 in the archive”. */
  readonly message: string
}

export interface CompareOptions {
  /** The folder to compare with. */
  readonly directory: ByteString
  /** Paths or globs of entries; empty is everything. A folder brings what it holds. */
  readonly selection: readonly string[]
  readonly exclude: readonly string[]
  readonly stripComponents: number
  /** Owners by number, not by name. */
  readonly numericOwner: boolean
  /** Look for names that the archive doesn't have. */
  readonly extra: boolean
  /** Compare access times too: reading changes them. */
  readonly accessTimes: boolean
  /** Zeros that the source had stored must be stored, too: not a hole. */
  readonly exactHoles: boolean
  readonly ignore: readonly DifferenceKind[]
}

/** Differences come one by one: there may be as many as entries. */
export interface CompareJob extends JobContext {
  readonly difference: (difference: Difference) => void
}

export interface CompareSummary {
  readonly directory: string
  /** Entries looked at, those inside of missing folders included. */
  readonly entries: number
  readonly files: number
  /** Bytes of files that were compared. */
  readonly comparedBytes: number
  /** Differences by kind; kinds without any are left out. What lies in a missing folder isn't counted again. */
  readonly differences: { readonly [Kind in DifferenceKind]?: number }
  readonly differenceCount: number
  /** Entries whose trusted.* attributes only root could see. */
  readonly unseenAttributes: number
  readonly problems: number
  readonly archiveComplete: boolean
  readonly elapsedMilliseconds: number
}
