/**
 * The folders below the target, always reached through held handles. A folder that is new in an existing one is made
 * under a temporary name and gets its own at the end; what is inside needs no stage of its own. Paths here are final
 * paths: where a folder is at the moment is looked up.
 */
import { type ByteString, baseName, joinPath, parentPath } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { handsOnAcl, removeAcls } from '../acls.ts'
import { closeQuietly } from '../exact-io.ts'
import type { Handle, NodeStatus, Ports } from '../ports.ts'
import { codeOf } from './faults.ts'
import { type Directory, OpenDirectories } from './open-directories.ts'
import type { Stage } from './stage.ts'

/** Below PATH_MAX, so that one call opens it. */
const longestStepBytes = 3500

/** A folder whose name on disk isn't the last component of its path: staged, or renamed out of a conflict. */
export interface MovedFolder {
  readonly path: ByteString
  currentName: ByteString
  staged: boolean
  /** The mode to give when it is published, for a folder that no entry describes. */
  impliedMode: number | undefined
  /** What to do about something of its name; settled when it was made. */
  readonly verdict: 'replace' | 'rename' | undefined
}

export class Directories {
  readonly root: Directory
  readonly #ports: Ports
  readonly #stage: Stage
  readonly #impliedMode: number
  readonly #exactModes: boolean
  readonly #open: OpenDirectories
  readonly #moved = new Map<ByteString, MovedFolder>()
  readonly #defaultGid: number
  #last: Directory

  /** `exactModes`: what is restored is to have its own ACLs, not those of the folder it is in. */
  constructor(ports: Ports, root: Handle, umask: number, stage: Stage, exactModes: boolean) {
    this.#ports = ports
    this.#open = new OpenDirectories(ports.files)
    this.#stage = stage
    this.#impliedMode = 0o777 & ~umask
    this.#exactModes = exactModes
    const status = ports.files.status(root)
    this.#defaultGid = this.#newNodeGroup(root)
    const newUid = ports.accounts.effectiveUserId
    const rootPath = '' as ByteString
    this.root = {
      path: rootPath,
      handle: root,
      staged: false,
      device: status.device,
      newUid,
      newGid: this.#groupIn(status),
      handsOnAcl: handsOnAcl(ports.files.readAttributes(root)),
    }
    this.#last = this.root
  }

