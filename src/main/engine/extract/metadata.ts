/** Owners, modes, attributes and times, with no call that would change nothing. */

import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { said } from '../../../shared/said.ts'
import type { Timestamp } from '../../../shared/timestamp.ts'
import { isAclStorage, removeAcls } from '../acls.ts'
import type { Entry } from '../entry.ts'
import { immutableFlags, restoredFlags, wishedFlags } from '../inode-flags.ts'
import { type OwnerIds, OwnerLookup } from '../owners.ts'
import type { ExtendedAttribute, Handle, NodeStatus } from '../ports.ts'
import { type Extraction, restoredMode } from './extraction.ts'
import { codeOf } from './faults.ts'
import type { Directory } from './open-directories.ts'

/** Kernels keep a capability of running a file with rights of root, as setuid does. */
const capabilityAttribute = 'security.capability'
/** A filesystem with this much room refused an attribute because of its size, not because it is full. */
const roomForAttributesBytes = 1 << 20
/** Times within these seconds every filesystem holds exactly. */
const lastSafeSecond = 0x7fff_ffff

/** Restores what is known about nodes. One a job. */
export class Metadata {
  readonly #x: Extraction
  readonly #owners: OwnerLookup
  /** For entries without an access time: when they were extracted. */
  readonly #now: Timestamp

  constructor(x: Extraction) {
    this.#x = x
    this.#owners = new OwnerLookup(x.ports.accounts, x.options.numericOwner)
    this.#now = x.ports.clock.wallTime()
  }

