/** Compares one entry with the name on disk. */
import type { EntryKind } from '../../../shared/archive-info.ts'
import { type ByteString, baseName, displayName, parentPath } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import type { Entry } from '../entry.ts'
import { codeOf } from '../extract/faults.ts'
import type { Handle, NodeKind, NodeStatus } from '../ports.ts'
import type { Comparison } from './comparison.ts'
import { ContentComparer } from './contents.ts'
import { compareHoles } from './holes.ts'
import { LinkComparer } from './links.ts'
import { compareAttributes, compareFlags, compareStatus } from './metadata.ts'

const kindWords: Readonly<Record<NodeKind | EntryKind, string>> = {
  file: 'a file',
  hardlink: 'a file',
  directory: 'a folder',
  symlink: 'a symbolic link',
  fifo: 'a FIFO',
  socket: 'a socket',
  'character-device': 'a character device',
  'block-device': 'a block device',
}

export class NodeComparer {
  readonly #c: Comparison
  readonly #links: LinkComparer
  readonly #contents: ContentComparer

  constructor(c: Comparison) {
    this.#c = c
    this.#links = new LinkComparer(c)
    this.#contents = new ContentComparer(c)
  }

  /** Tells every difference. False when nothing of the entry's kind has its name. */
  async compare(entry: Entry, path: ByteString): Promise<boolean> {
    const target = entry.kind === 'hardlink' ? this.#links.targetOf(entry) : entry
    const folder = this.#folderOf(path)
    const status = folder === undefined ? undefined : this.#c.ports.files.statusAt(folder, baseName(path))
    if (folder === undefined || status === undefined) {
      this.#c.bytesDone += entry.sizeBytes
      this.#c.differs(path, 'missing', target.kind === 'directory' ? 'is missing, with all it holds' : 'is missing')
      return false
    }
    if (status.kind !== target.kind) {
      this.#c.bytesDone += entry.sizeBytes
      const message = `is ${kindWords[status.kind]} here, ${kindWords[target.kind]} in the archive`
      this.#c.differs(path, 'kind', message)
      return false
    }
    if (target.kind === 'file') await this.#compareFile(target, path, folder, status)
    else if (target.kind === 'directory') this.#compareFolder(target, path, status)
    else this.#compareOther(target, path, folder, status)
    return true
  }

  /** Undefined when the way to it isn't there, or leads through a link. */
  #folderOf(path: ByteString): Handle | undefined {
    try {
      return this.#c.folders.open(parentPath(path))
    } catch (error) {
      const code = codeOf(error)
      if (code === 'not-found' || code === 'not-a-directory' || code === 'symbolic-link') return undefined
      throw error
    }
  }

  async #compareFile(entry: Entry, path: ByteString, folder: Handle, seen: NodeStatus): Promise<void> {
    if (this.#links.isKnown(path, entry, seen)) return
    // Before it is opened: what can't be read still has a mode, an owner and times.
    compareStatus(this.#c, entry, path, seen)
    if (entry.sizeBytes !== seen.sizeBytes) {
      this.#c.bytesDone += entry.sizeBytes
      this.#c.differs(path, 'size', `size is ${seen.sizeBytes} bytes here, ${entry.sizeBytes} in the archive`)
    }
    const { files } = this.#c.ports
    const handle = files.openFile(folder, baseName(path))
    try {
      if (this.#c.looksFor('attributes')) compareAttributes(this.#c, entry, path, files.readAttributes(handle))
      if (this.#c.looksFor('flags')) compareFlags(this.#c, entry, path, files.inodeFlags(handle))
      if (entry.sizeBytes === seen.sizeBytes) await this.#compareBytes(entry, path, handle)
      if (!files.isUnchanged(handle, seen)) {
        throw new ReftarError('changed-while-read', 'It changed while it was compared')
      }
    } finally {
      files.close(handle)
    }
  }

  async #compareBytes(entry: Entry, path: ByteString, handle: Handle): Promise<void> {
    const { files } = this.#c.ports
    // Before reading: a page read into memory can show as data.
    if (this.#c.looksFor('holes')) {
      const { blockSizeBytes } = files.filesystemInfo(handle)
      const { segments } = entry
      const found = compareHoles(files, handle, segments, blockSizeBytes, this.#c.options.exactHoles)
      if (found.filledBytes > 0) {
        this.#c.differs(path, 'holes', `${found.filledBytes} bytes are stored here that are a hole in the archive`)
      }
      if (found.missingBytes > 0) {
        this.#c.differs(path, 'holes', `${found.missingBytes} bytes are a hole here that the archive has as stored`)
      }
    }
    if (!this.#c.looksFor('contents')) return
    const at = await this.#contents.firstDifference(handle, entry)
    if (at !== undefined) this.#c.differs(path, 'contents', `contents differ from byte ${at} on`)
  }

  #compareFolder(entry: Entry, path: ByteString, status: NodeStatus): void {
    const { files } = this.#c.ports
    compareStatus(this.#c, entry, path, status)
    if (!this.#c.looksFor('attributes') && !this.#c.looksFor('flags')) return
    const handle = this.#c.folders.open(path)
    compareAttributes(this.#c, entry, path, files.readAttributes(handle))
    compareFlags(this.#c, entry, path, files.inodeFlags(handle))
  }

  #compareOther(entry: Entry, path: ByteString, folder: Handle, status: NodeStatus): void {
    if (entry.kind === 'symlink' && this.#links.isKnown(path, entry, status)) return
    const { files } = this.#c.ports
    compareStatus(this.#c, entry, path, status)
    compareAttributes(this.#c, entry, path, files.readAttributesAt(folder, baseName(path)))
    if (entry.kind !== 'symlink') return
    const target = files.readLink(folder, baseName(path))
    if (target === entry.linkTarget) return
    const message = `leads to ${displayName(target)} here, to ${displayName(entry.linkTarget)} in the archive`
    this.#c.differs(path, 'link', message)
  }
}
