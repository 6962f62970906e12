/** Names of filesystems by the magic number in f_type (linux/magic.h and, outside the kernel's tree, their own sources). */
const MAGIC_NUMBERS = {
  btrfs: [0x9123683e],
  xfs: [0x58465342],
  // ext2 and ext3 have the same number.
  ext4: [0xef53],
  tmpfs: [0x01021994],
  overlay: [0x794c7630],
  nfs: [0x6969],
  zfs: [0x2fc12fc1],
  bcachefs: [0xca451a4e],
  fuse: [0x65735546],
  f2fs: [0xf2f52010],
  squashfs: [0x73717368],
  erofs: [0xe0f5e1e2],
  vfat: [0x4d44],
  exfat: [0x2011bab0],
  ntfs3: [0x7366746e],
  ntfs: [0x5346544e],
  cifs: [0xff534d42],
  smb2: [0xfe534d42],
  smb: [0x517b],
  ceph: [0x00c36400],
  ocfs2: [0x7461636f],
  gfs2: [0x01161970],
  '9p': [0x01021997],
  virtiofs: [0x6a656a63],
  ramfs: [0x858458f6],
  hugetlbfs: [0x958458f6],
  iso9660: [0x9660],
  udf: [0x15013346],
  jfs: [0x3153464a],
  reiserfs: [0x52654973],
  nilfs2: [0x3434],
  ecryptfs: [0xf15f],
  proc: [0x9fa0],
  sysfs: [0x62656572],
  devpts: [0x1cd1],
  cgroup2: [0x63677270],
  lustre: [0x0bd00bd0],
  afs: [0x5346414f, 0x6b414653],
  hfs: [0x4244],
  hfsplus: [0x482b],
  apfs: [0x1a],
} as const satisfies Record<string, readonly number[]>

const typeByMagic: ReadonlyMap<number, string> = new Map(
  Object.entries(MAGIC_NUMBERS).flatMap(([type, numbers]) => numbers.map((magic) => [magic, type] as const)),
)

/** The name of a filesystem by its magic number; `unknown` for one that isn't in the table. */
export function filesystemType(magic: number): string {
  return typeByMagic.get(magic >>> 0) ?? 'unknown'
}
