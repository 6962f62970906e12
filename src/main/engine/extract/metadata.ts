/** Owners, modes, attributes and times, with no call that would change nothing. */

import type { ByteString } from '../../../shared/byte-string.ts'
import { byteStringToText } from '../../../shared/byte-string.ts'
import type { Entry, Owner } from '../entry.ts'
import type { Handle, NodeStatus, Timestamp } from '../ports.ts'
import type { Directory } from './directories.ts'
import { type Extraction, restoredMode } from './extraction.ts'

/** FS_NOCOW_FL of linux/fs.h: the one chattr flag whose loss changes how a file behaves on disk. */
export const copyOnWriteOffFlag = 0x00800000

interface Ids {
  readonly uid: number
  readonly gid: number
}

/** Owners by name where this system knows it, else by number. Names are looked up once. */
export class OwnerLookup {
  readonly #x: Extraction
  readonly #uids = new Map<ByteString, number | undefined>()
  readonly #gids = new Map<ByteString, number | undefined>()
  #lastOwner: Owner | undefined
  #lastIds: Ids = { uid: 0, gid: 0 }

  constructor(x: Extraction) {
    this.#x = x
  }

  idsOf(owner: Owner): Ids {
    const last = this.#lastOwner
    if (
      last !== undefined &&
      (last === owner ||
        (last.uid === owner.uid &&
          last.gid === owner.gid &&
          last.userName === owner.userName &&
          last.groupName === owner.groupName))
    ) {
      return this.#lastIds
    }
    this.#lastOwner = owner
    this.#lastIds = this.#x.options.numericOwner ? { uid: owner.uid, gid: owner.gid } : this.#byName(owner)
    return this.#lastIds
  }

  #byName(owner: Owner): Ids {
    const { accounts } = this.#x.ports
    return {
      uid: known(this.#uids, owner.userName, (name) => accounts.userId(name)) ?? owner.uid,
      gid: known(this.#gids, owner.groupName, (name) => accounts.groupId(name)) ?? owner.gid,
    }
  }
}

function known(
  cache: Map<ByteString, number | undefined>,
  name: ByteString,
  look: (name: ByteString) => number | undefined,
): number | undefined {
  if (name === '') return undefined
  if (!cache.has(name)) cache.set(name, look(name))
  return cache.get(name)
}

/** Restores what is known about nodes. One a job. */
export class Metadata {
  readonly #x: Extraction
  readonly #owners: OwnerLookup
  /** For entries without an access time: when they were extracted. */
  readonly #now: Timestamp

  constructor(x: Extraction) {
    this.#x = x
    this.#owners = new OwnerLookup(x)
    this.#now = x.ports.clock.wallTime()
  }

  /** The mode to create a file with: already the final one when nothing has to come before it. */
  creationMode(entry: Entry, directory: Directory): number {
    const mode = restoredMode(this.#x, entry)
    const exact = (mode & 0o7000) === 0 && !this.#changesOwner(entry, directory.newUid, directory.newGid)
    return exact ? mode : mode & 0o700
  }

  /** An open new file, after its contents. chown clears setuid and capabilities, so the order is owner, mode, attributes. */
  finishFile(handle: Handle, entry: Entry, directory: Directory): void {
    const { files } = this.#x.ports
    const mode = restoredMode(this.#x, entry)
    const ids = this.#changesOwner(entry, directory.newUid, directory.newGid)
    if (ids) this.#x.refusals.attempt('the owner', entry, () => files.setOwner(handle, ids.uid, ids.gid))
    if (ids || (mode & 0o7000) !== 0) this.#setMode(entry, mode, () => files.setMode(handle, mode))
    if (entry.attributes.length > 0) this.#writeAttributes(handle, entry)
    files.setTimes(handle, entry.accessTime ?? this.#now, entry.modifyTime)
  }

  /** An open folder, new or existing. */
  finishDirectory(handle: Handle, entry: Entry): void {
    const { files } = this.#x.ports
    const status = files.status(handle)
    const mode = entry.mode === undefined && status.mode !== 0o700 ? status.mode : restoredMode(this.#x, entry)
    const ids = this.#changesOwner(entry, status.uid, status.gid)
    if (ids) this.#x.refusals.attempt('the owner', entry, () => files.setOwner(handle, ids.uid, ids.gid))
    if (ids || mode !== status.mode) this.#setMode(entry, mode, () => files.setMode(handle, mode))
    if (entry.attributes.length > 0) this.#writeAttributes(handle, entry)
    if ((entry.inodeFlags & copyOnWriteOffFlag) !== 0) this.turnOffCopyOnWrite(handle, entry)
    this.#x.refusals.attempt('the times', entry, () =>
      files.setTimes(handle, entry.accessTime ?? this.#now, entry.modifyTime),
    )
  }

  /** A symbolic link, FIFO or device, by name. */
  finishNode(directory: Directory, name: ByteString, entry: Entry): void {
    const { files } = this.#x.ports
    const { handle } = directory
    const ids = this.#changesOwner(entry, directory.newUid, directory.newGid)
    if (ids) this.#x.refusals.attempt('the owner', entry, () => files.setOwnerAt(handle, name, ids.uid, ids.gid))
    if (entry.kind !== 'symlink') {
      const mode = restoredMode(this.#x, entry)
      this.#setMode(entry, mode, () => files.setModeAt(handle, name, mode))
    }
    for (const attribute of entry.attributes) {
      this.#x.refusals.attempt(attributeWords(attribute.name), entry, () =>
        files.writeAttributeAt(handle, name, attribute),
      )
    }
    this.#x.refusals.attempt('the times', entry, () =>
      files.setTimesAt(handle, name, entry.accessTime ?? this.#now, entry.modifyTime),
    )
  }

  /** `chattr +C`: has an effect on files only while they are empty. */
  turnOffCopyOnWrite(handle: Handle, entry: Entry): void {
    const { files } = this.#x.ports
    this.#x.refusals.attempt('copy-on-write off (chattr +C)', entry, () => {
      const flags = files.inodeFlags(handle)
      if ((flags & copyOnWriteOffFlag) === 0) files.setInodeFlags(handle, flags | copyOnWriteOffFlag)
    })
  }

  #changesOwner(entry: Entry, uid: number, gid: number): Ids | undefined {
    if (!this.#x.options.sameOwner) return undefined
    const ids = this.#owners.idsOf(entry.owner)
    return ids.uid === uid && ids.gid === gid ? undefined : ids
  }

  #setMode(entry: Entry, mode: number, set: () => void): void {
    this.#x.refusals.attempt(`the mode ${mode.toString(8)}`, entry, set)
  }

  #writeAttributes(handle: Handle, entry: Entry): void {
    const { files } = this.#x.ports
    for (const attribute of entry.attributes) {
      this.#x.refusals.attempt(attributeWords(attribute.name), entry, () => files.writeAttribute(handle, attribute))
    }
  }
}

function attributeWords(name: ByteString): string {
  return `the attribute ${byteStringToText(name) ?? name}`
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
