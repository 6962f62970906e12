/** Files on filesystems that never share blocks: whatever else is done, these take space of their own. */
import type { NeverSharing } from '../../shared/ipc/sharing.ts'
import { pathOfFile, type SharingMap } from '../../shared/sharing/sharing-map.ts'

/** Files named of each kind of filesystem. */
const mostNamed = 3

/** By kind of filesystem, for those that have a file; the largest files first. */
export function neverSharing(map: SharingMap): NeverSharing[] {
  const { filesystems, names, onDiskBytes } = map.files
  const byType = new Map<string, number[]>()
  filesystems.forEach((filesystem, file) => {
    const known = map.filesystems[filesystem]
    if (known === undefined || known.canShare) return
    const files = byType.get(known.type)
    if (files === undefined) byType.set(known.type, [file])
    else files.push(file)
  })
  const bytesOf = (file: number): number => onDiskBytes[file] ?? 0
  // Of equal ones by name: the order in which a filesystem lists them says nothing.
  const compareNames = (a: number, b: number): number => ((names[a] ?? '') < (names[b] ?? '') ? -1 : 1)
  return Array.from(byType, ([type, files]) => ({
    type,
    files: files.length,
    onDiskBytes: files.reduce((sum, file) => sum + bytesOf(file), 0),
    largest: files
      .toSorted((a, b) => bytesOf(b) - bytesOf(a) || compareNames(a, b))
      .slice(0, mostNamed)
      .map((file) => ({ path: pathOfFile(map, file), onDiskBytes: bytesOf(file) })),
  }))
}
