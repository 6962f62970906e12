/**
 * What the engine needs from outside. `native/` implements these for Linux through koffi and, more slowly and with
 * fewer abilities, for every platform through node:fs. Nothing here knows about koffi, Electron or a user interface.
 *
 * Conventions: calls are synchronous (they run in a worker or in the command line's own process), handles are opaque
 * numbers, names are single path components unless said otherwise, sizes and offsets are bytes below 2^53. A refusal
 * by the system is thrown as a ReftarError whose code says what happened and whose context names the errno.
 */

import type { ByteString } from '../../shared/byte-string.ts'
import type { Timestamp } from '../../shared/timestamp.ts'

declare const handleBrand: unique symbol
/** An open file or folder. */
export type Handle = number & { readonly [handleBrand]: true }

export type NodeKind = 'file' | 'directory' | 'symlink' | 'fifo' | 'socket' | 'character-device' | 'block-device'

/** statx(2). */
export interface NodeStatus {
  readonly kind: NodeKind
  /** Permission bits with setuid, setgid and sticky: 12 bits. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly linkCount: number
  readonly inode: bigint
  /** major * 2^20 + minor of the containing device, as a key; not for display. */
  readonly device: number
  readonly deviceMajor: number
  readonly deviceMinor: number
  readonly sizeBytes: number
  readonly allocatedBytes: number
  readonly accessTime: Timestamp
  readonly modifyTime: Timestamp
  readonly changeTime: Timestamp
  /** Undefined where the filesystem has none. */
  readonly birthTime: Timestamp | undefined
}

export interface DirectoryItem {
  readonly name: ByteString
  /** Undefined where the filesystem doesn't say (DT_UNKNOWN). */
  readonly kind: NodeKind | undefined
}

export interface ExtendedAttribute {
  readonly name: ByteString
  readonly value: Uint8Array
}

export interface FilesystemInfo {
  /** `btrfs`, `xfs`, `ext4`, `tmpfs`, `overlay`, `nfs` … or `unknown`. */
  readonly type: string
  /** f_fsid as one number in hex, for telling filesystems apart within a report. */
  readonly id: string
  readonly blockSizeBytes: number
  readonly totalBytes: number
  /** Not in use, whoever may use it. */
  readonly freeBytes: number
  /** What an unprivileged user may still use. */
  readonly availableBytes: number
}

/**
 * Where a name goes when something already has it: `fail-if-exists` is RENAME_NOREPLACE; `exchange` is RENAME_EXCHANGE,
 * after which each has the other's name, and `not-supported` where the filesystem or platform can't.
 */
export type RenameMode = 'fail-if-exists' | 'replace' | 'exchange'

/** What came of asking for a lock; `unknown` where there are no locks, and then nothing may be concluded. */
export type LockAnswer = 'locked' | 'in-use' | 'unknown'

export interface FileSystem {
  /** The current folder, resolved; follows symbolic links because the user named it. */
  openDirectoryPath(path: ByteString): Handle
  /**
   * A folder below `directory`, by a relative path of any number of components. Never leaves it and never follows a
   * symbolic link (openat2 with RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS).
   */
  openDirectoryBelow(directory: Handle, path: ByteString): Handle
  /** A file by a path the user named (follows links); `read-write` doesn't create. Never blocks on a FIFO. */
  openFilePath(path: ByteString, access: 'read' | 'read-write'): Handle
  /**
   * An existing file for reading, by one component; never follows a link, never blocks on a FIFO, and leaves the
   * access time alone where that may be asked for. Throws `symbolic-link` when it is a link.
   */
  openFile(directory: Handle, name: ByteString): Handle
  /** A new file, read-write, that must not exist yet (O_CREAT | O_EXCL | O_NOFOLLOW). `mode` is not subject to the umask. */
  createFile(directory: Handle, name: ByteString, mode: number): Handle
  /** A file without a name on the filesystem of `directory`, gone when closed (O_TMPFILE, or created and unlinked). */
  createUnnamedFile(directory: Handle): Handle
  close(handle: Handle): void

