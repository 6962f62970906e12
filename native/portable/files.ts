/** Bytes, names and metadata over node:fs. What node:fs can't do is said once here, by the mildest answer ports.ts allows. */

import fs from 'node:fs'
import type { FileSystem, Handle, NodeStatus } from '../../src/main/engine/ports.ts'
import { bytesToByteString } from '../../src/shared/byte-string.ts'
import { ReftarError } from '../../src/shared/errors.ts'
import type { Timestamp } from '../../src/shared/timestamp.ts'
import { systemError } from '../errno.ts'
import { filesystemType } from '../filesystem-types.ts'
import { checkNoNul } from '../names.ts'
import type { kindOfMode } from '../node-kind.ts'
import { renameWithoutReplacing } from '../rename-without-replacing.ts'
import { createOpenCalls } from './open.ts'
import { attempt, createPathTable, type PathTable, pathBuffer } from './paths.ts'
import { decodeStats } from './stat.ts'

/**
 * node:fs takes times as seconds in floating point: right to a microsecond. As text, because it replaces negative
 * numbers, but not negative text, by the current time.
 */
function toSeconds({ seconds, nanoseconds }: Timestamp): string {
  if (!(nanoseconds >= 0 && nanoseconds <= 999_999_999)) throw systemError('EINVAL', 'utimes')
  return String(seconds + nanoseconds / 1e9)
}

function direntKind(entry: fs.Dirent<Buffer>): ReturnType<typeof kindOfMode> | undefined {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'directory'
  if (entry.isSymbolicLink()) return 'symlink'
  if (entry.isFIFO()) return 'fifo'
  if (entry.isSocket()) return 'socket'
  if (entry.isCharacterDevice()) return 'character-device'
  return entry.isBlockDevice() ? 'block-device' : undefined
}

type ByteCalls = Pick<
  FileSystem,
  | 'read'
  | 'waitForInput'
  | 'write'
  | 'beginWriteback'
  | 'truncate'
  | 'punchHole'
  | 'seekData'
  | 'seekHole'
  | 'copyRange'
  | 'sync'
  | 'tryLock'
>

function createByteCalls(table: PathTable): ByteCalls {
  return {
    read: (handle, buffer, offset, length, position) =>
      attempt(() => fs.readSync(handle, buffer, offset, length, position)),
    waitForInput: () => true,
    write: (handle, buffer, offset, length, position) =>
      attempt(() => fs.writeSync(handle, buffer, offset, length, position)),
    beginWriteback: () => undefined,
    truncate: (handle, sizeBytes) => attempt(() => fs.ftruncateSync(handle, sizeBytes)),
    punchHole: () => false,
    // All of a file counts as data.
    seekData: (handle, offset) => (offset < attempt(() => fs.fstatSync(handle)).size ? offset : -1),
    seekHole: (handle, offset) => Math.max(offset, attempt(() => fs.fstatSync(handle)).size),
    copyRange: () => 0,
    tryLock: () => 'unknown',
    sync: (handle) => {
      if (!table.isDirectory(handle)) return attempt(() => fs.fsyncSync(handle))
      // Windows can't open a folder, and needs no fsync of one.
      if (process.platform === 'win32') return
      attempt(() => {
        const descriptor = fs.openSync(pathBuffer(table.directoryPath(handle)), 'r')
        try {
          fs.fsyncSync(descriptor)
        } finally {
          fs.closeSync(descriptor)
        }
      })
    },
  }
}

type LookCalls = Pick<
  FileSystem,
  'status' | 'isUnchanged' | 'statusAt' | 'readDirectory' | 'readLink' | 'filesystemInfo'
>

function isSameTime(a: Timestamp, b: Timestamp): boolean {
  return a.seconds === b.seconds && a.nanoseconds === b.nanoseconds
}

function createLookCalls(table: PathTable): LookCalls {
  const status = (handle: Handle): NodeStatus =>
    attempt(() =>
      decodeStats(
        table.isDirectory(handle)
          ? fs.lstatSync(pathBuffer(table.directoryPath(handle)), { bigint: true })
          : fs.fstatSync(handle, { bigint: true }),
      ),
    )
  return {
    status,
    isUnchanged: (handle, before) => {
      const now = status(handle)
      return (
        now.sizeBytes === before.sizeBytes &&
        isSameTime(now.modifyTime, before.modifyTime) &&
        isSameTime(now.changeTime, before.changeTime)
      )
    },
    statusAt: (directory, name) =>
      attempt(() => {
        const stats = fs.lstatSync(table.child(directory, name), { bigint: true, throwIfNoEntry: false })
        return stats === undefined ? undefined : decodeStats(stats)
      }),
    readDirectory: (directory) =>
      attempt(() => {
        const path = pathBuffer(table.directoryPath(directory))
        const entries = fs.readdirSync(path, { encoding: 'buffer', withFileTypes: true })
        return entries.map((entry) => ({ name: bytesToByteString(entry.name), kind: direntKind(entry) }))
      }),
    readLink: (directory, name) =>
      attempt(() => bytesToByteString(fs.readlinkSync(table.child(directory, name), 'buffer'))),
    filesystemInfo: (handle) => {
      const path = table.pathOf(handle)
      if (path === undefined) throw systemError('EBADF', 'statfs')
      return attempt(() => {
        const { type, bsize, blocks, bfree, bavail } = fs.statfsSync(pathBuffer(path))
        const id = fs.statSync(pathBuffer(path), { bigint: true }).dev.toString(16).padStart(16, '0')
        return {
          // The numbers are Linux's.
          type: process.platform === 'linux' ? filesystemType(type) : 'unknown',
          id,
          blockSizeBytes: bsize,
          totalBytes: blocks * bsize,
          freeBytes: bfree * bsize,
          availableBytes: bavail * bsize,
        }
      })
    },
  }
}

