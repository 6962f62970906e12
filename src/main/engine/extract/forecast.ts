/**
 * What an extraction will clone and write, from the archive's index alone: the same actions as in Contents and
 * DataWriter, counted instead of carried out. Whether the target can be cloned to is found out by trying one block.
 */
import type { CopyReason } from '../../../shared/clone-reasons.ts'
import type { ExtractOptions } from '../../../shared/jobs.ts'
import { requireCovered } from '../convert/segment-bytes.ts'
import type { Entry } from '../entry.ts'
import { closeQuietly } from '../exact-io.ts'
import { copyOnWriteOffFlag } from '../inode-flags.ts'
import { BitSet } from '../number-list.ts'
import type { Handle, Ports } from '../ports.ts'
import type { ArchiveReader } from '../reader.ts'
import { CloneTarget } from './clone-target.ts'
import { type ContentAction, planContent } from './content-plan.ts'
import { CopiedRanges } from './copied-ranges.ts'
import { codeOf } from './faults.ts'
import { linkTarget } from './link-target.ts'
import { PackPlaces } from './pack-places.ts'
import { Tally } from './tally.ts'

type CloneAction = Extract<ContentAction, { kind: 'clone' }>

export class Forecast {
  readonly tally = new Tally()
  /** Written again, in whole blocks: at most so much is new on disk. */
  newOnDiskBytes = 0
  /** Of a file that is written, less than this can't be, whatever the filesystem does with small ones. */
  certainBytes = 0
  /** Why the first blocks that could be shared aren't going to be. */
  notCloned: CopyReason | undefined
  readonly target: CloneTarget
  readonly #ports: Ports
  readonly #reader: ArchiveReader
  readonly #options: ExtractOptions
  readonly #directory: { readonly handle: Handle }
  readonly #hasCopyOnWriteFlags: boolean
  readonly #archiveFlags: number
  readonly #ranges = new CopiedRanges()
  readonly #packPlaces = new PackPlaces()
  readonly #seen = new BitSet()
  #triedArchive = false

  /** `root` is the target folder. */
  constructor(ports: Ports, reader: ArchiveReader, options: ExtractOptions, root: Handle) {
    this.#ports = ports
    this.#reader = reader
    this.#options = options
    this.#directory = { handle: root }
    this.target = new CloneTarget({ ports, options }, this.#directory)
    this.#hasCopyOnWriteFlags = ports.files.filesystemInfo(root).type === 'btrfs'
    this.#archiveFlags = ports.files.inodeFlags(reader.handle) & copyOnWriteOffFlag
  }

  /** The next entry that is extracted. `damaged` for a hard link to nothing, and for contents that aren't all there. */
  add(entry: Entry): void {
    this.tally.entries++
    if (entry.kind !== 'file' && entry.kind !== 'hardlink') return
    const file = linkTarget(this.#reader, entry)
    if (file.kind !== 'file' || this.#seen.has(file.ordinal)) return
    requireCovered(file)
    this.#seen.add(file.ordinal)
    this.tally.files++
    this.tally.logicalBytes += file.sizeBytes
    this.#addFile(file)
  }

  #addFile(entry: Entry): void {
    const { segments, sizeBytes, ordinal } = entry
    const { target } = this
    for (const action of planContent(segments, target.blockSizeBytes)) {
      const { kind, lengthBytes } = action
      if (kind === 'clone') this.#addClone(entry, action)
      else if (kind === 'copy') {
        const refusal = action.reason === 'unaligned' ? target.archiveRefusal : undefined
        this.#addCopied(refusal ?? action.reason, lengthBytes)
      } else if (kind === 'pack') {
        const isTwin =
          lengthBytes === sizeBytes &&
          sizeBytes >= target.blockSizeBytes &&
          target.clonesFiles(this.#directory) &&
          this.#packPlaces.findOrAdd(action.pack, action.packOffset, sizeBytes, ordinal) >= 0
        if (isTwin) this.tally.clonedFromFilesBytes += lengthBytes
        else this.#addCopied('packed', lengthBytes)
      } else if (kind === 'zero' && this.#options.zeros === 'write') {
        this.tally.addCopied('zeros', lengthBytes)
        this.#addWritten(lengthBytes)
      } else this.tally.holeBytes += lengthBytes
    }
  }

  #addClone(entry: Entry, action: CloneAction): void {
    const { fileOffset, lengthBytes, archiveOffset } = action
    const { target, tally } = this
    if (!this.#triedArchive) this.#tryArchive(action)
    const fileRefusal = this.#fileRefusal(entry)
    const refusal = target.archiveRefusal ?? fileRefusal
    if (refusal === undefined) {
      tally.clonedBytes += lengthBytes
      return
    }
    const shares = refusal !== 'not-wanted' && fileRefusal === undefined && target.clonesFiles(this.#directory)
    for (let done = 0; done < lengthBytes; ) {
      const piece = shares
        ? this.#ranges.lookUp(archiveOffset + done, lengthBytes - done)
        : { lengthBytes, ordinal: -1 }
      if (piece.ordinal >= 0) tally.clonedFromFilesBytes += piece.lengthBytes
      else {
        this.#addCopied(refusal, piece.lengthBytes)
        if (shares) this.#ranges.add(archiveOffset + done, piece.lengthBytes, entry.ordinal, fileOffset + done)
      }
      done += piece.lengthBytes
    }
  }

  #addCopied(reason: CopyReason, lengthBytes: number): void {
    this.tally.addCopied(reason, lengthBytes)
    if (lengthBytes >= this.target.blockSizeBytes && reason !== 'packed') this.notCloned ??= reason
    this.#addWritten(lengthBytes)
  }

  #addWritten(lengthBytes: number): void {
    const block = this.target.blockSizeBytes
    this.newOnDiskBytes += Math.ceil(lengthBytes / block) * block
    this.certainBytes += lengthBytes - (lengthBytes % block)
  }

  /** Files with copy-on-write off, and others, can't share with each other. */
  #fileRefusal({ inodeFlags }: Entry): CopyReason | undefined {
    const differs = (inodeFlags & copyOnWriteOffFlag) !== this.#archiveFlags
    return this.#hasCopyOnWriteFlags && differs ? 'copy-on-write-off' : undefined
  }

  /** Clones one block into a file without a name. */
  #tryArchive({ archiveOffset }: CloneAction): void {
    this.#triedArchive = true
    const { target } = this
    if (target.archiveRefusal !== undefined) return
    const { files, cloner } = this.#ports
    const scratch = files.createUnnamedFile(this.#directory.handle)
    try {
      const flags = files.inodeFlags(scratch)
      if (this.#hasCopyOnWriteFlags && (flags & copyOnWriteOffFlag) !== this.#archiveFlags) {
        files.setInodeFlags(scratch, (flags & ~copyOnWriteOffFlag) | this.#archiveFlags)
      }
      cloner.cloneRange(this.#reader.handle, archiveOffset, target.blockSizeBytes, scratch, 0)
    } catch (error) {
      const code = codeOf(error)
      if (code === 'cross-device' || code === 'not-supported') target.refuseArchive(code, this.#directory)
      else if (code === 'invalid-argument' || code === 'busy' || code === 'not-permitted' || code === 'try-again') {
        target.archiveRefusal = 'refused'
      } else throw error
    } finally {
      closeQuietly(files, scratch)
    }
  }
}