  /** Reads up to `length` bytes at `position` (null: the stream's own position); 0 at the end. May read fewer. */
  read(handle: Handle, buffer: Uint8Array, bufferOffset: number, length: number, position: number | null): number
  /**
   * Waits until something can be read from a pipe, or its end, but no longer than told: false when there is nothing yet.
   * True where waiting isn't possible; the read then blocks.
   */
  waitForInput(handle: Handle, milliseconds: number): boolean
  /** Writes up to `length` bytes; may write fewer. */
  write(handle: Handle, buffer: Uint8Array, bufferOffset: number, length: number, position: number | null): number
  /** Asks the kernel to begin writing a range to disk (sync_file_range WRITE), so that sync has less to wait for. A hint. */
  beginWriteback(handle: Handle, offset: number, length: number): void
  truncate(handle: Handle, sizeBytes: number): void
  /** Deallocates a range, keeping the size. False where the filesystem can't. */
  punchHole(handle: Handle, offset: number, length: number): boolean
  /** Start of the next data at or after `offset`, or -1 when only a hole follows (SEEK_DATA, ENXIO). */
  seekData(handle: Handle, offset: number): number
  /** Start of the next hole at or after `offset`; the end of the file counts as one (SEEK_HOLE). */
  seekHole(handle: Handle, offset: number): number
  /** copy_file_range(2): up to `length` bytes between two files inside the kernel; 0 where it can't be used for this pair. */
  copyRange(source: Handle, sourceOffset: number, target: Handle, targetOffset: number, length: number): number
  /** fsync(2) of a file or folder. */
  sync(handle: Handle): void
  /**
   * flock(2), exclusive, without waiting: held until the handle is closed or the process ends, however it ends. Whoever
   * opens the file again asks for a lock of its own. Never throws.
   */
  tryLock(handle: Handle): LockAnswer

  status(handle: Handle): NodeStatus
  /** Whether size, modify time and change time are still those of an earlier look: nobody wrote meanwhile. */
  isUnchanged(handle: Handle, before: NodeStatus): boolean
  /** Of the name itself, links not followed. Undefined when there is nothing of that name. */
  statusAt(directory: Handle, name: ByteString): NodeStatus | undefined
  /** What the folder holds without `.` and `..`, in the filesystem's order. */
  readDirectory(directory: Handle): DirectoryItem[]
  readLink(directory: Handle, name: ByteString): ByteString
  filesystemInfo(handle: Handle): FilesystemInfo

  makeDirectory(directory: Handle, name: ByteString, mode: number): void
  makeSymlink(directory: Handle, name: ByteString, target: ByteString): void
  /** A second name for a node; never follows a link at the source. */
  makeHardLink(sourceDirectory: Handle, sourceName: ByteString, directory: Handle, name: ByteString): void
  makeNode(
    directory: Handle,
    name: ByteString,
    kind: NodeKind,
    mode: number,
    deviceMajor: number,
    deviceMinor: number,
  ): void
  rename(sourceDirectory: Handle, sourceName: ByteString, directory: Handle, name: ByteString, mode: RenameMode): void
  /** Removes a name that is no folder. */
  unlink(directory: Handle, name: ByteString): void
  removeDirectory(directory: Handle, name: ByteString): void

  setMode(handle: Handle, mode: number): void
  setTimes(handle: Handle, accessTime: Timestamp, modifyTime: Timestamp): void
  setOwner(handle: Handle, uid: number, gid: number): void
  /** For nodes that can't be opened (links, devices); the name itself, links not followed. */
  setTimesAt(directory: Handle, name: ByteString, accessTime: Timestamp, modifyTime: Timestamp): void
  setOwnerAt(directory: Handle, name: ByteString, uid: number, gid: number): void
  setModeAt(directory: Handle, name: ByteString, mode: number): void

  /** All extended attributes of an open file or folder; empty where the filesystem has none. */
  readAttributes(handle: Handle): ExtendedAttribute[]
  /** Of the name itself, links not followed. */
  readAttributesAt(directory: Handle, name: ByteString): ExtendedAttribute[]
  writeAttribute(handle: Handle, attribute: ExtendedAttribute): void
  writeAttributeAt(directory: Handle, name: ByteString, attribute: ExtendedAttribute): void
  /** FS_IOC_GETFLAGS (chattr flags), or 0 where there are none. */
  inodeFlags(handle: Handle): number
  setInodeFlags(handle: Handle, flags: number): void
}