  /** The mode to create a file with: already the final one when nothing has to come before it. */
  creationMode(entry: Entry, directory: Directory): number {
    const mode = restoredMode(this.#x, entry)
    // Attributes of a file that its owner may not write are refused to all but root.
    return this.#isExact(entry, directory, mode) ? mode : 0o600
  }

  /**
   * An open new file, after its contents. chown clears setuid and capabilities, an ACL changes the mode, so the order
   * is owner, attributes, mode, times.
   */
  finishFile(handle: Handle, entry: Entry, directory: Directory): void {
    const { files } = this.#x.ports
    const mode = restoredMode(this.#x, entry)
    if (!this.#isExact(entry, directory, mode)) {
      const owned = this.#setOwner(entry, directory.newUid, directory.newGid, (ids) =>
        files.setOwner(handle, ids.uid, ids.gid),
      )
      if (directory.handsOnAcl && this.#x.options.samePermissions) removeAcls(files, handle)
      this.#writeAttributes(handle, entry)
      this.#setMode(entry, this.#safeMode(entry, mode, owned), (safe) => files.setMode(handle, safe))
    }
    this.#setTimes(
      entry,
      (access) => files.setTimes(handle, access, entry.modifyTime),
      () => files.status(handle),
    )
  }

  /** An open folder, new or existing. */
  finishDirectory(handle: Handle, entry: Entry): void {
    const { files } = this.#x.ports
    const status = files.status(handle)
    const mode = entry.mode === undefined && status.mode !== 0o700 ? status.mode : restoredMode(this.#x, entry)
    this.#setOwner(entry, status.uid, status.gid, (ids) => files.setOwner(handle, ids.uid, ids.gid))
    this.#writeAttributes(handle, entry)
    this.setFlags(handle, entry)
    if (files.status(handle).mode !== mode) this.#setMode(entry, mode, () => files.setMode(handle, mode))
    this.#setTimes(
      entry,
      (access) => files.setTimes(handle, access, entry.modifyTime),
      () => files.status(handle),
    )
  }

  /** A symbolic link, FIFO or device, by name, in a folder that nobody else may change. */
  finishNode(directory: Directory, name: ByteString, entry: Entry): void {
    const { files } = this.#x.ports
    const { handle } = directory
    const owned = this.#setOwner(entry, directory.newUid, directory.newGid, (ids) =>
      files.setOwnerAt(handle, name, ids.uid, ids.gid),
    )
    for (const attribute of entry.attributes) {
      if (this.#isWanted(attribute)) {
        this.#attemptAttribute(entry, attribute, handle, () => files.writeAttributeAt(handle, name, attribute))
      }
    }
    if (entry.kind !== 'symlink') {
      const mode = this.#safeMode(entry, restoredMode(this.#x, entry), owned)
      this.#setMode(entry, mode, () => files.setModeAt(handle, name, mode))
    }
    this.#setTimes(
      entry,
      (access) => files.setTimesAt(handle, name, access, entry.modifyTime),
      () => files.statusAt(handle, name),
    )
  }

  /**
   * The chattr flags that people set, one by one as a filesystem may know some only. On files before their contents:
   * copy-on-write and compression concern what is written from then on.
   */
  setFlags(handle: Handle, entry: Entry): void {
    if ((entry.inodeFlags & wishedFlags & ~immutableFlags) === 0) return
    const { files } = this.#x.ports
    for (const { flag, words } of restoredFlags) {
      if ((entry.inodeFlags & flag) === 0) continue
      this.#x.refusals.attempt(words, entry, () => {
        const flags = files.inodeFlags(handle)
        if ((flags & flag) === 0) files.setInodeFlags(handle, flags | flag)
      })
    }
  }

  /** Immutable and append-only: nothing can be done to the node afterwards. */
  makeImmutable(handle: Handle, entry: Entry): void {
    const { files } = this.#x.ports
    this.#x.refusals.attempt('immutable or append-only (chattr +i, +a)', entry, () =>
      files.setInodeFlags(handle, files.inodeFlags(handle) | (entry.inodeFlags & immutableFlags)),
    )
  }

  /** Whether a file created with its mode is what it should be, but for the times. */
  #isExact(entry: Entry, directory: Directory, mode: number): boolean {
    return (
      entry.attributes.length === 0 &&
      (mode & 0o7000) === 0 &&
      !directory.handsOnAcl &&
      this.#changesOwner(entry, directory.newUid, directory.newGid) === undefined
    )
  }

  #changesOwner(entry: Entry, uid: number, gid: number): OwnerIds | undefined {
    if (!this.#x.options.sameOwner) return undefined
    const ids = this.#owners.idsOf(entry.owner)
    return ids.uid === uid && ids.gid === gid ? undefined : ids
  }

  /** Gives the node away where that is wanted; returns whom it belongs to then. */
  #setOwner(entry: Entry, uid: number, gid: number, set: (ids: OwnerIds) => void): OwnerIds {
    const ids = this.#changesOwner(entry, uid, gid)
    if (ids === undefined) return { uid, gid }
    return this.#x.refusals.attempt('the owner', entry, () => set(ids)) ? ids : { uid, gid }
  }

  /** Without setuid and setgid when they would hand out the rights of another user or group than the archive says. */
  #safeMode(entry: Entry, mode: number, owned: OwnerIds): number {
    if ((mode & 0o6000) === 0) return mode
    const { uid, gid } = this.#owners.idsOf(entry.owner)
    const safe = mode & ~(owned.uid === uid ? 0 : 0o4000) & ~(owned.gid === gid ? 0 : 0o2000)
    if (safe !== mode) this.#x.refusals.note('setuid or setgid', entry, 'not-permitted', 'its owner is another one')
    return safe
  }

  #setMode(entry: Entry, mode: number, set: (mode: number) => void): void {
    this.#x.refusals.attempt('the mode', entry, () => set(mode))
  }

  #isWanted(attribute: ExtendedAttribute): boolean {
    if (isAclStorage(attribute)) return false
    return attribute.name !== capabilityAttribute || this.#x.options.samePermissions
  }

  #writeAttributes(handle: Handle, entry: Entry): void {
    for (const attribute of entry.attributes) {
      if (!this.#isWanted(attribute)) continue
      this.#attemptAttribute(entry, attribute, handle, () => this.#x.ports.files.writeAttribute(handle, attribute))
    }
  }

  /** `handle` is of the node or of its folder. Some filesystems say “no space” of an attribute that is too large. */
  #attemptAttribute(entry: Entry, { name }: ExtendedAttribute, handle: Handle, write: () => void): void {
    const { files } = this.#x.ports
    this.#x.refusals.attempt(said('the attribute {name}', { name: { verbatim: displayName(name) } }), entry, () => {
      try {
        write()
      } catch (error) {
        if (codeOf(error) !== 'no-space' || files.filesystemInfo(handle).availableBytes < roomForAttributesBytes) {
          throw error
        }
        throw new ReftarError('not-supported', 'it is too large for this filesystem', {}, { cause: error })
      }
    })
  }

  /** Filesystems move times that they can't hold to the nearest that they can, without a word. */
  #setTimes(entry: Entry, set: (accessTime: Timestamp) => void, look: () => NodeStatus | undefined): void {
    const { modifyTime } = entry
    const accessTime = entry.accessTime ?? this.#now
    this.#x.refusals.attempt('the times', entry, () => set(accessTime))
    if (isSafe(modifyTime) && isSafe(accessTime)) return
    const got = look()
    if (got === undefined || (isSameTime(got.modifyTime, modifyTime) && isSameTime(got.accessTime, accessTime))) return
    this.#x.refusals.note('the exact times', entry, 'not-supported', 'this filesystem can’t hold them')
  }
}

function isSafe({ seconds }: Timestamp): boolean {
  return seconds >= 0 && seconds <= lastSafeSecond
}

function isSameTime(a: Timestamp, b: Timestamp): boolean {
  return a.seconds === b.seconds && a.nanoseconds === b.nanoseconds
}

/** Whether a status is of the same unchanged file as one taken before. */
export function isUnchanged(status: NodeStatus, before: FileStamp): boolean {
  return (
    status.inode === before.inode &&
    status.sizeBytes === before.sizeBytes &&
    status.changeTime.seconds === before.changeSeconds &&
    status.changeTime.nanoseconds === before.changeNanoseconds
  )
}

/** What tells whether a file is still as we left it. */
export interface FileStamp {
  readonly inode: bigint
  readonly sizeBytes: number
  readonly changeSeconds: number
  readonly changeNanoseconds: number
}

/** Taken when a file is finished and has its name. */
export function stampOf(status: NodeStatus): FileStamp {
  return {
    inode: status.inode,
    sizeBytes: status.sizeBytes,
    changeSeconds: status.changeTime.seconds,
    changeNanoseconds: status.changeTime.nanoseconds,
  }
}
