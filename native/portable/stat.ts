/** What node:fs says about a node, as NodeStatus. */

import type { BigIntStats } from 'node:fs'
import type { NodeStatus } from '../../src/main/engine/ports.ts'
import type { Timestamp } from '../../src/shared/timestamp.ts'
import { kindOfMode } from '../node-kind.ts'

const SECTOR_BYTES = 512
const NANOSECONDS = 1_000_000_000n

/** Nanoseconds since 1970 → seconds, rounded down, and the rest counted forwards. */
function splitNanoseconds(total: bigint): Timestamp {
  const rest = ((total % NANOSECONDS) + NANOSECONDS) % NANOSECONDS
  return { seconds: Number((total - rest) / NANOSECONDS), nanoseconds: Number(rest) }
}

/** dev_t as glibc packs it (sys/sysmacros.h), which is what Node shows on Linux; elsewhere the parts are only a key. */
function splitDevice(device: bigint): { major: number; minor: number } {
  return {
    major: Number(((device >> 8n) & 0xfffn) | ((device >> 32n) & 0xffff_f000n)),
    minor: Number((device & 0xffn) | ((device >> 12n) & 0xffff_ff00n)),
  }
}

/** BigIntStats → NodeStatus. Where a filesystem has no birth time Node says 0 or repeats the change time. */
export function decodeStats(stats: BigIntStats): NodeStatus {
  const mode = Number(stats.mode)
  const containing = splitDevice(stats.dev)
  const own = splitDevice(stats.rdev)
  return {
    kind: kindOfMode(mode),
    mode: mode & 0o7777,
    uid: Number(stats.uid),
    gid: Number(stats.gid),
    linkCount: Number(stats.nlink),
    inode: stats.ino,
    device: containing.major * 0x10_0000 + containing.minor,
    deviceMajor: own.major,
    deviceMinor: own.minor,
    sizeBytes: Number(stats.size),
    // Windows has no count of blocks.
    allocatedBytes: Number(stats.blocks ?? 0n) * SECTOR_BYTES,
    accessTime: splitNanoseconds(stats.atimeNs),
    modifyTime: splitNanoseconds(stats.mtimeNs),
    changeTime: splitNanoseconds(stats.ctimeNs),
    birthTime: stats.birthtimeNs > 0n ? splitNanoseconds(stats.birthtimeNs) : undefined,
  }
}
