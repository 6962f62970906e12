/** Opening and closing. Handles are file descriptors; all are close-on-exec. */
import type { Handle } from '../../src/main/engine/ports.ts'
import { type ByteString, displayName } from '../../src/shared/byte-string.ts'
import { ReftarError } from '../../src/shared/errors.ts'
import { errnoName, errnoNumbers, systemError } from '../errno.ts'
import { checkNoNul, splitBelow, temporaryName } from '../names.ts'
import {
  bind,
  interrupted,
  lastErrno,
  lastError,
  nameBytes,
  PATH_MAX,
  pathBytes,
  syscallNumbers,
  viewOf,
} from './libc.ts'
import { chmodOpen, modeNeedsChmod } from './mode.ts'

// fcntl.h, asm-generic/fcntl.h. O_DIRECTORY, O_NOFOLLOW (and so O_TMPFILE) are other bits on arm64.
const arm = process.arch === 'arm64'
const O_RDWR = 0o2
const O_CREAT = 0o100
const O_EXCL = 0o200
const O_NOCTTY = 0o400
const O_NONBLOCK = 0o4000
const O_DIRECTORY = arm ? 0o40000 : 0o200000
const O_NOFOLLOW = arm ? 0o100000 : 0o400000
const O_NOATIME = 0o1000000
const O_CLOEXEC = 0o2000000
const O_PATH = 0o10000000
const O_TMPFILE = 0o20000000 | O_DIRECTORY
const AT_FDCWD = -100

const OPEN_DIRECTORY = O_DIRECTORY | O_CLOEXEC
const OPEN_FILE = O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
const CREATE_FILE = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC

// open(2), close(2)
const openatCall = bind<(directory: number, path: Buffer, flags: number, mode: number) => number>(
  'int openat(int dirfd, const void *path, int flags, mode_t mode)',
)
const closeCall = bind<(descriptor: number) => number>('int close(int fd)')

/*
 * openat2(2), linux/openat2.h:
 *   struct open_how { __u64 flags; __u64 mode; __u64 resolve; };
 */
const openat2Call = bind<(call: number, directory: number, path: Buffer, how: Buffer, size: number) => number>(
  'int64_t syscall(int64_t call, int dirfd, const void *path, void *how, size_t size)',
)
const OPEN_HOW_SIZE = 24
const OPEN_HOW_FLAGS = 0
const OPEN_HOW_MODE = 8
const OPEN_HOW_RESOLVE = 16
const RESOLVE_NO_MAGICLINKS = 0x02
const RESOLVE_NO_SYMLINKS = 0x04
const RESOLVE_BENEATH = 0x08

/** struct open_how for a folder below another: exported for the test of its bytes. */
export function encodeOpenHow(flags: number): Buffer {
  const how = Buffer.alloc(OPEN_HOW_SIZE)
  const view = viewOf(how)
  view.setBigUint64(OPEN_HOW_FLAGS, BigInt(flags), true)
  view.setBigUint64(OPEN_HOW_MODE, 0n, true)
  view.setBigUint64(OPEN_HOW_RESOLVE, BigInt(RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS), true)
  return how
}
const openDirectoryHow = encodeOpenHow(OPEN_DIRECTORY)

/** openat(2) with EINTR repeated. `path` is a C string. Throws what the kernel refuses with. */
function openat(directory: number, path: Buffer, flags: number, mode: number, operation: string): Handle {
  for (;;) {
    const descriptor = openatCall(directory, path, flags, mode)
    if (descriptor >= 0) return descriptor as Handle
    if (!interrupted()) throw lastError(operation)
  }
}

/** close(2). Never repeated: on Linux the descriptor is gone even after EINTR. Late write errors (EIO, ENOSPC) are thrown. */
export function close(handle: Handle): void {
  if (closeCall(handle) < 0 && !interrupted()) throw lastError('close')
}

/**
 * Opens a path of any length that the user named, following links. One of PATH_MAX bytes or more is walked in pieces
 * that the kernel accepts, each through a descriptor that needs no right to read (O_PATH).
 */
