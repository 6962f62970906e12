/** Where an archive will be: symbolic links in its name are followed, and only a regular file is ever replaced. */
import type { ByteString } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { closeQuietly } from '../exact-io.ts'
import type { FileSystem, Handle, NodeStatus } from '../ports.ts'
import { splitSource } from './inputs.ts'

/** As many as the system follows (path_resolution(7)). */
const MOST_LINKS = 40

export interface ArchivePlace {
  /** Open; its filesystem is the archive's. */
  readonly folder: Handle
  readonly name: ByteString
  /** The regular file that the archive will replace; undefined when nothing has the name. */
  readonly replaced: NodeStatus | undefined
}

/**
 * Opens the folder of the archive called `path`, which is made of `sources`. Throws `is-a-directory` and `not-replaceable`
 * for what isn't replaced, `symbolic-link` where links lead to each other, `usage` for an archive that is a source.
 */
export function openArchivePlace(files: FileSystem, path: ByteString, sources: readonly NodeStatus[]): ArchivePlace {
  let at = path
  for (let links = 0; links <= MOST_LINKS; links++) {
    const { folder, name } = splitSource(at)
    const handle = files.openDirectoryPath(folder)
    try {
      const found = isFolderName(name) ? undefined : files.statusAt(handle, name)
      if (found?.kind !== 'symlink') {
        requireReplaceable(at, name, found)
        // What a link there stands for may be a pipe that has no name.
        if (found === undefined && links > 0 && files.filesystemInfo(handle).type === 'proc') throw notReplaceable()
        if (found !== undefined && sources.some((source) => isSame(source, found))) {
          throw new ReftarError('usage', 'An archive can’t be made of itself; name another one')
        }
        return { folder: handle, name, replaced: found }
      }
      const target = files.readLink(handle, name)
      const slash = at.endsWith('/') ? '/' : ''
      at = (target.startsWith('/') ? `${target}${slash}` : `${folder}/${target}${slash}`) as ByteString
    } catch (error) {
      closeQuietly(files, handle)
      throw error
    }
    closeQuietly(files, handle)
  }
  throw new ReftarError('symbolic-link', 'Its symbolic links lead to each other')
}

/** Whether both are one file on disk. */
export function isSame(one: NodeStatus, other: NodeStatus): boolean {
  return one.inode === other.inode && one.device === other.device
}

function requireReplaceable(path: ByteString, name: ByteString, found: NodeStatus | undefined): void {
  if (found?.kind === 'directory' || isFolderName(name)) {
    throw new ReftarError('is-a-directory', 'A folder has that name')
  }
  if (path.endsWith('/')) throw new ReftarError('is-a-directory', 'A name that ends in “/” is a folder’s')
  if (found !== undefined && found.kind !== 'file') throw notReplaceable()
}

function isFolderName(name: ByteString): boolean {
  return name === '' || name === '.' || name === '..'
}

/** Refuses what has the archive's name and isn't replaced. */
export function notReplaceable(): ReftarError {
  return new ReftarError('not-replaceable', 'It isn’t a regular file, and nothing else is replaced')
}
