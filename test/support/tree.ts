/** Compares two folders as a judge would: type, mode, owner, times, contents and link target of every entry, by names of bytes. */

import { createHash } from 'node:crypto'
import { type BigIntStats, closeSync, lstatSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs'

const fields = ['type', 'mode', 'owner', 'mtimeNs', 'sizeBytes', 'sha256', 'target', 'device'] as const
export type TreeField = (typeof fields)[number]

type TreeEntry = { readonly [Field in TreeField]: string }

/** Every entry below a folder by its path there in Latin-1 (one character a byte); the folder itself is ''. */
export function readTree(root: string | Buffer): Map<string, TreeEntry> {
  const entries = new Map<string, TreeEntry>()
  const rootBytes = Buffer.from(root)
  const visit = (path: Buffer) => {
    const stats = lstatSync(path, { bigint: true })
    entries.set(path.subarray(rootBytes.length + 1).toString('latin1'), readEntry(path, stats))
    if (!stats.isDirectory()) return
    for (const name of readdirSync(path, 'buffer').sort(Buffer.compare)) {
      visit(Buffer.concat([path, Buffer.from('/'), name]))
    }
  }
  visit(rootBytes)
  return entries
}

function readEntry(path: Buffer, stats: BigIntStats): TreeEntry {
  const isFile = stats.isFile()
  const isDevice = stats.isCharacterDevice() || stats.isBlockDevice()
  return {
    type: typeOf(stats),
    mode: (stats.mode & 0o7777n).toString(8),
    owner: `${stats.uid}:${stats.gid}`,
    mtimeNs: String(stats.mtimeNs),
    sizeBytes: isFile ? String(stats.size) : '',
    sha256: isFile ? sha256(path) : '',
    target: stats.isSymbolicLink() ? readlinkSync(path, 'buffer').toString('latin1') : '',
    device: isDevice ? String(stats.rdev) : '',
  }
}

function typeOf(stats: BigIntStats): string {
  if (stats.isFile()) return 'file'
  if (stats.isDirectory()) return 'folder'
  if (stats.isSymbolicLink()) return 'link'
  if (stats.isFIFO()) return 'fifo'
  if (stats.isSocket()) return 'socket'
  return stats.isCharacterDevice() ? 'character device' : 'block device'
}

const buffer = Buffer.alloc(1 << 20)

function sha256(path: Buffer): string {
  const hash = createHash('sha256')
  const fd = openSync(path, 'r')
  try {
    for (let length = readSync(fd, buffer); length > 0; length = readSync(fd, buffer)) {
      hash.update(buffer.subarray(0, length))
    }
  } finally {
    closeSync(fd)
  }
  return hash.digest('hex')
}

/** One line a difference; none when the trees are equal. `ignore` leaves fields out of the comparison. */
export function compareTrees(
  expected: Map<string, TreeEntry>,
  actual: Map<string, TreeEntry>,
  ignore: readonly TreeField[] = [],
): string[] {
  const compared = fields.filter((field) => !ignore.includes(field))
  return [...new Set([...expected.keys(), ...actual.keys()])].sort().flatMap((path) => {
    const want = expected.get(path)
    const have = actual.get(path)
    if (!want) return [`${JSON.stringify(path)}: unexpected`]
    if (!have) return [`${JSON.stringify(path)}: missing`]
    return compared
      .filter((field) => want[field] !== have[field])
      .map((field) => `${JSON.stringify(path)}: ${field} is ${have[field]}, not ${want[field]}`)
  })
}
