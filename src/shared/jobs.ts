/** What can be asked of the engine and what it answers: plain data, the same for command line, worker and window. */
import type { ByteString } from './byte-string.ts'
import type { CopiedBytes } from './clone-reasons.ts'
import type { Said } from './said.ts'

/** auto: clone where possible, else copy and say why. always: fail rather than copy what could be cloned. */
export type CloneMode = 'auto' | 'always' | 'never'

export interface CreateOptions {
  /** 2 unless told; 1 is for the first reftar, and can't hold everything. */
  readonly format?: 1 | 2
  /** Where the archive goes; undefined writes to `outputHandle` (a pipe). */
  readonly archivePath: ByteString | undefined
  /** Files and folders, relative to `directory` unless absolute. */
  readonly inputs: readonly ByteString[]
  /** -C: where relative inputs start. */
  readonly directory: ByteString
  /** Store relative paths as given instead of under the input's own name. */
  readonly keepPaths: boolean
  /** Glob patterns over stored paths; a pattern without `/` matches any component. */
  readonly exclude: readonly string[]
  readonly oneFilesystem: boolean
  readonly clone: CloneMode
  /** Look for equal content; sharing that the filesystem shows is used in any case. */
  readonly deduplicate: boolean
  /** No reading of what can be cloned: no content hashes, no content deduplication. */
  readonly instant: boolean
  /** Compress all data, which then can't be cloned. */
  readonly compress: boolean
  readonly compressionLevel: number
  readonly blockSizeBytes: number
  /** How many packs are compressed at once. */
  readonly jobs: number
}

export interface CreateSummary {
  readonly archivePath: string | undefined
  readonly archiveBytes: number
  /** Undefined for format 1. */
  readonly rootHash: string | undefined
  readonly entries: number
  readonly files: number
  readonly logicalBytes: number
  readonly clonedBytes: number
  readonly packedBytes: number
  readonly packedStoredBytes: number
  /** Raw data written instead of cloned, by reason. */
  readonly copied: CopiedBytes
  readonly sharedBytes: number
  readonly duplicateBytes: number
  readonly holeBytes: number
  readonly zeroBytes: number
  readonly dataHashes: 'complete' | 'absent' | 'weak'
  /** Undefined for format 2, which holds everything. */
  readonly losses?: FormatLosses | undefined
  /** Sockets, the archive itself and whatever else can't be stored. */
  readonly skipped: number
  readonly problems: number
  readonly elapsedMilliseconds: number
}

/** What format 1 has no place for: how many entries lose what, or are left out. */
export interface FormatLosses {
  /** Permission bits other than those that the first reftar gives what it extracts (0644, folders 0755). */
  readonly modes: number
  readonly attributes: number
  /** chattr flags. */
  readonly flags: number
  /** Stored as files of their own, with shared content. */
  readonly hardLinks: number
  /** Before 1970: stored as 1970. */
  readonly times: number
  /** Times with a fraction of a second. */
  readonly fractions: number
  /** Not UTF-8: stored, but the first reftar may refuse them. */
  readonly names: number
  /** Left out. */
  readonly specialFiles: number
  /** Left out because their targets aren't in the archive. */
  readonly symlinks: number
}

export interface ConvertOptions {
  readonly sourcePath: ByteString
  readonly archivePath: ByteString
  /** Undefined: the one that the source hasn't. */
  readonly format: 1 | 2 | undefined
  readonly blockSizeBytes: number
  readonly clone: CloneMode
  readonly compressionLevel: number
  readonly jobs: number
}

export interface ConvertSummary {
  readonly archivePath: string
  readonly format: 1 | 2
  readonly archiveBytes: number
  /** Undefined for format 1. */
  readonly rootHash: string | undefined
  readonly entries: number
  readonly files: number
  readonly logicalBytes: number
  readonly clonedBytes: number
  /** Bytes of small files and file ends: in packs, or in headers of format 1. */
  readonly packedBytes: number
  readonly copied: CopiedBytes
  /** When the target is format 1. */
  readonly losses: FormatLosses | undefined
  /** False when the source was cut off: only what it still had was converted. */
  readonly sourceComplete: boolean
  readonly problems: number
  readonly elapsedMilliseconds: number
}

