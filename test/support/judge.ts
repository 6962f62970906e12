/**
 * What the system's own tools say about everything below a folder: find, stat, getfattr, getfacl, getcap, lsattr, SEEK_DATA
 * and checksums. Two trees are the same when all they print is.
 */
import { attributesBelow, dataMapsBelow, hardLinkGroups } from './node-details.ts'
import { runTool } from './system.ts'
import { readTree } from './tree.ts'

export type Verdict = Readonly<Record<string, unknown>>

/** In the folder itself, so that paths are relative. Sorted, since folders list their names in any order. */
function linesOf(folder: string, script: string): string[] {
  return runTool('sh', ['-c', `cd "$1" && ${script}`, 'sh', folder])
    .split('\n')
    .sort()
}

/** Flags by which a filesystem describes its layout: extents, inline, indexed, huge, verity, encrypted. */
const layoutFlags = /[eNIhVEZ]/g

function chattrFlags(folder: string): string[] {
  return linesOf(folder, 'find . \\( -type f -o -type d \\) -print0 | xargs -0 lsattr -d --').map((line) => {
    const [, flags = '', path = ''] = /^(\S+)\s(.*)$/s.exec(line) ?? []
    return `${flags.replaceAll(layoutFlags, '').replaceAll('-', '')} ${path}`
  })
}

/** Everything but addresses on disk, change times and birth times, which nothing can restore. */
export function judge(folder: string): Verdict {
  // Access times first: the others read.
  const find = linesOf(folder, "find . -printf '%y %m %U:%G links %n, changed %T@, read %A@, to %l: %p\\n'")
  return {
    find,
    stat: linesOf(folder, "find . -print0 | xargs -0 stat --printf '%F %a %u %g %t,%T %.9X %.9Y %n\\n'"),
    attributes: attributesBelow(folder).split('\n\n'),
    acls: runTool('sh', ['-c', 'cd "$1" && getfacl -R -P -n .', 'sh', folder]).split('\n\n').sort(),
    capabilities: linesOf(folder, 'getcap -r .'),
    flags: chattrFlags(folder),
    holes: dataMapsBelow(folder),
    links: hardLinkGroups(folder),
    contents: [...readTree(folder)].map(([path, { sha256, sizeBytes, target }]) => [path, sha256, sizeBytes, target]),
  }
}
