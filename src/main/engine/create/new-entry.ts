/** What a visited name becomes in the archive, apart from its bytes. */
import type { EntryKind } from '../../../shared/archive-info.ts'
import { type ByteString, textToByteString } from '../../../shared/byte-string.ts'
import { ReftarError, withContext } from '../../../shared/errors.ts'
import { type Said, said } from '../../../shared/said.ts'
import { isAclStorage } from '../acls.ts'
import type { Owner, Segment } from '../entry.ts'
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

export class EntryMaker {
  readonly #files: FileSystem
  readonly #accounts: Accounts
  readonly #onProblem: (error: unknown, path: ByteString) => void
  readonly #owners = new Map<string, Owner>()
  #lastOwner: Owner | undefined
  /** Ordinal of the first name of files with several, by device and inode. */
  readonly #linked = new Map<string, number>()

  /** What can't be read of an entry goes to `onProblem`, which may throw; the entry does without it. */
  constructor(files: FileSystem, accounts: Accounts, onProblem: (error: unknown, path: ByteString) => void) {
    this.#files = files
    this.#onProblem = onProblem
    this.#accounts = accounts
  }

  /** The kind to store, or undefined for what can't be. */
  kindOf(visit: Visit): EntryKind | undefined {
    return storedKinds[visit.status.kind]
  }

  /** The ordinal of this very file or symbolic link under an earlier name, if it has one. */
  earlierName(visit: Visit): number | undefined {
    return hasOtherNames(visit) ? this.#linked.get(linkKey(visit)) : undefined
  }

  /** Remembers a stored file or symbolic link for its other names. */
  rememberName(visit: Visit, ordinal: number): void {
    if (hasOtherNames(visit)) this.#linked.set(linkKey(visit), ordinal)
  }

  /** The entry: `segments` is the map of a file's bytes, `hardLinkOrdinal` what a hard link refers to. */
  make(visit: Visit, kind: EntryKind, segments: readonly Segment[], hardLinkOrdinal?: number): NewEntry {
    const { status, folder, name } = visit
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
      hardLinkOrdinal,
      deviceMajor: isDevice ? status.deviceMajor : 0,
      deviceMinor: isDevice ? status.deviceMinor : 0,
      attributes: this.#attributes(visit),
      inodeFlags: isLink ? 0 : this.#inodeFlags(visit),
      segments,
    }
  }

  #attributes({ handle, folder, name, path }: Visit): NewEntry['attributes'] {
    try {
      const all = handle === undefined ? this.#files.readAttributesAt(folder, name) : this.#files.readAttributes(handle)
      return all.some(isAclStorage) ? all.filter((attribute) => !isAclStorage(attribute)) : all
    } catch (error) {
      this.#onProblem(without('extended attributes', error), path)
      return []
    }
  }

  #inodeFlags({ handle, path }: Visit): number {
    try {
      return handle === undefined ? 0 : this.#files.inodeFlags(handle)
    } catch (error) {
      this.#onProblem(without('flags (chattr)', error), path)
      return 0
    }
  }

  #owner(uid: number, gid: number): Owner {
    if (this.#lastOwner?.uid === uid && this.#lastOwner.gid === gid) return this.#lastOwner
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
    this.#lastOwner = owner
    return owner
  }
}

function without(what: Said, error: unknown): ReftarError {
  const { code, said: reason, context } = withContext(error, {})
  return new ReftarError(code, said('It was stored without its {what}: {reason}', { what, reason }), context, {
    cause: error,
  })
}

/** As with tar, FIFOs and devices of several names become nodes of their own. */
function hasOtherNames({ status: { kind, linkCount } }: Visit): boolean {
  return (kind === 'file' || kind === 'symlink') && linkCount > 1
}

function linkKey(visit: Visit): string {
  return `${visit.status.device}:${visit.status.inode}`
}
