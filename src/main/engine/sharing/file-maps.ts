/** Reads where files lie on disk and sorts the answers: places, compressed extents, holes, and what isn't told. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import type { SharingReport } from '../../../shared/jobs.ts'
import { extentFlags, type FilesystemInfo, type Handle, type PhysicalExtent, type Ports } from '../ports.ts'
import { ExtentTable } from './extent-table.ts'
import { canShare, filesystemKey, uncheckedWords } from './filesystem-key.ts'
import type { FoundFile } from './walk-files.ts'

/** Space may be reserved beyond a file's end; asking that far is allowed everywhere and costs nothing. */
const farthestByte = Number.MAX_SAFE_INTEGER

const unknownPlace = extentFlags.unknown | extentFlags.delayedAllocation

interface Filesystem {
  readonly number: number
  readonly info: FilesystemInfo
  readonly canShare: boolean
}

export class FileMaps {
  readonly extents = new ExtentTable()
  /** Compressed extents, whose addresses mean something else. */
  readonly encoded = new ExtentTable()
  logicalBytes = 0
  holeBytes = 0
  inlineBytes = 0
  uncheckedBytes = 0
  readonly #ports: Ports
  readonly #paths: ByteString[] = []
  readonly #sizes: number[] = []
  readonly #uncheckedReasons = new Map<number, string>()
  readonly #filesystems = new Map<string, Filesystem>()
  readonly #byDevice = new Map<number, Filesystem>()
  /** Files with more than one name. */
  readonly #linked = new Set<string>()

  constructor(ports: Ports) {
    this.#ports = ports
  }

  /** How many files there are; the next one's number. */
  get length(): number {
    return this.#paths.length
  }

  /** A number that no filesystem has. */
  get encodedFilesystem(): number {
    return this.#filesystems.size
  }

  /** Reads the map of a file, unless it is another name of one that was read. */
  add(found: FoundFile): void {
    const { files, extentMap } = this.#ports
    const handle = files.openFile(found.directory, found.name)
    try {
      const status = files.status(handle)
      if (status.kind !== 'file') return
      if (status.linkCount > 1) {
        const key = `${status.device}:${status.inode}`
        if (this.#linked.has(key)) return
        this.#linked.add(key)
      }
      const filesystem = this.#filesystemOf(status.device, handle)
      const extents = extentMap.extents(handle, 0, farthestByte, true)
      const file = this.length
      this.#paths.push(found.path)
      this.#sizes.push(status.sizeBytes)
      this.logicalBytes += status.sizeBytes
      if (
        extents === undefined ||
        (extents.length === 0 && status.allocatedBytes > 0 && !isInline(status.allocatedBytes, status.sizeBytes))
      ) {
        this.addUnchecked(file, status.sizeBytes, uncheckedWords(filesystem.info))
      } else this.#addExtents(file, filesystem, extents, status.sizeBytes)
    } finally {
      files.close(handle)
    }
  }

  /** Bytes whose place isn't told, and why. */
  addUnchecked(file: number, lengthBytes: number, reason: string): void {
    this.uncheckedBytes += lengthBytes
    if (lengthBytes > 0 && !this.#uncheckedReasons.has(file)) this.#uncheckedReasons.set(file, reason)
  }

  shownPath(file: number): string {
    return displayName(this.#paths[file] ?? ('' as ByteString))
  }

  /** A line for each file. */
  lines(onDisk: Float64Array, exclusive: Float64Array): SharingReport['perFile'] {
    return this.#paths.map((path, file) => ({
      path: displayName(path),
      sizeBytes: this.#sizes[file] ?? 0,
      onDiskBytes: onDisk[file] ?? 0,
      exclusiveBytes: exclusive[file] ?? 0,
      sharedBytes: (onDisk[file] ?? 0) - (exclusive[file] ?? 0),
      uncheckedReason: this.#uncheckedReasons.get(file),
    }))
  }

  #addExtents(file: number, filesystem: Filesystem, extents: readonly PhysicalExtent[], sizeBytes: number): void {
    let mapped = 0
    for (const extent of extents) {
      const { flags, lengthBytes, logicalBytes } = extent
      const withinFile = Math.max(0, Math.min(lengthBytes, sizeBytes - logicalBytes))
      mapped += withinFile
      const flaggedShared = filesystem.canShare && (flags & extentFlags.shared) !== 0
      if ((flags & (extentFlags.inline | extentFlags.packedTail)) !== 0) this.inlineBytes += withinFile
      else if ((flags & unknownPlace) !== 0) this.addUnchecked(file, withinFile, pendingWords(flags))
      else if (lengthBytes === 0) continue
      else if ((flags & extentFlags.encoded) !== 0) {
        this.encoded.add(filesystem.number, extent.physicalBytes, lengthBytes, file, flaggedShared)
      } else this.extents.add(filesystem.number, extent.physicalBytes, lengthBytes, file, flaggedShared)
    }
    this.holeBytes += sizeBytes - mapped
  }

  #filesystemOf(device: number, handle: Handle): Filesystem {
    const known = this.#byDevice.get(device)
    if (known) return known
    const info = this.#ports.files.filesystemInfo(handle)
    const key = filesystemKey(info)
    const filesystem = this.#filesystems.get(key) ?? { number: this.#filesystems.size, info, canShare: canShare(info) }
    this.#filesystems.set(key, filesystem)
    this.#byDevice.set(device, filesystem)
    return filesystem
  }
}

/** Small files kept in the inode itself have no extents and, at most, a few counted bytes. */
function isInline(allocatedBytes: number, sizeBytes: number): boolean {
  return allocatedBytes < 4096 && sizeBytes < 4096
}

function pendingWords(flags: number): string {
  return (flags & extentFlags.delayedAllocation) !== 0
    ? 'some of it hasn’t been given a place on disk yet'
    : 'the filesystem doesn’t tell where some of it is'
}