export type ConflictPolicy = 'fail' | 'skip' | 'overwrite' | 'rename' | 'newer'

export interface ExtractOptions {
  /** -C: the target folder; must exist. */
  readonly directory: ByteString
  /** Name of a folder to make in it for all that is extracted, should that be more than one thing; numbered when it is taken. */
  readonly folderForSeveral?: ByteString | undefined
  /** Paths or globs of entries; empty is everything. A folder brings what it holds. */
  readonly selection: readonly string[]
  /** Exact paths wanted besides, taken for no pattern. Where given, nothing else is: none at all selects nothing. */
  readonly paths?: readonly ByteString[] | undefined
  readonly exclude: readonly string[]
  readonly stripComponents: number
  /** ask: `settleConflict` of the job decides about each. */
  readonly onConflict: ConflictPolicy | 'ask'
  readonly clone: CloneMode
  /** Check the hashes of cloned data too (copied data is always checked). */
  readonly verifyContents: boolean
  /** A damaged file is kept without its damaged ranges, which are zeros then, and is a problem. Needs `verifyContents` to see all damage. */
  readonly keepDamaged?: boolean
  /** What becomes of zero blocks that the source stored: nothing on disk, or written zeros. */
  readonly zeros: 'hole' | 'write'
  /** Restore owner: default for root. */
  readonly sameOwner: boolean
  /** Owners by number, not by name. */
  readonly numericOwner: boolean
  /** setuid, setgid and sticky too, file capabilities, umask not applied: default for root. */
  readonly samePermissions: boolean
  /** Make immutable and append-only (chattr +i, +a) again what was, after everything else. Takes root. */
  readonly immutable?: boolean
  readonly jobs: number
}

/** What FIEMAP says after extraction. */
export interface SharingProof {
  /** Bytes of extracted files that are the archive's own blocks. */
  readonly withArchiveBytes: number
  /** Bytes that are the blocks of another extracted file (and not of the archive). */
  readonly amongFilesBytes: number
  /** Bytes meant to be shared whose sharing this filesystem can't tell. */
  readonly uncheckedBytes: number
  /** Bytes that were cloned but that FIEMAP shows elsewhere: should be 0. */
  readonly disprovedBytes: number
}

/** How much of what was extracted still is the archive's blocks. */
export interface SharingCheck {
  readonly files: number
  /** Entries that aren't there any more, or are something else. */
  readonly missing: number
  /** Bytes of whole blocks of data, which could be shared: those that are, those that lie elsewhere, and those nobody can tell. */
  readonly withArchiveBytes: number
  readonly notSharedBytes: number
  readonly uncheckedBytes: number
  /** Small files and file ends, which are never shared. */
  readonly packedBytes: number
  readonly problems: number
  readonly elapsedMilliseconds: number
}

/** One kind of what the system refused to restore. */
export interface NotRestored {
  /** “the owner”, “the attribute user.x”. */
  readonly what: Said
  readonly entries: number
  readonly firstEntry: string
  readonly reason: Said
}

export interface ExtractSummary {
  readonly directory: string
  /** The folder that was made in it for all that was extracted. */
  readonly madeFolder?: ByteString | undefined
  readonly entries: number
  readonly files: number
  readonly logicalBytes: number
  /** Cloned from the archive, and from files already extracted. */
  readonly clonedBytes: number
  readonly clonedFromFilesBytes: number
  readonly copied: CopiedBytes
  readonly holeBytes: number
  /** Zeros in files that were kept with `keepDamaged`. */
  readonly lostBytes: number
  readonly skipped: number
  readonly renamed: number
  readonly notRestored: readonly NotRestored[]
  /** Entries that were immutable or append-only and, for want of the option, aren't now. */
  readonly madeChangeable: number
  readonly problems: number
  readonly contentsVerified: boolean
  readonly archiveComplete: boolean
  readonly proof: SharingProof
  readonly elapsedMilliseconds: number
}

