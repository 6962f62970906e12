/** Whether an extraction surely can't fit: then nothing is begun. In every doubt it is, and the disk decides. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import type { ExtractOptions } from '../../../shared/jobs.ts'
import { said } from '../../../shared/said.ts'
import { closeQuietly, readUpTo } from '../exact-io.ts'
import type { FileSystem, FilesystemInfo, Handle } from '../ports.ts'

/** Filesystems that take as many blocks for what is written as it has bytes; btrfs, unless it compresses. */
const withoutCompression: ReadonlySet<string> = new Set(['xfs', 'ext4', 'tmpfs'])
/** FS_COMPR_FL of linux/fs.h: what is made in such a folder is compressed. */
const compressedFlag = 0x4
/** More than anybody has mounted. */
const longestMountTableBytes = 4 << 20

/** Free on the target's filesystem, for anybody; undefined where what is written may take less than its size. */
export function surelyFreeBytes(files: FileSystem, root: Handle): number | undefined {
  const info = files.filesystemInfo(root)
  // A tmpfs without a limit says that it has nothing at all.
  if (info.totalBytes === 0 || mayCompress(files, root, info)) return undefined
  return info.freeBytes
}

/** The error for an extraction that needs more than there is; undefined when it may fit. */
export function noRoom(
  certainBytes: number,
  freeBytes: number,
  { directory }: ExtractOptions,
): ReftarError | undefined {
  if (certainBytes <= freeBytes) return undefined
  const message = said('{needed} have to be written; {free} are free there', {
    needed: { bytes: certainBytes },
    free: { bytes: freeBytes },
  })
  return new ReftarError('no-space', message, { path: displayName(directory) })
}

function mayCompress(files: FileSystem, root: Handle, { type }: FilesystemInfo): boolean {
  if (withoutCompression.has(type)) return false
  if (type !== 'btrfs' || (files.inodeFlags(root) & compressedFlag) !== 0) return true
  // Which mount it is can't be told from a device number there, so that all of them count (proc_pid_mountinfo(5)).
  const mounts = readMounts(files)
  return mounts === undefined || mounts.split('\n').some((line) => / - btrfs .*compress/.test(line))
}

function readMounts(files: FileSystem): string | undefined {
  try {
    const handle = files.openFilePath('/proc/self/mountinfo' as ByteString, 'read')
    try {
      const buffer = Buffer.alloc(longestMountTableBytes)
      return buffer.toString('latin1', 0, readUpTo(files, handle, buffer, 0, buffer.length, null))
    } finally {
      closeQuietly(files, handle)
    }
  } catch {
    return undefined
  }
}
