/**
 * Folders for clones of entries that another program opens or is dragged: readable by this user alone, on the archive's
 * filesystem where that can be (so that they are clones and take no space), and gone when the archive is closed. Each is
 * written down, so that what a crash leaves behind is removed at the next start.
 */
import { randomBytes } from 'node:crypto'
import { chmod, lstat, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { type ByteString, baseName, isByteString } from '../../shared/byte-string.ts'
import { below, folderOf, fromFsPath, fsPath } from '../paths/absolute.ts'
import type { JsonFile } from '../settings/json-file.ts'

const PREFIX = 'reftar-open-'
/** Hidden beside an archive. */
const OURS = /^\.?reftar-open-[0-9a-f]{16}$/

export class PrivateFolders {
  readonly #register: JsonFile
  /** Folders that belong to the user, best first. */
  readonly #ownFolders: readonly ByteString[]
  /** Folder → archive id. */
  readonly #folders = new Map<ByteString, number>()

  /** `register` remembers the folders between runs; `ownFolders` are where they go unless the archive is elsewhere. */
  constructor(register: JsonFile, ownFolders: readonly ByteString[]) {
    this.#register = register
    this.#ownFolders = ownFolders
  }

  /** Removes what an earlier run left. Only folders of ours that it wrote down, of this user, and no links. */
  async removeLeftovers(): Promise<void> {
    const listed = this.#register.read()
    if (!Array.isArray(listed)) return
    for (const path of listed.filter(isByteString)) {
      if (OURS.test(baseName(path)) && !this.#folders.has(path)) await removeFolder(path)
    }
    this.#write()
  }

  /** A new empty folder for entries of an archive. Throws what the system says when none can be made anywhere. */
  async make(archiveId: number, archivePath: ByteString): Promise<ByteString> {
    let refusal: unknown
    for (const prefix of await this.#places(archivePath)) {
      try {
        const folder = `${prefix}${randomBytes(8).toString('hex')}` as ByteString
        await mkdir(fsPath(folder), { mode: 0o700 })
        this.#folders.set(folder, archiveId)
        this.#write()
        await this.#register.written()
        return folder
      } catch (error) {
        refusal = error
      }
    }
    throw refusal
  }

  /** Removes the folders of an archive. What can't be removed now is tried again at the next start. */
  async remove(archiveId: number): Promise<void> {
    for (const [folder, of] of [...this.#folders]) {
      if (of === archiveId && (await removeFolder(folder))) this.#folders.delete(folder)
    }
    this.#write()
  }

  /** A folder of the user's where it is on the archive's filesystem; else beside the archive; else anywhere. */
  async #places(archivePath: ByteString): Promise<readonly ByteString[]> {
    const device = await deviceOf(archivePath)
    const own = this.#ownFolders.map((folder) => below(folder, PREFIX))
    const near = []
    for (const [i, folder] of this.#ownFolders.entries()) {
      const prefix = own[i]
      if (prefix !== undefined && device !== undefined && (await deviceOf(folder)) === device) near.push(prefix)
    }
    return [...near, below(folderOf(archivePath), `.${PREFIX}`), ...own]
  }

  #write(): void {
    this.#register.write([...this.#folders.keys()])
  }
}

async function deviceOf(path: ByteString): Promise<number | undefined> {
  try {
    return (await stat(fsPath(path))).dev
  } catch {
    return undefined
  }
}

/** True when it is gone. */
async function removeFolder(path: ByteString): Promise<boolean> {
  try {
    const status = await lstat(fsPath(path))
    if (!status.isDirectory() || status.uid !== process.getuid?.()) return false
  } catch {
    return true
  }
  try {
    await rm(fsPath(path), { recursive: true, force: true })
    return true
  } catch {
    // Folders extracted without the right to write into them keep what they hold.
  }
  try {
    await openFolders(path)
    await rm(fsPath(path), { recursive: true, force: true })
    return true
  } catch {
    return false
  }
}

async function openFolders(folder: ByteString): Promise<void> {
  await chmod(fsPath(folder), 0o700)
  const items = await readdir(fsPath(folder), { withFileTypes: true, encoding: 'buffer' })
  for (const item of items) if (item.isDirectory()) await openFolders(below(folder, fromFsPath(item.name)))
}