function openNamed(path: ByteString, flags: number, operation: string): Handle {
  checkNoNul(path)
  let directory = AT_FDCWD
  let rest: string = path === '' ? '.' : path
  try {
    while (rest.length >= PATH_MAX) {
      const cut = rest.lastIndexOf('/', PATH_MAX - 2)
      if (cut < 0) throw systemError('ENAMETOOLONG', operation)
      // The slash belongs to the piece: it makes the kernel want a folder, and keeps a leading one.
      const piece = pathBytes(rest.slice(0, cut + 1) as ByteString)
      const next = openat(directory, piece, O_PATH | OPEN_DIRECTORY, 0, operation)
      if (directory !== AT_FDCWD) closeCall(directory)
      directory = next
      rest = rest.slice(cut + 1).replace(/^\/+/, '')
      if (rest === '') rest = '.'
    }
    return openat(directory, pathBytes(rest as ByteString), flags, 0, operation)
  } catch (error) {
    if (!(error instanceof ReftarError)) throw error
    throw new ReftarError(error.code, error.said, { path: displayName(path), ...error.context })
  } finally {
    if (directory !== AT_FDCWD) closeCall(directory)
  }
}

/** A folder the user named, links followed; the current one for an empty path. Its path is in the error's context. */
export function openDirectoryPath(path: ByteString): Handle {
  return openNamed(path, OPEN_DIRECTORY, 'open')
}

/** What the user named, links followed. O_NONBLOCK: a FIFO opens at once, and whoever asks for its kind can refuse it. */
export function openFilePath(path: ByteString, access: 'read' | 'read-write'): Handle {
  return openNamed(path, O_NONBLOCK | O_NOCTTY | O_CLOEXEC | (access === 'read' ? 0 : O_RDWR), 'open')
}

/** One component that must be a folder and no link, for kernels and sandboxes without openat2. */
function openDirectoryComponent(directory: number, name: ByteString, flags: number): Handle {
  try {
    return openat(directory, nameBytes(name), flags | O_NOFOLLOW, 0, 'openat')
  } catch (error) {
    // With O_DIRECTORY and O_NOFOLLOW a link answers ENOTDIR like a file does: ask again without O_DIRECTORY.
    if (!(error instanceof ReftarError) || error.code !== 'not-a-directory') throw error
    closeCall(openat(directory, nameBytes(name), OPEN_FILE, 0, 'openat'))
    throw error
  }
}

/** The folder below, one openat a component: as safe as openat2 since no component may be a link or `..`. Exported for tests. */
export function walkBelow(directory: Handle, components: readonly ByteString[]): Handle {
  let current: Handle = directory
  try {
    for (const [index, component] of components.entries()) {
      const last = index === components.length - 1
      const next = openDirectoryComponent(current, component, last ? OPEN_DIRECTORY : O_PATH | OPEN_DIRECTORY)
      if (current !== directory) closeCall(current)
      current = next
    }
    return current
  } catch (error) {
    if (current !== directory) closeCall(current)
    throw error
  }
}

let openat2Missing = false

/** openat2 of a path shorter than PATH_MAX; undefined where the kernel (before 5.6) or a sandbox has no openat2. */
function openBeneath(directory: Handle, path: ByteString): Handle | undefined {
  for (let attempt = 0; ; attempt++) {
    const descriptor = openat2Call(syscallNumbers.openat2, directory, pathBytes(path), openDirectoryHow, OPEN_HOW_SIZE)
    if (descriptor >= 0) return descriptor as Handle
    const errno = lastErrno()
    if (errno === errnoNumbers.ENOSYS || errno === errnoNumbers.EPERM) return undefined
    // EAGAIN: something was renamed or mounted while the kernel looked; it asks to be called again.
    if (errno !== errnoNumbers.EINTR && (errno !== errnoNumbers.EAGAIN || attempt > 100))
      throw systemError(errnoName(errno), 'openat2')
  }
}

/**
 * A folder below `directory` by a relative path, without ever following a link or leaving it: `symbolic-link` for a
 * link anywhere in it, `unsafe-path` for `..`, an absolute path or an empty component. An empty path opens the folder again.
 */
