/** Gathers where files lie on disk, and what isn't told about them, and makes the map of who uses what. */
import { type ByteString, baseName, displayName } from '../../../shared/byte-string.ts'
import { inEnglish, type Said } from '../../../shared/said.ts'
import { type FileRole, fileRoles, rangeMarks, type SharingMap } from '../../../shared/sharing/sharing-map.ts'
import { NumberList } from '../number-list.ts'
import {
  type ExtentVisitor,
  extentFlags,
  type FilesystemInfo,
  type Handle,
  type NodeStatus,
  type Ports,
} from '../ports.ts'
import { ExtentTable } from './extent-table.ts'
import { canShare, filesystemKey, tellsAddresses, uncheckedWords } from './filesystem-key.ts'
import { FolderTree } from './folder-tree.ts'
import { type Gathered, mapOf } from './map-of.ts'
import type { MarkedRange, MarksOf } from './marks.ts'
import type { FoundFile } from './walk-files.ts'

/** Space may be reserved beyond a file's end; asking that far is allowed everywhere and costs nothing. */
const farthestByte = Number.MAX_SAFE_INTEGER

const noPlace = extentFlags.unknown | extentFlags.delayedAllocation | extentFlags.inline | extentFlags.packedTail

/** Where files are that can't be opened. */
const nowhere: FilesystemInfo = {
  type: 'unknown',
  id: '',
  blockSizeBytes: 4096,
  totalBytes: 0,
  freeBytes: 0,
  availableBytes: 0,
}

interface Filesystem {
  readonly number: number
  readonly info: FilesystemInfo
}

/** The extents of the file that is looked at, used again for the next one. */
class FileExtents {
  readonly offsets = new NumberList()
  readonly addresses = new NumberList()
  readonly lengths = new NumberList()
  readonly flags = new NumberList()

  readonly add: ExtentVisitor = (logicalBytes, physicalBytes, lengthBytes, flags) => {
    this.offsets.push(logicalBytes)
    this.addresses.push(physicalBytes)
    this.lengths.push(lengthBytes)
    this.flags.push(flags)
  }

  clear(): void {
    for (const column of [this.offsets, this.addresses, this.lengths, this.flags]) column.clear()
  }
}

export class MapBuilder {
  logicalBytes = 0
  /** Since the Epoch: when the file that changed last did. */
  lastChangeSeconds = Number.NEGATIVE_INFINITY
  readonly #ports: Ports
  readonly #found = new FileExtents()
  readonly #extents = new ExtentTable()
  readonly #tree = new FolderTree()
  readonly #names: string[] = []
  readonly #folders: number[] = []
  readonly #roles: number[] = []
  readonly #filesystemOf: number[] = []
  readonly #sizes: number[] = []
  readonly #firstExtents: number[] = []
  readonly #holes: number[] = []
  readonly #inline: number[] = []
  readonly #unchecked: number[] = []
  readonly #reasonOf: number[] = []
  readonly #reasons: Said[] = []
  readonly #filesystems = new Map<string, Filesystem>()
  readonly #byDevice = new Map<number, Filesystem>()
  /** Files that may be found again, by device and inode. */
  readonly #seen = new Map<string, number>()
  readonly #furtherFolders = new Map<number, number[]>()
  /** Names not found yet, of files that have several. */
  readonly #missingNames = new Map<number, number>()

  constructor(ports: Ports) {
    this.#ports = ports
  }

  /** How many files there are. */
  get length(): number {
    return this.#names.length
  }

  get extents(): number {
    return this.#extents.length
  }

