/** Making, naming and removing nodes: the *at family, always one component below a held folder. */
import type { Handle, NodeKind, RenameMode } from '../../src/main/engine/ports.ts'
import type { ByteString } from '../../src/shared/byte-string.ts'
import { errnoName, errnoNumbers, systemError } from '../errno.ts'
import { kindBits } from '../node-kind.ts'
import { renameWithoutReplacing } from '../rename-without-replacing.ts'
import {
  allocateNames,
  bind,
  check,
  lastErrno,
  nameBytes,
  PATH_MAX,
  secondNameBytes,
  secondPathBytes,
  syscallNumbers,
} from './libc.ts'
import { setModeAt } from './metadata.ts'
import { chmodOpen, modeNeedsChmod } from './mode.ts'
import { close, createFile, openNewDirectory, unlinkatCall } from './open.ts'
import { statusAt } from './stat.ts'

// mkdir(2), symlink(2), link(2), readlink(2), mknod(2), rename(2)
const mkdiratCall = bind<(directory: number, name: Buffer, mode: number) => number>(
  'int mkdirat(int dirfd, const void *path, mode_t mode)',
)
const symlinkatCall = bind<(target: Buffer, directory: number, name: Buffer) => number>(
  'int symlinkat(const void *target, int dirfd, const void *path)',
)
const linkatCall = bind<
  (sourceDirectory: number, sourceName: Buffer, directory: number, name: Buffer, flags: number) => number
>('int linkat(int olddirfd, const void *oldpath, int newdirfd, const void *newpath, int flags)')
const readlinkatCall = bind<(directory: number, name: Buffer, buffer: Buffer, size: number) => number>(
  'ssize_t readlinkat(int dirfd, const void *path, void *buffer, size_t size)',
)
// Older C libraries have mknodat and renameat2 only as inline functions or not at all.
const mknodatCall = bind<(call: number, directory: number, name: Buffer, mode: number, device: number) => number>(
  'int64_t syscall(int64_t call, int dirfd, const void *path, mode_t mode, unsigned int device)',
)
const renameat2Call = bind<
  (call: number, sourceDirectory: number, sourceName: Buffer, directory: number, name: Buffer, flags: number) => number
>(
  'int64_t syscall(int64_t call, int olddirfd, const void *oldpath, int newdirfd, const void *newpath, unsigned int flags)',
)

const AT_REMOVEDIR = 0x200
// linux/fs.h
const RENAME_NOREPLACE = 0x1
const RENAME_EXCHANGE = 0x2

/** A new folder; `mode` is not subject to the umask. `already-exists` when the name is taken. */
export function makeDirectory(directory: Handle, name: ByteString, mode: number): void {
  check(mkdiratCall(directory, nameBytes(name), mode & 0o7777), 'mkdirat')
  if (!modeNeedsChmod(mode)) return
  const handle = openNewDirectory(directory, name)
  try {
    chmodOpen(handle, mode)
  } finally {
    close(handle)
  }
}

/** A new symbolic link to `target`, which is stored as it is. */
export function makeSymlink(directory: Handle, name: ByteString, target: ByteString): void {
  check(symlinkatCall(secondPathBytes(target), directory, nameBytes(name)), 'symlinkat')
}

/** A second name for a node. Without AT_SYMLINK_FOLLOW linkat never follows a link at the source. */
export function makeHardLink(
  sourceDirectory: Handle,
  sourceName: ByteString,
  directory: Handle,
  name: ByteString,
): void {
  check(linkatCall(sourceDirectory, nameBytes(sourceName), directory, secondNameBytes(name), 0), 'linkat')
}

/**
 * dev_t as the kernel takes it: new_encode_dev of linux/kdev_t.h, 12 bits of major and 20 of minor. `invalid-argument`
 * beyond that.
 */
export function encodeDevice(major: number, minor: number): number {
  if (!(major >= 0 && major < 0x1000 && minor >= 0 && minor < 0x10_0000)) throw systemError('EINVAL', 'mknodat')
  return ((minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12)) >>> 0
}

