/** Names on disk that the archive doesn't have. */
import { type ByteString, joinPath } from '../../../shared/byte-string.ts'
import { matchAny, type PathMatcher } from '../globs.ts'
import type { Handle } from '../ports.ts'
import type { Comparison } from './comparison.ts'

const childrenAtOnce = 4096

export class ExtraNames {
  readonly #c: Comparison
  readonly #isExcluded: PathMatcher

  constructor(c: Comparison) {
    this.#c = c
    this.#isExcluded = matchAny(c.options.exclude)
  }

  /** Reports what is in a folder here and not in the archive's folder of that path; of a folder only itself. */
  report(folder: Handle, path: ByteString): void {
    const { reader, ports } = this.#c
    const here = new Set(ports.files.readDirectory(folder).map(({ name }) => name))
    let after: ByteString | undefined
    for (;;) {
      const children = reader.children(path, after, childrenAtOnce)
      for (const child of children) {
        after = child.path.slice(path === '' ? 0 : path.length + 1) as ByteString
        here.delete(after)
      }
      if (children.length < childrenAtOnce) break
    }
    for (const name of [...here].sort()) {
      const extra = joinPath(path, name)
      if (this.#isExcluded(extra) || this.#isArchive(folder, name) || holdsBelow(this.#c, extra)) continue
      this.#c.differs(extra, 'extra', 'isn’t in the archive')
    }
  }

  /** An archive that lies in the folder is no part of it. */
  #isArchive(folder: Handle, name: ByteString): boolean {
    const status = this.#c.ports.files.statusAt(folder, name)
    return status !== undefined && this.#c.isArchive(status)
  }
}

/** Folders of format 1 need no entry of their own. */
function holdsBelow(c: Comparison, path: ByteString): boolean {
  if (c.reader.info.format !== 1) return false
  for (const _ of c.reader.subtree(path)) return true
  return false
}
