/** Opening over node:fs. Without openat a swapped folder can't be excluded: each component is looked at instead. */
import fs, { constants } from 'node:fs'
import type { FileSystem, Handle } from '../../src/main/engine/ports.ts'
import { type ByteString, displayName } from '../../src/shared/byte-string.ts'
import { systemError } from '../errno.ts'
import { checkNoNul, splitBelow, temporaryName } from '../names.ts'
import { attempt, type PathTable, pathBuffer, resolveDirectory } from './paths.ts'

type OpenCalls = Pick<
  FileSystem,
  | 'openDirectoryPath'
  | 'openDirectoryBelow'
  | 'openFilePath'
  | 'openFile'
  | 'createFile'
  | 'createUnnamedFile'
  | 'close'
>

// Not on every platform.
const O_NOFOLLOW = constants.O_NOFOLLOW ?? 0
const O_NONBLOCK = constants.O_NONBLOCK ?? 0

const CREATE = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | O_NOFOLLOW

function refuseLink(path: Buffer): fs.Stats {
  const stats = fs.lstatSync(path)
  if (stats.isSymbolicLink()) throw systemError('ELOOP', 'open')
  return stats
}

/** The opening half of the portable FileSystem. */
export function createOpenCalls(table: PathTable): OpenCalls {
  const create = (directory: Handle, name: ByteString, mode: number): Handle => {
    const path = table.childPath(directory, name)
    return attempt(() => {
      const descriptor = fs.openSync(pathBuffer(path), CREATE, mode)
      // Brings back what the umask took.
      fs.fchmodSync(descriptor, mode)
      return table.addFile(descriptor, path)
    })
  }

  return {
    openDirectoryPath: (path) => {
      checkNoNul(path)
      return table.addDirectory(resolveDirectory(path))
    },
    openDirectoryBelow: (directory, path) => {
      let handle = table.addDirectory(table.directoryPath(directory))
      for (const component of splitBelow(path)) {
        const next = table.childPath(handle, component)
        table.close(handle)
        const stats = attempt(() => refuseLink(pathBuffer(next)))
        if (!stats.isDirectory()) throw systemError('ENOTDIR', 'open')
        handle = table.addDirectory(next)
      }
      return handle
    },
    openFilePath: (path, access) => {
      checkNoNul(path)
      const flags = O_NONBLOCK | (access === 'read' ? constants.O_RDONLY : constants.O_RDWR)
      return attempt(() => table.addFile(fs.openSync(pathBuffer(path), flags), path), { path: displayName(path) })
    },
    openFile: (directory, name) => {
      const path = table.childPath(directory, name)
      return attempt(() => {
        if (O_NOFOLLOW === 0) refuseLink(pathBuffer(path))
        return table.addFile(fs.openSync(pathBuffer(path), constants.O_RDONLY | O_NOFOLLOW | O_NONBLOCK), path)
      })
    },
    createFile: create,
    createUnnamedFile: (directory) => {
      const name = temporaryName()
      const handle = create(directory, name, 0o600)
      const path = table.childPath(directory, name)
      try {
        fs.unlinkSync(pathBuffer(path))
      } catch {
        // Where an open file can't lose its name it does so when it is closed.
        table.addFile(handle, path, true)
      }
      return handle
    },
    close: (handle) => table.close(handle),
  }
}
