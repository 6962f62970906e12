/**
 * A page can reach only what its user chose: paths that came by a dialog, a drop, the command line or the recent list,
 * and what lies below them. Everything that names a path asks here first.
 *
 * A path is compared as it is written and once more with its symbolic links resolved, so that a link below a chosen
 * folder doesn't lead out of it, while a chosen path may itself be a link. Whoever can replace folders by links between
 * this look and the work could have done the work himself: he has the user's rights on the user's files.
 */
import { realpath } from 'node:fs/promises'
import { type ByteString, baseName, displayName } from '../../shared/byte-string.ts'
import { ReftarError } from '../../shared/errors.ts'
import { below, folderOf, fromFsPath, fsPath, isWithin, ROOT } from './absolute.ts'

/** write: a new archive, or a folder to extract into; it may be read, too. */
type Access = 'read' | 'write'

export class PathGrants {
  readonly #granted = new Map<ByteString, Access>()

  /** Paths that the user named. Those that aren't absolute are left out. */
  allow(paths: readonly ByteString[], access: Access): void {
    for (const path of paths) {
      const plain = plainPath(path)
      if (plain !== undefined && this.#granted.get(plain) !== 'write') this.#granted.set(plain, access)
    }
  }

  /** The paths without trailing slashes; `not-chosen` for the first that nobody chose. */
  async require(paths: readonly ByteString[], access: Access): Promise<readonly ByteString[]> {
    const plain = paths.map((path) => {
      const found = plainPath(path)
      if (found === undefined || !this.#isBelowGranted(found, access)) throw notChosen(path)
      return found
    })
    const roots = await this.#realRoots(access)
    for (const path of plain) {
      const real = await resolved(path)
      if (!roots.some((root) => isWithin(real, root))) throw notChosen(path)
    }
    return plain
  }

  /** One path; see above. */
  async requireOne(path: ByteString, access: Access): Promise<ByteString> {
    const [plain] = await this.require([path], access)
    if (plain === undefined) throw notChosen(path)
    return plain
  }

  #isBelowGranted(path: ByteString, access: Access): boolean {
    for (let above = path; ; above = folderOf(above)) {
      const granted = this.#granted.get(above)
      if (granted !== undefined && (access === 'read' || granted === 'write')) return true
      if (above === ROOT) return false
    }
  }

  /** Looked up anew each time: what the user named may be another disk by now. */
  #realRoots(access: Access): Promise<readonly ByteString[]> {
    const roots = [...this.#granted].filter(([, granted]) => access === 'read' || granted === 'write')
    return Promise.all(roots.map(([path]) => resolved(path)))
  }
}

function notChosen(path: ByteString): ReftarError {
  return new ReftarError('not-chosen', 'this path wasn’t chosen in a dialog, dropped or named at the start', {
    path: displayName(path),
  })
}

/** An absolute path without trailing slashes; undefined when it has components that lead elsewhere. */
function plainPath(path: ByteString): ByteString | undefined {
  if (!path.startsWith('/') || path.includes('\0')) return undefined
  const trimmed = path.replace(/\/+$/, '')
  if (trimmed === '') return ROOT
  const components = trimmed.slice(1).split('/')
  if (components.some((name) => name === '' || name === '.' || name === '..')) return undefined
  return trimmed as ByteString
}

/** The path with its links resolved as far as it exists; what doesn't exist can't be a link. */
async function resolved(path: ByteString): Promise<ByteString> {
  let existing = path
  let rest = ''
  for (;;) {
    try {
      const real = fromFsPath(await realpath(fsPath(existing), { encoding: 'buffer' }))
      return rest === '' ? real : below(real, rest)
    } catch {
      if (existing === ROOT) return path
      rest = rest === '' ? baseName(existing) : `${baseName(existing)}/${rest}`
      existing = folderOf(existing)
    }
  }
}
