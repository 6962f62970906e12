/** Which paths an archive has named already: by folder and name, since joining them for each look costs more than an entry. */
import { type ByteString, baseName, parentPath } from '../../../../shared/byte-string.ts'

export class PathsSoFar {
  readonly #byFolder = new Map<ByteString, Map<ByteString, number>>()
  #names = new Map<ByteString, number>()
  #folder: ByteString | undefined

  /**
   * Notes the entry with this number and path, whose header cuts the path into `folder` and `name`. Returns the number
   * of the last one before it that has the same path, or undefined.
   */
  add(ordinal: number, path: ByteString, folder: ByteString, name: ByteString): number | undefined {
    // Equal paths must be cut in the same way.
    if (name === '' || name.includes('/') || path.length < folder.length + name.length) {
      return this.#add(ordinal, parentPath(path), baseName(path))
    }
    return this.#add(ordinal, folder, name)
  }

  #add(ordinal: number, folder: ByteString, name: ByteString): number | undefined {
    if (folder !== this.#folder) {
      this.#folder = folder
      this.#names = this.#byFolder.get(folder) ?? new Map()
      this.#byFolder.set(folder, this.#names)
    }
    const earlier = this.#names.get(name)
    this.#names.set(name, ordinal)
    return earlier
  }
}
