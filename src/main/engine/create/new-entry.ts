/** What a visited name becomes in the archive, apart from its bytes. */
import { textToByteString } from '../../../shared/byte-string.ts'
import type { EntryKind, Owner } from '../entry.ts'
import type { NewEntry } from '../format/page.ts'
import type { Accounts, FileSystem, NodeKind } from '../ports.ts'
import type { Visit } from './walk.ts'

const none = textToByteString('')

/** Sockets belong to the process that made them and aren't stored. */
const storedKinds: Record<NodeKind, EntryKind | undefined> = {
  file: 'file',
  directory: 'directory',
  symlink: 'symlink',
  fifo: 'fifo',
  'character-device': 'character-device',
  'block-device': 'block-device',
  socket: undefined,
}

/** Where an entry went; undefined until it is written. */
export interface Place {
  ordinal: number | undefined
}

export class EntryMaker {
  readonly #files: FileSystem
  readonly #accounts: Accounts
  readonly #owners = new Map<string, Owner>()
  /** First name of files with several, by device and inode. */
  readonly #linked = new Map<string, Place>()

  constructor(files: FileSystem, accounts: Accounts) {
    this.#files = files
    this.#accounts = accounts
  }

  /** The kind to store, or undefined for what can't be. */
  kindOf(visit: Visit): EntryKind | undefined {
    return storedKinds[visit.status.kind]
  }

  /** The place of this very file under an earlier name, if it has one. */
  earlierName(visit: Visit): Place | undefined {
    if (visit.status.kind !== 'file' || visit.status.linkCount < 2) return undefined
    return this.#linked.get(linkKey(visit))
  }

  /** Remembers a stored file for its other names. */
  rememberName(visit: Visit, place: Place): void {
    if (visit.status.kind === 'file' && visit.status.linkCount > 1) this.#linked.set(linkKey(visit), place)
  }

  /** The entry, without the map of a file's bytes and without what a hard link refers to. */
  make(visit: Visit, kind: EntryKind): NewEntry {
    const { status, handle, folder, name } = visit
    const isLink = kind === 'hardlink'
    const isDevice = kind === 'character-device' || kind === 'block-device'
    return {
      path: visit.path,
      kind,
      mode: status.mode,
      owner: this.#owner(status.uid, status.gid),
      modifyTime: status.modifyTime,
      accessTime: status.accessTime,
      birthTime: status.birthTime,
      sizeBytes: kind === 'file' ? status.sizeBytes : 0,
      linkTarget: kind === 'symlink' ? this.#files.readLink(folder, name) : none,
      hardLinkOrdinal: undefined,
      deviceMajor: isDevice ? status.deviceMajor : 0,
      deviceMinor: isDevice ? status.deviceMinor : 0,
      attributes:
        handle === undefined ? this.#files.readAttributesAt(folder, name) : this.#files.readAttributes(handle),
      inodeFlags: handle === undefined || isLink ? 0 : this.#files.inodeFlags(handle),
      segments: [],
    }
  }

  #owner(uid: number, gid: number): Owner {
    const key = `${uid}:${gid}`
    let owner = this.#owners.get(key)
    if (owner === undefined) {
      owner = {
        uid,
        gid,
        userName: this.#accounts.userName(uid) ?? none,
        groupName: this.#accounts.groupName(gid) ?? none,
      }
      this.#owners.set(key, owner)
    }
    return owner
  }
}

function linkKey(visit: Visit): string {
  return `${visit.status.device}:${visit.status.inode}`
}

/** Whether two looks at a file show the same state: size and both times that writing changes. */
export function isUnchanged(before: Visit['status'], after: Visit['status']): boolean {
  return (
    before.sizeBytes === after.sizeBytes &&
    before.modifyTime.seconds === after.modifyTime.seconds &&
    before.modifyTime.nanoseconds === after.modifyTime.nanoseconds &&
    before.changeTime.seconds === after.changeTime.seconds &&
    before.changeTime.nanoseconds === after.changeTime.nanoseconds
  )
}