/** Sharing blocks between files. */
export interface Cloner {
  /**
   * FICLONERANGE: makes `length` bytes of the target the same blocks as the source's. Offsets and length are whole
   * filesystem blocks (the length may end at the source's end when the target ends there too); length 0 is refused
   * with `invalid-argument` because the kernel would take it as "to the end".
   * Refusals to expect: `not-supported` (EOPNOTSUPP, ENOTTY), `cross-device` (EXDEV), `invalid-argument` (EINVAL),
   * `busy` (ETXTBSY), `not-permitted` (EPERM), `try-again` (EAGAIN); others are real errors.
   */
  cloneRange(source: Handle, sourceOffset: number, length: number, target: Handle, targetOffset: number): void
  /** FICLONE: the whole file, tail included, into an empty one. */
  cloneFile(source: Handle, target: Handle): void
  /** Whether files made in this folder can share blocks: found out by cloning real aligned data between unnamed files. */
  canClone(directory: Handle): CloneCapability
}

export interface CloneCapability {
  readonly possible: boolean
  /** In words for people when not possible: "ext4 can’t share blocks". */
  readonly reason: string | undefined
}

/** One FIEMAP extent (linux/fiemap.h). */
export interface PhysicalExtent {
  readonly logicalBytes: number
  readonly physicalBytes: number
  readonly lengthBytes: number
  /** FIEMAP_EXTENT_* bits, see extentFlags. */
  readonly flags: number
}

/** Gets the numbers of a `PhysicalExtent`, in their order there. */
export type ExtentVisitor = (logicalBytes: number, physicalBytes: number, lengthBytes: number, flags: number) => void

export { extentFlags } from '../../shared/sharing/extent-flags.ts'

export interface ExtentMap {
  /**
   * FS_IOC_FIEMAP over a range, in logical order, all of it (called repeatedly as needed). `flush` is FIEMAP_FLAG_SYNC:
   * without it data that isn't on disk yet shows as delayedAllocation, or as what was there before. Returns undefined
   * where the filesystem can't tell: the answer is then "can’t be checked here", never "not shared".
   */
  extents(handle: Handle, offset: number, length: number, flush: boolean): PhysicalExtent[] | undefined
  /**
   * The same without an object for each extent, for a million of them. False where `extents` is undefined: what was
   * visited until then means nothing.
   */
  visitExtents(handle: Handle, offset: number, length: number, flush: boolean, visit: ExtentVisitor): boolean
}

/** zstd. Compression runs beside the engine's own thread. */
export interface Compressor {
  /**
   * Compresses at a zstd level (1–19) into one frame that names its content size. The frame may lie in `output`, where
   * that is given and has room for the worst case.
   */
  compress(raw: Uint8Array, level: number, output?: Uint8Array): Promise<Uint8Array>
  /** Decompresses one frame into exactly `rawLengthBytes` bytes; `damaged` when the frame says otherwise. */
  decompress(frame: Uint8Array, rawLengthBytes: number): Promise<Uint8Array>
  decompressSync(frame: Uint8Array, rawLengthBytes: number): Uint8Array
}

/** Names of users and groups (getpwuid, getgrgid …). */
export interface Accounts {
  userName(uid: number): ByteString | undefined
  groupName(gid: number): ByteString | undefined
  userId(name: ByteString): number | undefined
  groupId(name: ByteString): number | undefined
  /** The effective user: 0 may give files away and make devices. */
  readonly effectiveUserId: number
}

export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number
  /** Wall-clock time. */
  wallTime(): Timestamp
}

export interface Ports {
  readonly files: FileSystem
  readonly cloner: Cloner
  readonly extentMap: ExtentMap
  readonly compressor: Compressor
  readonly accounts: Accounts
  readonly clock: Clock
  /** Cryptographically random bytes. */
  randomBytes(length: number): Uint8Array
}
