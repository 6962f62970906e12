/** Previews of what a job would do, before it does it. */
import type { ByteString } from './byte-string.ts'
import type { CopiedBytes } from './clone-reasons.ts'
import type { ErrorData } from './errors.ts'

/** What `create` would do, from metadata alone: sizes, extents and filesystems, never contents. */
export interface CreatePlan {
  readonly entries: number
  readonly files: number
  readonly folders: number
  readonly logicalBytes: number
  /** One for each input, in the order given. */
  readonly inputs: readonly {
    readonly path: ByteString
    readonly kind: 'file' | 'folder' | 'other' | 'missing'
    readonly files: number
    readonly sizeBytes: number
  }[]
  readonly clonedBytes: number
  /** Bytes of small files and file ends before compression. */
  readonly packedBytes: number
  /** Data written again although it is large enough to clone, by reason. */
  readonly copied: CopiedBytes
  readonly holeBytes: number
  /** Bytes whose blocks the inputs share already: stored once. */
  readonly sharedBytes: number
  /** At most so much is newly allocated (packs counted uncompressed, equal content not yet known). */
  readonly newOnDiskBytes: number
  /** On the destination's filesystem; undefined while no destination is chosen. */
  readonly freeBytes: number | undefined
  readonly canClone: boolean | undefined
  /** Problems met on the way: unreadable folders … the first few, and how many. */
  readonly problems: readonly ErrorData[]
  readonly problemCount: number
  /** Why it can't start: doesn't fit, names collide, destination not writable. Undefined when it can. */
  readonly obstacle: ErrorData | undefined
}

/** What `extract` would do. */
export interface ExtractPlan {
  readonly entries: number
  readonly files: number
  readonly logicalBytes: number
  readonly clonedBytes: number
  /** Bytes that come out of packs or can't be cloned, by reason. */
  readonly copied: CopiedBytes
  readonly holeBytes: number
  readonly newOnDiskBytes: number
  readonly freeBytes: number
  readonly canClone: boolean
  /** The folder that smart extraction makes (from the archive's name), undefined when it would make none. */
  readonly folderToMake: ByteString | undefined
  /** Top-level names that exist in the target already: the first few, and how many. */
  readonly conflicts: readonly ByteString[]
  readonly conflictCount: number
  readonly obstacle: ErrorData | undefined
}