/** mknodat(2) of any kind but folders and links; devices need CAP_MKNOD (`not-permitted`). Not subject to the umask. */
export function makeNode(
  directory: Handle,
  name: ByteString,
  kind: NodeKind,
  mode: number,
  deviceMajor: number,
  deviceMinor: number,
): void {
  if (kind === 'directory' || kind === 'symlink') throw systemError('EINVAL', 'mknodat')
  const isDevice = kind === 'character-device' || kind === 'block-device'
  const device = isDevice ? encodeDevice(deviceMajor, deviceMinor) : 0
  check(
    mknodatCall(syscallNumbers.mknodat, directory, nameBytes(name), kindBits[kind] | (mode & 0o7777), device),
    'mknodat',
  )
  if (modeNeedsChmod(mode)) setModeAt(directory, name, mode)
}

/** Removes a name that is no folder. */
export function unlink(directory: Handle, name: ByteString): void {
  check(unlinkatCall(directory, nameBytes(name), 0), 'unlinkat')
}

/** Removes an empty folder. */
export function removeDirectory(directory: Handle, name: ByteString): void {
  check(unlinkatCall(directory, nameBytes(name), AT_REMOVEDIR), 'unlinkat')
}

// No link's target is longer than PATH_MAX, so a full buffer can't hide a longer one.
const linkBuffer = allocateNames(PATH_MAX + 1)

/** The target of a symbolic link, as stored. */
export function readLink(directory: Handle, name: ByteString): ByteString {
  const length = check(readlinkatCall(directory, nameBytes(name), linkBuffer, linkBuffer.length), 'readlinkat')
  return linkBuffer.latin1Slice(0, length) as ByteString
}

function renameWith(
  sourceDirectory: Handle,
  sourceName: ByteString,
  directory: Handle,
  name: ByteString,
  flags: number,
): number {
  const source = nameBytes(sourceName)
  return renameat2Call(syscallNumbers.renameat2, sourceDirectory, source, directory, secondNameBytes(name), flags)
}

/** RENAME_NOREPLACE out of other calls. Exported for tests, as the filesystems at hand all have the flag. */
export function renameByLinking(
  sourceDirectory: Handle,
  sourceName: ByteString,
  directory: Handle,
  name: ByteString,
): void {
  renameWithoutReplacing({
    sourceIsDirectory: () => statusAt(sourceDirectory, sourceName)?.kind === 'directory',
    link: () => makeHardLink(sourceDirectory, sourceName, directory, name),
    unlinkSource: () => unlink(sourceDirectory, sourceName),
    makeDirectory: () => makeDirectory(directory, name, 0o700),
    makeFile: () => close(createFile(directory, name, 0o600)),
    removeDirectory: () => removeDirectory(directory, name),
    unlinkTarget: () => unlink(directory, name),
    rename: () => {
      check(renameWith(sourceDirectory, sourceName, directory, name, 0), 'renameat2')
    },
  })
}

/**
 * renameat2(2). With `fail-if-exists` an existing target stays and the answer is `already-exists`; `exchange` is
 * `not-supported` where the filesystem hasn't got it, as there is no other way to do that.
 */
export function rename(
  sourceDirectory: Handle,
  sourceName: ByteString,
  directory: Handle,
  name: ByteString,
  mode: RenameMode,
): void {
  const flags = mode === 'fail-if-exists' ? RENAME_NOREPLACE : mode === 'exchange' ? RENAME_EXCHANGE : 0
  if (renameWith(sourceDirectory, sourceName, directory, name, flags) >= 0) return
  const errno = lastErrno()
  // EINVAL also stands for a folder moved into itself; the other way then gives the same answer.
  const flagRefused = flags !== 0 && (errno === errnoNumbers.EINVAL || errno === errnoNumbers.ENOSYS)
  if (!flagRefused) throw systemError(errnoName(errno), 'renameat2')
  if (mode === 'exchange') throw systemError('EOPNOTSUPP', 'renameat2')
  renameByLinking(sourceDirectory, sourceName, directory, name)
}