type NameCalls = Pick<
  FileSystem,
  'makeDirectory' | 'makeSymlink' | 'makeHardLink' | 'makeNode' | 'rename' | 'unlink' | 'removeDirectory'
>

function createNameCalls(table: PathTable): NameCalls {
  const unlink: FileSystem['unlink'] = (directory, name) => attempt(() => fs.unlinkSync(table.child(directory, name)))
  const removeDirectory: FileSystem['removeDirectory'] = (directory, name) =>
    attempt(() => fs.rmdirSync(table.child(directory, name)))
  const makeHardLink: FileSystem['makeHardLink'] = (sourceDirectory, sourceName, directory, name) =>
    attempt(() => fs.linkSync(table.child(sourceDirectory, sourceName), table.child(directory, name)))
  return {
    makeDirectory: (directory, name, mode) =>
      attempt(() => {
        const path = table.child(directory, name)
        fs.mkdirSync(path, { mode })
        fs.chmodSync(path, mode)
      }),
    makeSymlink: (directory, name, target) => {
      checkNoNul(target)
      attempt(() => fs.symlinkSync(pathBuffer(target), table.child(directory, name)))
    },
    makeHardLink,
    makeNode: () => {
      throw new ReftarError('not-supported', 'Devices and FIFOs can’t be made on this platform', { operation: 'mknod' })
    },
    rename: (sourceDirectory, sourceName, directory, name, mode) => {
      const source = table.child(sourceDirectory, sourceName)
      const target = table.child(directory, name)
      if (mode === 'exchange') throw systemError('EOPNOTSUPP', 'rename')
      const rename = (): void => attempt(() => fs.renameSync(source, target))
      if (mode === 'replace') return rename()
      renameWithoutReplacing({
        sourceIsDirectory: () => attempt(() => fs.lstatSync(source)).isDirectory(),
        link: () => makeHardLink(sourceDirectory, sourceName, directory, name),
        unlinkSource: () => unlink(sourceDirectory, sourceName),
        makeDirectory: () => attempt(() => void fs.mkdirSync(target)),
        makeFile: () => attempt(() => fs.closeSync(fs.openSync(target, 'wx', 0o600))),
        removeDirectory: () => removeDirectory(directory, name),
        unlinkTarget: () => unlink(directory, name),
        rename,
      })
    },
    unlink,
    removeDirectory,
  }
}

type MetadataCalls = Omit<
  FileSystem,
  keyof ByteCalls | keyof LookCalls | keyof NameCalls | keyof ReturnType<typeof createOpenCalls>
>

function createMetadataCalls(table: PathTable): MetadataCalls {
  /** By descriptor for a file, by path for a folder. */
  const onHandle = (handle: Handle, file: () => void, directory: (path: Buffer) => void): void =>
    attempt(() => (table.isDirectory(handle) ? directory(pathBuffer(table.directoryPath(handle))) : file()))
  const noAttributes = (): never => {
    throw new ReftarError('not-supported', 'Extended attributes can’t be set on this platform', {
      operation: 'setxattr',
    })
  }
  return {
    setMode: (handle, mode) =>
      onHandle(
        handle,
        () => fs.fchmodSync(handle, mode),
        (path) => fs.chmodSync(path, mode),
      ),
    setTimes: (handle, accessTime, modifyTime) => {
      const times = [toSeconds(accessTime), toSeconds(modifyTime)] as const
      onHandle(
        handle,
        () => fs.futimesSync(handle, ...times),
        (path) => fs.lutimesSync(path, ...times),
      )
    },
    setOwner: (handle, uid, gid) =>
      onHandle(
        handle,
        () => fs.fchownSync(handle, uid, gid),
        (path) => fs.lchownSync(path, uid, gid),
      ),
    setTimesAt: (directory, name, accessTime, modifyTime) =>
      attempt(() => fs.lutimesSync(table.child(directory, name), toSeconds(accessTime), toSeconds(modifyTime))),
    setOwnerAt: (directory, name, uid, gid) => attempt(() => fs.lchownSync(table.child(directory, name), uid, gid)),
    setModeAt: (directory, name, mode) =>
      attempt(() => {
        const path = table.child(directory, name)
        if (fs.lstatSync(path).isSymbolicLink()) throw systemError('EOPNOTSUPP', 'chmod')
        fs.chmodSync(path, mode)
      }),
    readAttributes: () => [],
    readAttributesAt: () => [],
    writeAttribute: noAttributes,
    writeAttributeAt: noAttributes,
    inodeFlags: () => 0,
    setInodeFlags: () => {
      throw new ReftarError('not-supported', 'Inode flags can’t be set on this platform', { operation: 'chattr' })
    },
  }
}

/** A FileSystem of its own handles: they mean nothing to another one. */
export function createPortableFiles(): FileSystem {
  const table = createPathTable()
  return {
    ...createOpenCalls(table),
    ...createByteCalls(table),
    ...createLookCalls(table),
    ...createNameCalls(table),
    ...createMetadataCalls(table),
  }
}