export function openDirectoryBelow(directory: Handle, path: ByteString): Handle {
  const components = splitBelow(path)
  if (components.length === 0) return openat(directory, pathBytes('.' as ByteString), OPEN_DIRECTORY, 0, 'openat')
  if (!openat2Missing && path.length < PATH_MAX) {
    const handle = openBeneath(directory, path)
    if (handle !== undefined) return handle
    openat2Missing = true
  }
  return walkBelow(directory, components)
}

/**
 * An existing file for reading; `symbolic-link` when the name is a link. O_NONBLOCK: a FIFO opens at once. Reading
 * doesn't change its access time, where it is ours (O_NOATIME; EPERM for files of others).
 */
export function openFile(directory: Handle, name: ByteString): Handle {
  const bytes = nameBytes(name)
  for (;;) {
    const descriptor = openatCall(directory, bytes, OPEN_FILE | O_NOATIME, 0)
    if (descriptor >= 0) return descriptor as Handle
    const errno = lastErrno()
    if (errno === errnoNumbers.EPERM) return openat(directory, bytes, OPEN_FILE, 0, 'openat')
    if (errno !== errnoNumbers.EINTR) throw systemError(errnoName(errno), 'openat')
  }
}

/** A new file, read-write; `already-exists` when the name is taken. A default ACL of the folder still applies. */
export function createFile(directory: Handle, name: ByteString, mode: number): Handle {
  const handle = openat(directory, nameBytes(name), CREATE_FILE, mode, 'openat')
  if (!modeNeedsChmod(mode)) return handle
  try {
    chmodOpen(handle, mode)
    return handle
  } catch (error) {
    unlinkatCall(directory, nameBytes(name), 0)
    closeCall(handle)
    throw error
  }
}

/** A folder just made, for setting its mode; never follows a link that has taken its place. */
export function openNewDirectory(directory: Handle, name: ByteString): Handle {
  return openDirectoryComponent(directory, name, OPEN_DIRECTORY)
}

/** The name itself, links included, without any right to read or write it (O_PATH | O_NOFOLLOW). */
export function openNode(directory: Handle, name: ByteString): Handle {
  return openat(directory, nameBytes(name), O_PATH | O_NOFOLLOW | O_CLOEXEC, 0, 'openat')
}

/** unlink(2), rmdir(2); here because an unnamed file may need it. `name` is a C string. */
export const unlinkatCall = bind<(directory: number, name: Buffer, flags: number) => number>(
  'int unlinkat(int dirfd, const void *path, int flags)',
)

/** Created under a random name and unlinked at once, where the filesystem has no O_TMPFILE. Exported for tests. */
export function createAndUnlink(directory: Handle): Handle {
  const name = temporaryName()
  const handle = openat(directory, nameBytes(name), CREATE_FILE, 0o600, 'openat')
  // Another run may take it for what a killed one left, and be quicker.
  if (unlinkatCall(directory, nameBytes(name), 0) === 0 || lastErrno() === errnoNumbers.ENOENT) return handle
  const error = lastError('unlinkat')
  closeCall(handle)
  throw error
}

/** A file without a name, read-write, on the filesystem of `directory`; its space is free again when it is closed. */
export function createUnnamedFile(directory: Handle): Handle {
  for (;;) {
    // O_EXCL here means that no name can be given to it later (open(2)).
    const descriptor = openatCall(
      directory,
      pathBytes('.' as ByteString),
      O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC,
      0o600,
    )
    if (descriptor >= 0) return descriptor as Handle
    const errno = lastErrno()
    // EISDIR and ENOENT: kernels that don't know the flag. EINVAL: filesystems that refuse it oddly.
    if (errno === errnoNumbers.EOPNOTSUPP || errno === errnoNumbers.EISDIR || errno === errnoNumbers.EINVAL)
      return createAndUnlink(directory)
    if (errno !== errnoNumbers.EINTR) throw systemError(errnoName(errno), 'openat')
  }
}
