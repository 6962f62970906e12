/**
 * Names that a filesystem takes for one although their bytes differ: by case, or by Unicode form. What was extracted
 * under one of them must not be overwritten by, or merged with, what has the other.
 */
import type { ByteString } from '../../../shared/byte-string.ts'
import type { FileSystem, NodeStatus } from '../ports.ts'
import { codeOf } from './faults.ts'
import type { Directory } from './open-directories.ts'

export class Aliases {
  readonly #files: FileSystem
  /** The names of the folder asked about last: conflicts come folder by folder. */
  #path: ByteString | undefined
  #names: ReadonlySet<ByteString> = new Set()

  constructor(files: FileSystem) {
    this.#files = files
  }

  /** What the folder really calls the node found under `name`; undefined when that is its name. */
  find(directory: Directory, name: ByteString, found: NodeStatus): ByteString | undefined {
    if (this.#path === directory.path && this.#names.has(name)) return undefined
    this.#read(directory)
    if (this.#names.has(name)) return undefined
    for (const other of this.#names) {
      if (this.#files.statusAt(directory.handle, other)?.inode === found.inode) return other
    }
    return undefined
  }

  #read(directory: Directory): void {
    this.#path = directory.path
    try {
      this.#names = new Set(this.#files.readDirectory(directory.handle).map((item) => item.name))
    } catch (error) {
      if (codeOf(error) === undefined) throw error
      // A folder may be writable and not readable: then nothing is known about its names.
      this.#names = new Set()
    }
  }
}
