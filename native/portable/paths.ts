/**
 * Handles and paths over node:fs, which knows no folder handles: a folder's handle is a number above every descriptor
 * that stands for its resolved path; a file's handle is its descriptor, so 0, 1 and 2 are the standard streams.
 */
import fs from 'node:fs'
import type { Handle } from '../../src/main/engine/ports.ts'
import { type ByteString, bytesToByteString, displayName, joinPath } from '../../src/shared/byte-string.ts'
import { type ErrorContext, ReftarError } from '../../src/shared/errors.ts'
import { systemError } from '../errno.ts'
import { checkComponent } from '../names.ts'

const FIRST_DIRECTORY_HANDLE = 0x4000_0000

/** A path as node:fs takes it: its bytes. On Windows, where names are UTF-16, node reads them as UTF-8. */
export function pathBuffer(path: ByteString): Buffer {
  return Buffer.from(path, 'latin1')
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}

/** Runs calls of node:fs; what they throw becomes a ReftarError. */
export function attempt<Result>(call: () => Result, context?: ErrorContext): Result {
  try {
    return call()
  } catch (error) {
    if (error instanceof ReftarError || !isSystemError(error)) throw error
    throw systemError(error.code ?? 'unknown', error.syscall ?? 'unknown', context)
  }
}

export interface PathTable {
  /** A new handle for a folder that is known to exist. */
  addDirectory(path: ByteString): Handle
  addFile(descriptor: number, path: ByteString, removeOnClose?: boolean): Handle
  /** The path behind a handle; undefined for descriptors from elsewhere. */
  pathOf(handle: Handle): ByteString | undefined
  isDirectory(handle: Handle): boolean
  directoryPath(handle: Handle): ByteString
  /** The path of one component in a folder. */
  child(directory: Handle, name: ByteString): Buffer
  childPath(directory: Handle, name: ByteString): ByteString
  close(handle: Handle): void
}

interface OpenFile {
  readonly path: ByteString
  readonly removeOnClose: boolean
}

/** The handles of one set of portable ports. */
export function createPathTable(): PathTable {
  const directories = new Map<number, ByteString>()
  const openFiles = new Map<number, OpenFile>()
  let nextDirectory = FIRST_DIRECTORY_HANDLE

  const directoryPath = (handle: Handle): ByteString => {
    const path = directories.get(handle)
    if (path === undefined) throw systemError('EBADF', 'open')
    return path
  }
  const childPath = (directory: Handle, name: ByteString): ByteString => {
    checkComponent(name)
    const parent = directoryPath(directory)
    return parent.endsWith('/') ? (`${parent}${name}` as ByteString) : joinPath(parent, name)
  }

  return {
    addDirectory: (path) => {
      const handle = nextDirectory++
      directories.set(handle, path)
      return handle as Handle
    },
    addFile: (descriptor, path, removeOnClose = false) => {
      openFiles.set(descriptor, { path, removeOnClose })
      return descriptor as Handle
    },
    pathOf: (handle) => directories.get(handle) ?? openFiles.get(handle)?.path,
    isDirectory: (handle) => directories.has(handle),
    directoryPath,
    childPath,
    child: (directory, name) => pathBuffer(childPath(directory, name)),
    close: (handle) => {
      if (directories.delete(handle)) return
      const file = openFiles.get(handle)
      openFiles.delete(handle)
      attempt(() => fs.closeSync(handle))
      if (file?.removeOnClose === true) fs.rmSync(pathBuffer(file.path), { force: true })
    },
  }
}

/** The real path of a folder, its links resolved, so that later changes to links don't move the handle. */
export function resolveDirectory(path: ByteString): ByteString {
  const context = { path: displayName(path) }
  const real = attempt(
    () => fs.realpathSync.native(pathBuffer(path === '' ? ('.' as ByteString) : path), 'buffer'),
    context,
  )
  if (!attempt(() => fs.statSync(real), context).isDirectory()) throw systemError('ENOTDIR', 'open', context)
  return bytesToByteString(real)
}
