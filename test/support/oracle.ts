/** What the system itself says about files, independent of our code: `filefrag`, `xfs_io`, `btrfs` and statfs. */

import { statfsSync } from 'node:fs'
import type { MountedImage } from './loopback.ts'
import { runTool, runToolOnFile } from './system.ts'

/** One extent as `filefrag -v` prints it, in bytes. */
export interface OracleExtent {
  readonly logical: number
  readonly physical: number
  readonly length: number
  readonly flags: ReadonlySet<string>
}

const extentLine = /^\s*\d+:\s*(\d+)\.\.\s*\d+:\s*(\d+)\.\.\s*\d+:\s*(\d+):\s*(?:\d+:)?\s*([a-z_,]*)\s*$/

/** The file's extents, its dirty pages written first. */
export function filefrag(path: string | Buffer): OracleExtent[] {
  const output = runToolOnFile('filefrag', ['-v', '-s', '-b1'], path)
  const extents = output.split('\n').flatMap((line) => {
    const [, logical, physical, length, flags] = extentLine.exec(line) ?? []
    if (logical === undefined || physical === undefined || length === undefined || flags === undefined) return []
    const names = flags.split(',').filter((flag) => flag !== '')
    return [{ logical: Number(logical), physical: Number(physical), length: Number(length), flags: new Set(names) }]
  })
  const counted = Number(/: (\d+) extents? found/.exec(output)?.[1])
  // Adjacent extents count as one there, so only “some” and “none” can be compared.
  if (Number.isNaN(counted) || (counted > 0 && extents.length === 0)) throw new Error(`filefrag said:\n${output}`)
  return extents
}

/** A range of one file that lies in the same blocks as a range of another, in bytes. */
export interface CommonRange {
  readonly aOffset: number
  readonly bOffset: number
  readonly length: number
}

/** Which ranges two files share, by physical address; neighbours merged, ordered by the offset in `a`. */
export function commonRanges(a: string | Buffer, b: string | Buffer): CommonRange[] {
  const hasAddress = ({ flags }: OracleExtent) => !['inline', 'delalloc', 'unknown_loc'].some((flag) => flags.has(flag))
  const extentsOfB = filefrag(b).filter(hasAddress)
  const ranges = filefrag(a)
    .filter(hasAddress)
    .flatMap((inA) =>
      extentsOfB.flatMap((inB) => {
        const start = Math.max(inA.physical, inB.physical)
        const length = Math.min(inA.physical + inA.length, inB.physical + inB.length) - start
        if (length <= 0) return []
        return [{ aOffset: inA.logical + start - inA.physical, bOffset: inB.logical + start - inB.physical, length }]
      }),
    )
    .sort((x, y) => x.aOffset - x.bOffset - (y.aOffset - y.bOffset) || x.aOffset - y.aOffset)
  return mergeNeighbours(ranges).sort((x, y) => x.aOffset - y.aOffset || x.bOffset - y.bOffset)
}

function mergeNeighbours(ranges: readonly CommonRange[]): CommonRange[] {
  const merged: CommonRange[] = []
  for (const range of ranges) {
    const last = merged.at(-1)
    if (last && last.aOffset + last.length === range.aOffset && last.bOffset + last.length === range.bOffset) {
      merged[merged.length - 1] = { ...last, length: last.length + range.length }
    } else {
      merged.push(range)
    }
  }
  return merged
}

/** Part of a file between SEEK_DATA and SEEK_HOLE. */
export interface DataRange {
  readonly offset: number
  readonly length: number
}

/** Where the file has data; the rest of it are holes. */
export function dataRanges(path: string | Buffer, sizeBytes: number): DataRange[] {
  const output = runToolOnFile('xfs_io', ['-r', '-c', 'seek -a -r 0'], path)
  const marks = [...output.matchAll(/^(DATA|HOLE)\t(\d+)$/gm)].map(([, kind, at]) => ({ kind, offset: Number(at) }))
  return marks.flatMap(({ kind, offset }, index) =>
    kind === 'DATA' ? [{ offset, length: (marks[index + 1]?.offset ?? sizeBytes) - offset }] : [],
  )
}

/**
 * Bytes in use on the whole filesystem, metadata included, after everything is on disk: the difference of two calls is
 * what was newly allocated. btrfs is asked for its own books, since statfs there moves with reserves and profiles.
 */
export function allocatedBytes(disk: MountedImage): number {
  runTool('sync', ['--file-system', disk.mountpoint])
  if (disk.type === 'btrfs') {
    const table = runTool('btrfs', ['filesystem', 'df', '--raw', disk.mountpoint])
    const used = [...table.matchAll(/^(?:Data|System|Metadata|Data\+Metadata), .*used=(\d+)$/gm)]
    if (used.length === 0) throw new Error(`btrfs filesystem df said:\n${table}`)
    return used.reduce((sum, [, bytes]) => sum + Number(bytes), 0)
  }
  const { blocks, bfree, bsize } = statfsSync(disk.mountpoint)
  return (blocks - bfree) * bsize
}