export interface SealSummary {
  readonly hashedBytes: number
  readonly rootHash: string
  readonly alreadySealed: boolean
  readonly elapsedMilliseconds: number
}

/** A set of blocks used by the same files. */
interface SharingGroup {
  /** Display paths, sorted; at most a thousand of `fileCount`. One file alone uses its blocks more than once. */
  readonly files: readonly string[]
  readonly fileCount: number
  readonly bytes: number
}

export interface SharingReport {
  readonly files: number
  readonly logicalBytes: number
  /** Distinct bytes on disk behind the files, each counted once. */
  readonly onDiskBytes: number
  /** On disk and used by one of these files only, however often. */
  readonly exclusiveBytes: number
  /** On disk and used by one of these files, and by somebody else, says the filesystem. */
  readonly sharedWithOthersBytes: number
  /** On disk and used by two or more of these files. The three make up what is on disk. */
  readonly sharedBytes: number
  /** What sharing among these files saves: the sum of the mappings minus onDiskBytes. */
  readonly savedBytes: number
  readonly holeBytes: number
  readonly inlineBytes: number
  /** Of onDiskBytes, those in compressed (encoded) extents: before compression, and as far as these files use them. */
  readonly encodedBytes: number
  /** Bytes whose place the filesystem can't tell. */
  readonly uncheckedBytes: number
  readonly groups: readonly SharingGroup[]
  /** Groups beyond those listed. */
  readonly groupsOmitted: number
  readonly perFile: readonly {
    readonly path: string
    readonly sizeBytes: number
    readonly onDiskBytes: number
    readonly exclusiveBytes: number
    readonly sharedBytes: number
    readonly sharedWithOthersBytes: number
    readonly uncheckedReason: Said | undefined
  }[]
  readonly problems: number
  readonly elapsedMilliseconds: number
}

/** Contents that the same files have in common. */
export interface DuplicateGroup {
  /** Display paths, sorted; at most a thousand of `fileCount`. One file alone repeats blocks within itself. */
  readonly files: readonly string[]
  readonly fileCount: number
  /** Different blocks (and file ends) that repeat, and their bytes, each counted once. */
  readonly blocks: number
  readonly bytes: number
  /** What storing each once would save. */
  readonly savedBytes: number
}

/** Which aligned blocks of some files have equal content, wherever they lie on disk. */
export interface DuplicatesReport {
  readonly files: number
  readonly blockSizeBytes: number
  readonly logicalBytes: number
  readonly holeBytes: number
  /** Blocks of nothing but zeros, which need no storing; not counted below. */
  readonly zeroBytes: number
  /** The rest, and what is left of it when equal blocks are stored once. */
  readonly dataBytes: number
  readonly distinctBytes: number
  readonly savedBytes: number
  /** Different blocks that occur more than once. */
  readonly repeatedBlocks: number
  /** Only one in so many different contents was looked at, and the figures are multiplied: 1 is exact. */
  readonly sampledOneIn: number
  readonly groups: readonly DuplicateGroup[]
  readonly groupsOmitted: number
  /** False when there was more to group than fits in memory; the sums are right all the same. */
  readonly groupsComplete: boolean
  readonly problems: number
  readonly elapsedMilliseconds: number
}

export interface TestDataOptions {
  /** Where to: a new or empty folder. */
  readonly directory: ByteString
  readonly files: number
  readonly minSizeBytes: number
  readonly maxSizeBytes: number
  /** Percent of blocks that come from a common pool. */
  readonly commonPercent: number
  /** Percent of blocks that are holes. */
  readonly holePercent: number
  /** Whether common blocks are shared on disk (auto: where that is possible), or written again each time. */
  readonly share: 'auto' | 'reflink' | 'copy'
  /** Blocks are chosen in units of this size. */
  readonly unitBytes: number
  readonly seed: number
}

export interface TestDataSummary {
  readonly directory: string
  readonly files: number
  readonly logicalBytes: number
  readonly commonBytes: number
  readonly sharedBytes: number
  readonly holeBytes: number
  readonly elapsedMilliseconds: number
}
