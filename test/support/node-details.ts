/** What compareTrees leaves out: extended attributes with ACLs, names of one inode, holes, access times. By the system's tools. */
import { lstatSync, readdirSync } from 'node:fs'
import { dataRanges } from './oracle.ts'
import { runTool } from './system.ts'

/** `getfattr` of everything below a folder, links not followed: ACLs and capabilities are attributes too. */
export function attributesBelow(folder: string): string {
  const listed = runTool('sh', ['-c', 'cd "$1" && getfattr -R -h -P -d -m - -e hex .', 'sh', folder])
  return listed.split('\n\n').sort().join('\n\n')
}

/** Visits everything below a folder; paths are bytes. */
function visitBelow(folder: string | Buffer, visit: (path: Buffer) => void): void {
  const root = Buffer.from(folder)
  for (const name of readdirSync(root, 'buffer').sort(Buffer.compare)) {
    const path = Buffer.concat([root, Buffer.from('/'), name])
    visit(path)
    if (lstatSync(path).isDirectory()) visitBelow(path, visit)
  }
}

/** Names below a folder that are the same inode: each group sorted, groups of one left out. */
export function hardLinkGroups(folder: string): string[][] {
  const groups = new Map<number, string[]>()
  visitBelow(folder, (path) => {
    const { ino } = lstatSync(path)
    const name = path.subarray(Buffer.byteLength(folder) + 1).toString('latin1')
    groups.set(ino, [...(groups.get(ino) ?? []), name])
  })
  return [...groups.values()].filter(({ length }) => length > 1).sort()
}

/** Where each file below a folder has data, by SEEK_DATA. */
export function dataMapsBelow(folder: string): Record<string, readonly unknown[]> {
  const maps: Record<string, readonly unknown[]> = {}
  visitBelow(folder, (path) => {
    const stats = lstatSync(path)
    if (!stats.isFile() || stats.size === 0) return
    maps[path.subarray(Buffer.byteLength(folder) + 1).toString('latin1')] = dataRanges(path, stats.size)
  })
  return maps
}
