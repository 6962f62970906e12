/** Which addresses may be compared: those of one filesystem. */
import { type Said, said } from '../../../shared/said.ts'
import type { FilesystemInfo } from '../ports.ts'

/**
 * The same for all files of one filesystem. btrfs mixes the subvolume's number into the upper half of its f_fsid
 * (fs/btrfs/super.c, btrfs_statfs), though all subvolumes have their blocks in one space; the lower half is the
 * filesystem's alone.
 */
export function filesystemKey(info: FilesystemInfo): string {
  const id = info.type === 'btrfs' ? info.id.slice(-8) : info.id
  return `${info.type}:${id}:${info.totalBytes}`
}

/** Filesystems whose files never share blocks; what they have is theirs alone. */
const withoutSharing: ReadonlySet<string> = new Set(['ext4', 'ext3', 'ext2', 'ext2/ext3', 'vfat', 'exfat', 'f2fs'])

/**
 * Whether addresses can mean anything there. Some kernels let overlayfs answer with those of the filesystem below without
 * saying which that is: files above and below would seem to have blocks of their own.
 */
export function tellsAddresses(info: Pick<FilesystemInfo, 'type'>): boolean {
  return info.type !== 'overlay'
}

/** Why a file's blocks can't be told apart there, in words. */
export function uncheckedWords(info: Pick<FilesystemInfo, 'type'>): Said {
  const filesystem = { verbatim: info.type === 'overlay' ? 'overlayfs' : info.type }
  if (info.type === 'tmpfs' || info.type === 'ramfs')
    return said('{filesystem} keeps files in memory; it has no blocks to share', { filesystem })
  if (info.type === 'unknown') return 'this filesystem doesn’t tell where its files’ blocks are'
  return said('{filesystem} doesn’t tell where its files’ blocks are', { filesystem })
}

/** Whether the SHARED flag can mean anything there. */
export function canShare(info: Pick<FilesystemInfo, 'type'>): boolean {
  return !withoutSharing.has(info.type)
}
