/** Visits what is to be archived in walk order: a folder directly before what it holds, names bytewise. Never follows a link. */
import { type ByteString, displayName, joinPath } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { closeQuietly } from '../exact-io.ts'
import type { PathMatcher } from '../globs.ts'
import type { DirectoryItem, FileSystem, Handle, NodeStatus } from '../ports.ts'
import { fromDirectory, type InputNode, splitSource } from './inputs.ts'

/** Open folders held at once on the way down; those above are opened again on the way back. */
const MAX_OPEN_FOLDERS = 64

export interface Visit {
  /** Stored path. */
  readonly path: ByteString
  readonly folder: Handle
  readonly name: ByteString
  readonly status: NodeStatus
  /** Open for files and folders that could be opened; closed by the walk afterwards. */
  readonly handle: Handle | undefined
}

export interface WalkOptions {
  readonly directory: ByteString
  readonly isExcluded: PathMatcher
  readonly oneFilesystem: boolean
  /** False: files are only looked at, and visits of files have no handle. */
  readonly opensFiles: boolean
  /** True for files that aren't visited: the archive being written and the one it replaces. */
  readonly leavesOut: (status: NodeStatus, path: ByteString) => boolean
  /** What couldn't be read; the walk goes on without it. */
  readonly onProblem: (error: unknown, path: ByteString) => void
}

interface Frame {
  readonly path: ByteString
  /** Name below the frame before; empty for the first. */
  readonly name: ByteString
  readonly inode: bigint
  readonly items: readonly DirectoryItem[]
  next: number
  handle: Handle | undefined
}

/** Walks the planned inputs. Throws `not-found` for an input that isn't there. */
export function* walkInputs(files: FileSystem, root: InputNode, options: WalkOptions): Generator<Visit> {
  if (root.isInput) {
    const handle = files.openDirectoryPath(fromDirectory(options.directory, root.sourcePath ?? ('.' as ByteString)))
    const status = files.status(handle)
    yield* new FolderWalk(files, options, status.device).below(handle, '' as ByteString, status)
    return
  }
  for (const child of root.children) yield* walkNode(files, child, '' as ByteString, options)
}

function* walkNode(files: FileSystem, node: InputNode, parent: ByteString, options: WalkOptions): Generator<Visit> {
  const path = joinPath(parent, node.name)
  const sourcePath = node.sourcePath ?? node.name
  const { folder, name } = splitSource(fromDirectory(options.directory, sourcePath))
  const folderHandle = files.openDirectoryPath(folder)
  try {
    const status = files.statusAt(folderHandle, name)
    if (status === undefined)
      throw new ReftarError('not-found', 'No such file or folder', { path: displayName(sourcePath) })
    if (options.isExcluded(path)) return
    const walk = new FolderWalk(files, options, status.device)
    if (node.isInput) {
      yield* walk.item(folderHandle, { name, kind: status.kind }, path)
      return
    }
    // A folder on the way (--keep-paths): itself, then only what was asked for. It may be reached through a link.
    const handle = files.openDirectoryPath(fromDirectory(options.directory, sourcePath))
    try {
      yield { path, folder: folderHandle, name, status: files.status(handle), handle }
    } finally {
      closeQuietly(files, handle)
    }
    for (const child of node.children) yield* walkNode(files, child, path, options)
  } finally {
    closeQuietly(files, folderHandle)
  }
}

class FolderWalk {
  readonly #files: FileSystem
  readonly #options: WalkOptions
  readonly #device: number
  readonly #frames: Frame[] = []

  constructor(files: FileSystem, options: WalkOptions, device: number) {
    this.#files = files
    this.#options = options
    this.#device = device
  }

