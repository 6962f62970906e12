/**
 * Who uses which blocks, worked out block by block from what `filefrag -v` (or `xfs_io -c fiemap`) prints: the judge of
 * the sharing map, sharing no code with it.
 */
import { statSync } from 'node:fs'
import { filefrag, type OracleExtent } from './oracle.ts'
import { runTool } from './system.ts'

export const blockBytes = 4096

const hexFlags: readonly (readonly [number, string])[] = [
  [0x1, 'last'],
  [0x2, 'unknown_loc'],
  [0x4, 'delalloc'],
  [0x8, 'encoded'],
  [0x200, 'inline'],
  [0x800, 'unwritten'],
  [0x2000, 'shared'],
]

/** The same from `xfs_io -r -c 'fiemap -v'`, whose units are 512 bytes. */
function xfsExtents(path: string): OracleExtent[] {
  const line = /^\s*\d+: \[(\d+)\.\.(\d+)\]:\s+(\d+)\.\.\d+\s+\d+\s+0x([0-9a-f]+)$/gm
  return [...runTool('xfs_io', ['-r', '-c', 'fiemap -v', path]).matchAll(line)].map(([, from, to, address, hex]) => {
    const bits = Number.parseInt(hex ?? '', 16)
    return {
      logical: Number(from) * 512,
      physical: Number(address) * 512,
      length: (Number(to) + 1 - Number(from)) * 512,
      flags: new Set(hexFlags.filter(([flag]) => (bits & flag) !== 0).map(([, name]) => name)),
    }
  })
}

export interface OracleFile {
  readonly path: string
  readonly sizeBytes: number
  readonly extents: readonly OracleExtent[]
}

export function oracleFile(path: string, type: 'btrfs' | 'xfs'): OracleFile {
  const extents = type === 'xfs' ? xfsExtents(path) : filefrag(path)
  return { path, sizeBytes: statSync(path).size, extents }
}

/** A block, or a compressed extent as a whole, and its uses. */
export interface OracleUnit {
  /** Orders the units as their addresses do, compressed extents after all blocks. */
  readonly order: number
  readonly isCompressed: boolean
  bytes: number
  isFlagged: boolean
  /** Paths, one for each use. */
  readonly uses: string[]
}

export interface UnitFacts {
  readonly files: readonly string[]
  readonly kind: 'only-here' | 'shared' | 'others'
  /** 0: only here. 1 to 3: shared by 2, 3–4, 5 and more. 4: with others. */
  readonly classCode: number
}

/** What can be said about a unit: of those looked at, and of others where the flag has no other reason. */
export function factsOf({ uses, isFlagged, isCompressed }: OracleUnit): UnitFacts {
  const files = [...new Set(uses)].sort()
  if (files.length > 1) return { files, kind: 'shared', classCode: files.length === 2 ? 1 : files.length <= 4 ? 2 : 3 }
  const explained = !isCompressed && uses.length > 1
  return isFlagged && !explained ? { files, kind: 'others', classCode: 4 } : { files, kind: 'only-here', classCode: 0 }
}

/** All units that some files use, in the order of their addresses. */
export function unitsOf(files: readonly OracleFile[]): OracleUnit[] {
  const units = new Map<string, OracleUnit>()
  const use = (
    key: string,
    order: number,
    isCompressed: boolean,
    bytes: number,
    path: string,
    flags: ReadonlySet<string>,
  ) => {
    const unit = units.get(key) ?? { order, isCompressed, bytes: 0, isFlagged: false, uses: [] }
    unit.bytes = Math.max(unit.bytes, bytes)
    unit.isFlagged ||= flags.has('shared')
    unit.uses.push(path)
    units.set(key, unit)
  }
  for (const { path, extents } of files) {
    for (const { physical, length, flags } of extents) {
      if (hasNoPlace(flags)) continue
      if (flags.has('encoded')) use(`c${physical}`, 2 ** 50 + physical, true, length, path, flags)
      else {
        for (let at = 0; at < length; at += blockBytes)
          use(`${physical + at}`, physical + at, false, blockBytes, path, flags)
      }
    }
  }
  return [...units.values()].sort((a, b) => a.order - b.order)
}

export function hasNoPlace(flags: ReadonlySet<string>): boolean {
  return ['inline', 'delalloc', 'unknown_loc'].some((flag) => flags.has(flag))
}

/** A line of `btrfs filesystem du --raw`: bytes of one file by the SHARED flag alone. */
export interface DiskUse {
  readonly totalBytes: number
  readonly exclusiveBytes: number
}

/** What `btrfs filesystem du` says about a folder: each file, and the distinct shared bytes of all. */
export function btrfsDiskUse(folder: string): { files: Map<string, DiskUse>; setSharedBytes: number } {
  const files = new Map<string, DiskUse>()
  let setSharedBytes = Number.NaN
  for (const line of runTool('btrfs', ['filesystem', 'du', '--raw', folder]).split('\n')) {
    const [, total, exclusive, shared, path] = /^\s*(\d+)\s+(\d+)\s+(\d+|-)\s+(.+)$/.exec(line) ?? []
    if (path === undefined) continue
    if (shared === '-') files.set(path, { totalBytes: Number(total), exclusiveBytes: Number(exclusive) })
    if (path === folder) setSharedBytes = Number(shared)
  }
  return { files, setSharedBytes }
}