  /**
   * Reads the map of a file, unless it was read before: under another name, or, if `mayComeTwice`, the same one. Throws
   * when it can't be opened. `marksOf` says more about ranges of it.
   */
  add(found: FoundFile, role: FileRole, mayComeTwice: boolean, marksOf?: MarksOf): void {
    const { files } = this.#ports
    const handle = files.openFile(found.directory, found.name)
    try {
      const status = files.status(handle)
      if (status.kind !== 'file') return
      if ((status.linkCount > 1 || mayComeTwice) && this.#isKnown(found, status)) return
      const filesystem = this.#filesystemAt(status.device, handle)
      this.lastChangeSeconds = Math.max(this.lastChangeSeconds, status.changeTime.seconds)
      const outcome = tellsAddresses(filesystem.info) ? this.#findExtents(handle, status) : 'not-told'
      const file = this.#begin(found, role, filesystem.number, status.sizeBytes)
      if (outcome === 'changing') this.#addUnchecked(file, 0, status.sizeBytes, 'it changed while it was looked at')
      else if (outcome === 'not-told') this.#addUnchecked(file, 0, status.sizeBytes, uncheckedWords(filesystem.info))
      else this.#addExtents(file, status.sizeBytes, marksOf?.(found.path, status, filesystem.info) ?? [])
    } finally {
      files.close(handle)
    }
  }

  /** A file that couldn't be looked at; `sizeBytes` as far as it is known. */
  addUnreadable(found: FoundFile, role: FileRole, sizeBytes: number, reason: Said): void {
    const unknown = this.#filesystem('unknown', nowhere)
    const file = this.#begin(found, role, unknown.number, sizeBytes)
    this.#addUnchecked(file, 0, sizeBytes, reason)
    // Also of one that says it is empty, or of which not even that is known.
    this.#giveReason(file, reason)
  }

  /** The map of what has been added so far. */
  map(limitGroups: number, complete: boolean): SharingMap {
    return mapOf(this.#gathered(), limitGroups, complete)
  }

  #gathered(): Gathered {
    return {
      extents: this.#extents,
      tree: this.#tree,
      names: this.#names,
      folders: this.#folders,
      furtherFolders: this.#furtherFolders,
      missingNames: this.#missingNames,
      roles: this.#roles,
      filesystemOf: this.#filesystemOf,
      sizes: this.#sizes,
      firstExtents: this.#firstExtents,
      holes: this.#holes,
      inline: this.#inline,
      unchecked: this.#unchecked,
      reasonOf: this.#reasonOf,
      reasons: this.#reasons,
      filesystems: Array.from(this.#filesystems.values(), ({ info }) => ({
        type: info.type,
        blockSizeBytes: info.blockSizeBytes,
        canShare: canShare(info),
      })),
    }
  }

  #begin(found: FoundFile, role: FileRole, filesystem: number, sizeBytes: number): number {
    const file = this.length
    this.#names.push(displayName(baseName(found.path)))
    this.#folders.push(this.#tree.numberOf(folderOf(found.path)))
    this.#roles.push(fileRoles.indexOf(role))
    this.#filesystemOf.push(filesystem)
    this.#sizes.push(sizeBytes)
    this.#firstExtents.push(this.#extents.length)
    this.#holes.push(0)
    this.#inline.push(0)
    this.#unchecked.push(0)
    this.#reasonOf.push(-1)
    this.logicalBytes += sizeBytes
    return file
  }

  #isKnown(found: FoundFile, { device, inode, linkCount }: NodeStatus): boolean {
    const key = `${device}:${inode}`
    const file = this.#seen.get(key)
    if (file === undefined) {
      this.#seen.set(key, this.length)
      if (linkCount > 1) this.#missingNames.set(this.length, linkCount - 1)
      return false
    }
    const missing = this.#missingNames.get(file) ?? 0
    if (missing > 0) {
      this.#missingNames.set(file, missing - 1)
      const folders = this.#furtherFolders.get(file) ?? []
      folders.push(this.#tree.numberOf(folderOf(found.path)))
      this.#furtherFolders.set(file, folders)
    }
    return true
  }

  /** A file that is written to meanwhile is looked at twice; then it is called changing. */
  #findExtents(handle: Handle, status: NodeStatus): 'found' | 'not-told' | 'changing' {
    const { files, extentMap } = this.#ports
    let before = status
    for (let attempt = 0; attempt < 2; attempt++) {
      this.#found.clear()
      const isTold = extentMap.visitExtents(handle, 0, farthestByte, true, this.#found.add)
      if (files.isUnchanged(handle, before)) return isTold ? 'found' : 'not-told'
      before = files.status(handle)
    }
    return 'changing'
  }

  #addExtents(file: number, sizeBytes: number, marks: readonly MarkedRange[]): void {
    const { offsets, addresses, lengths, flags: flagsOf } = this.#found
    let mapped = 0
    let mark = 0
    for (let index = 0; index < offsets.length; index++) {
      const offset = offsets.at(index)
      const address = addresses.at(index)
      const length = lengths.at(index)
      const flags = flagsOf.at(index)
      const withinFile = Math.max(0, Math.min(length, sizeBytes - offset))
      mapped += withinFile
      if ((flags & (extentFlags.inline | extentFlags.packedTail)) !== 0) {
        this.#inline[file] = (this.#inline[file] ?? 0) + withinFile
        this.#extents.add(file, offset, withinFile, -1, flags, rangeMarks.none)
      } else if ((flags & noPlace) !== 0) {
        this.#addUnchecked(file, offset, withinFile, pendingWords(flags), flags)
      } else if ((flags & extentFlags.encoded) !== 0 || marks.length === 0) {
        if (length > 0) this.#extents.add(file, offset, length, address, flags, rangeMarks.none)
      } else {
        const end = offset + length
        for (let at = offset; at < end; ) {
          let range = marks[mark]
          while (range !== undefined && range.offset + range.lengthBytes <= at) range = marks[++mark]
          const isIn = range !== undefined && range.offset <= at
          const border = range === undefined ? end : isIn ? range.offset + range.lengthBytes : range.offset
          const pieceEnd = Math.min(end, border)
          const pieceMark = isIn && range !== undefined ? range.mark : rangeMarks.none
          this.#extents.add(file, at, pieceEnd - at, address + at - offset, flags, pieceMark)
          at = pieceEnd
        }
      }
    }
    this.#holes[file] = sizeBytes - mapped
  }

  #addUnchecked(
    file: number,
    offset: number,
    lengthBytes: number,
    reason: Said,
    flags: number = extentFlags.unknown,
  ): void {
    this.#unchecked[file] = (this.#unchecked[file] ?? 0) + lengthBytes
    if (lengthBytes === 0) return
    this.#extents.add(file, offset, lengthBytes, -1, flags, rangeMarks.none)
    this.#giveReason(file, reason)
  }

  /** The first one counts. */
  #giveReason(file: number, reason: Said): void {
    if ((this.#reasonOf[file] ?? -1) >= 0) return
    const known = this.#reasons.findIndex((known) => inEnglish(known) === inEnglish(reason))
    this.#reasonOf[file] = known >= 0 ? known : this.#reasons.push(reason) - 1
  }

  #filesystemAt(device: number, handle: Handle): Filesystem {
    const known = this.#byDevice.get(device)
    if (known) return known
    const info = this.#ports.files.filesystemInfo(handle)
    const filesystem = this.#filesystem(filesystemKey(info), info)
    this.#byDevice.set(device, filesystem)
    return filesystem
  }

  #filesystem(key: string, info: Filesystem['info']): Filesystem {
    const filesystem = this.#filesystems.get(key) ?? { number: this.#filesystems.size, info }
    this.#filesystems.set(key, filesystem)
    return filesystem
  }
}

function folderOf(path: ByteString): ByteString {
  const slash = path.lastIndexOf('/')
  return (slash === 0 ? '/' : path.slice(0, Math.max(0, slash))) as ByteString
}

function pendingWords(flags: number): Said {
  return (flags & extentFlags.delayedAllocation) !== 0
    ? 'some of it hasn’t been given a place on disk yet'
    : 'the filesystem doesn’t tell where some of it is'
}