  /** One name and, when it is a folder, everything below. */
  *item(folder: Handle, item: DirectoryItem, path: ByteString): Generator<Visit> {
    const opened = this.#open(folder, item, path)
    if (opened === undefined) return
    const { handle, status } = opened
    let descends = false
    try {
      if (!this.#leavesOut(status, path)) yield { path, folder, name: item.name, status, handle }
      descends = this.#descendsInto(status)
    } finally {
      if (handle !== undefined && !descends) closeQuietly(this.#files, handle)
    }
    if (handle !== undefined && descends) yield* this.below(handle, path, status)
  }

  #leavesOut(status: NodeStatus, path: ByteString): boolean {
    return status.kind === 'file' && this.#options.leavesOut(status, path)
  }

  #descendsInto(status: NodeStatus): boolean {
    return status.kind === 'directory' && (!this.#options.oneFilesystem || status.device === this.#device)
  }

  /** Everything below an open folder, which is closed in the end. Iterative: nesting has no limit but the disk's. */
  *below(handle: Handle, path: ByteString, status: NodeStatus): Generator<Visit> {
    try {
      this.#push(handle, path, '' as ByteString, status)
      for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
        const item = frame.items[frame.next]
        if (item === undefined) {
          this.#pop()
          continue
        }
        frame.next += 1
        const itemPath = joinPath(frame.path, item.name)
        if (this.#options.isExcluded(itemPath)) continue
        const folder = this.#reopen(frame)
        if (folder === undefined) continue
        const found = this.#open(folder, item, itemPath)
        if (found === undefined) continue
        const { handle: opened, status: itemStatus } = found
        let descends = false
        try {
          if (!this.#leavesOut(itemStatus, itemPath))
            yield { path: itemPath, folder, name: item.name, status: itemStatus, handle: opened }
          descends = this.#descendsInto(itemStatus)
        } finally {
          if (opened !== undefined && !descends) closeQuietly(this.#files, opened)
        }
        if (opened !== undefined && descends) this.#push(opened, itemPath, item.name, itemStatus)
      }
    } finally {
      while (this.#frames.length > 0) this.#pop()
    }
  }

  #open(
    folder: Handle,
    item: DirectoryItem,
    path: ByteString,
  ): { status: NodeStatus; handle: Handle | undefined } | undefined {
    const files = this.#files
    let handle: Handle | undefined
    try {
      const kind = item.kind ?? files.statusAt(folder, item.name)?.kind
      if (kind === 'file' && this.#options.opensFiles) handle = files.openFile(folder, item.name)
      else if (kind === 'directory') handle = files.openDirectoryBelow(folder, item.name)
      const status = handle === undefined ? files.statusAt(folder, item.name) : files.status(handle)
      if (status === undefined) throw new ReftarError('not-found', 'It vanished while the folder was read')
      return { status, handle }
    } catch (error) {
      if (handle !== undefined) closeQuietly(files, handle)
      this.#options.onProblem(error, path)
      return undefined
    }
  }

  #push(handle: Handle, path: ByteString, name: ByteString, status: NodeStatus): void {
    let items: DirectoryItem[] = []
    try {
      items = this.#files.readDirectory(handle)
    } catch (error) {
      this.#reportOrClose(error, path, handle)
    }
    items.sort((a, b) => (a.name < b.name ? -1 : 1))
    this.#frames.push({ path, name, inode: status.inode, items, next: 0, handle })
    // The first stays open: the way back down starts there.
    const closingIndex = this.#frames.length - 1 - MAX_OPEN_FOLDERS
    const closing = closingIndex > 0 ? this.#frames[closingIndex] : undefined
    if (closing?.handle !== undefined) {
      closeQuietly(this.#files, closing.handle)
      closing.handle = undefined
    }
  }

  /** The walk goes on, or ends by what the report throws. */
  #reportOrClose(error: unknown, path: ByteString, handle: Handle): void {
    try {
      this.#options.onProblem(error, path)
    } catch (fatal) {
      closeQuietly(this.#files, handle)
      throw fatal
    }
  }

  #pop(): void {
    const frame = this.#frames.pop()
    if (frame?.handle !== undefined) closeQuietly(this.#files, frame.handle)
  }

  /** The handle of the innermost frame, opened again from the nearest open one above where it was closed. */
  #reopen(frame: Frame): Handle | undefined {
    if (frame.handle !== undefined) return frame.handle
    let openIndex = this.#frames.length - 1
    while (openIndex > 0 && this.#frames[openIndex]?.handle === undefined) openIndex -= 1
    let handle = this.#frames[openIndex]?.handle
    let owned = false
    try {
      for (const step of this.#frames.slice(openIndex + 1)) {
        if (handle === undefined) break
        const next = this.#files.openDirectoryBelow(handle, step.name)
        if (owned) closeQuietly(this.#files, handle)
        handle = next
        owned = true
        if (this.#files.status(handle).inode !== step.inode) {
          throw new ReftarError('changed-while-read', 'The folder was replaced while it was read')
        }
      }
      frame.handle = handle
      return handle
    } catch (error) {
      if (owned && handle !== undefined) closeQuietly(this.#files, handle)
      this.#options.onProblem(error, frame.path)
      frame.next = frame.items.length
      return undefined
    }
  }
}