  /** The folder at a path, which must exist. */
  open(path: ByteString): Directory {
    if (this.#last.path === path) return this.#last
    this.#last = this.#lookUp(path)
    return this.#last
  }

  /** The same, making it and folders above it where there are none. */
  openOrMake(path: ByteString): Directory {
    if (this.#last.path === path) return this.#last
    try {
      return this.open(path)
    } catch (error) {
      if (codeOf(error) !== 'not-found') throw error
    }
    const parent = this.openOrMake(parentPath(path))
    try {
      this.make(parent, path, undefined, this.#impliedMode)
    } catch (error) {
      if (codeOf(error) !== 'already-exists') throw error
    }
    return this.open(path)
  }

  /**
   * Makes a folder in `parent`: staged when the parent isn't. Throws `already-exists` when the name is taken and no
   * verdict says what to do about that. `impliedMode` is for folders that no entry describes.
   */
  make(parent: Directory, path: ByteString, verdict: MovedFolder['verdict'], impliedMode: number | undefined): void {
    const { files } = this.#ports
    const name = baseName(path)
    if (parent.staged && verdict === undefined) {
      files.makeDirectory(parent.handle, name, impliedMode ?? 0o700)
      return
    }
    if (verdict === undefined && this.statusAt(parent, path) !== undefined) {
      throw new ReftarError('already-exists', 'Something of that name is already there')
    }
    const currentName = this.#stage.nameIn(parent.path)
    files.makeDirectory(parent.handle, currentName, 0o700)
    this.#moved.set(path, { path, currentName, staged: true, impliedMode, verdict })
    if (parent.handsOnAcl && this.#exactModes) this.#removeAclsOf(parent.handle, currentName)
  }

  /** What is at a path in its folder at the moment, staged folders included. */
  statusAt(parent: Directory, path: ByteString): NodeStatus | undefined {
    const name = this.#moved.get(path)?.currentName ?? baseName(path)
    return this.#ports.files.statusAt(parent.handle, name)
  }

  /** Whether a folder of this path waits under another name. */
  moved(path: ByteString): MovedFolder | undefined {
    return this.#moved.get(path)
  }

  /** Staged folders, the last made first: an inner one comes before what it lies in. */
  stagedFolders(): MovedFolder[] {
    return [...this.#moved.values()].filter((folder) => folder.staged).reverse()
  }

  /** The folder has got this name now, and what is in it can be seen. */
  published(folder: MovedFolder, name: ByteString): void {
    folder.staged = false
    folder.currentName = name
    if (name === baseName(folder.path)) this.#moved.delete(folder.path)
    this.closeAll()
  }

  /** The folder has been removed. */
  forget(folder: MovedFolder): void {
    this.#moved.delete(folder.path)
    this.closeAll()
  }

  /** Closes all handles but the target's own. */
  closeAll(): void {
    this.#open.closeAll()
    this.#last = this.root
  }

  #lookUp(path: ByteString): Directory {
    if (path === '') return this.root
    return this.#open.get(path) ?? this.#openBelow(this.#open.nearestAbove(path) ?? this.root, path)
  }

  #openBelow(ancestor: Directory, path: ByteString): Directory {
    const { files } = this.#ports
    let staged = ancestor.staged
    let current = ancestor.handle
    let step = '' as ByteString
    let at = ancestor.path
    try {
      for (const component of componentsAfter(path, ancestor.path)) {
        at = joinPath(at, component)
        const moved = this.#moved.size === 0 ? undefined : this.#moved.get(at)
        staged ||= moved?.staged ?? false
        if (step.length + component.length > longestStepBytes) {
          const next = files.openDirectoryBelow(current, step)
          if (current !== ancestor.handle) closeQuietly(files, current)
          current = next
          step = '' as ByteString
        }
        step = joinPath(step, moved?.currentName ?? component)
      }
      const handle = files.openDirectoryBelow(current, step)
      try {
        return this.#keep(path, handle, staged, ancestor)
      } catch (error) {
        closeQuietly(files, handle)
        throw error
      }
    } finally {
      if (current !== ancestor.handle) closeQuietly(files, current)
    }
  }

  #keep(path: ByteString, handle: Handle, staged: boolean, ancestor: Directory): Directory {
    // Folders inside a stage were made by us and take device and group from the one they are in.
    const inherits = staged && ancestor.staged
    const status = inherits ? undefined : this.#ports.files.status(handle)
    const directory = {
      path,
      handle,
      staged,
      device: status?.device ?? ancestor.device,
      newUid: this.root.newUid,
      newGid: status === undefined ? ancestor.newGid : this.#groupIn(status),
      handsOnAcl: inherits ? ancestor.handsOnAcl : handsOnAcl(this.#ports.files.readAttributes(handle)),
    }
    this.#open.keep(directory)
    return directory
  }

  #removeAclsOf(parent: Handle, name: ByteString): void {
    const handle = this.#ports.files.openDirectoryBelow(parent, name)
    try {
      removeAcls(this.#ports.files, handle)
    } finally {
      closeQuietly(this.#ports.files, handle)
    }
  }

  /** A folder with the setgid bit hands its group on. */
  #groupIn(status: NodeStatus): number {
    return (status.mode & 0o2000) === 0 ? this.#defaultGid : status.gid
  }

  #newNodeGroup(root: Handle): number {
    const { files } = this.#ports
    const probe = files.createUnnamedFile(root)
    try {
      return files.status(probe).gid
    } finally {
      closeQuietly(files, probe)
    }
  }
}

function componentsAfter(path: ByteString, ancestor: ByteString): ByteString[] {
  const rest = ancestor === '' ? path : path.slice(ancestor.length + 1)
  return rest.split('/') as ByteString[]
}
