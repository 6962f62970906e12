/** Hostile archives of format 1, piece by piece. It has no checksums but those of data, so that every field is open. */
import { Builder1, type WildExtent, type WildHeader1 } from '../corpus/format1-builder.ts'
import { patternBytes } from '../corpus/format2-builder.ts'
import { hostilePath, hostileTarget } from './hostile-names.ts'
import type { Random } from './random.ts'

/** An archive out of nothing. */
export function randomArchive1(random: Random): Uint8Array {
  const wild = random.chance(0.1)
  const blockSize = wild ? random.hostileNumber(4096) % 2 ** 32 : random.pick([512, 512, 512, 1000, 4096])
  const layoutBlockSize = wild ? 512 : blockSize
  const builder = new Builder1(blockSize, { layoutBlockSize, version: 1 })
  const paths: string[] = []
  for (let count = random.below(10); count > 0; count--) addEntry(random, builder, paths, layoutBlockSize)
  if (random.chance(0.1)) builder.raw(random.bytes(random.below(600)))
  return builder.bytes()
}

function addEntry(random: Random, builder: Builder1, paths: string[], blockSize: number): void {
  const path = random.chance(0.7)
    ? random.pick(['a', 'b', 'a/b', 'link/x', 'link', 'c', 'dir/d'])
    : hostilePath(random, paths)
  paths.push(path)
  const slash = random.chance(0.8) ? path.lastIndexOf('/') : -1
  const names = { folder: path.slice(0, Math.max(0, slash)), name: path.slice(slash + 1) }
  const type = random.chance(0.7) ? '0' : random.pick(['1', '2', '3', '4', '5', '6', '7', '\0'])
  const target = random.chance(0.5) ? hostileTarget(random) : random.pick([...paths, 'missing'])
  const odd = random.chance(0.15) ? wildHeader(random) : {}
  if (type !== '0' || random.chance(0.3)) {
    const inline = type === '0' ? patternBytes(random.below(Math.min(blockSize, 100)), 3) : new Uint8Array(0)
    builder.entry({ ...names, type, target, inline, ...odd })
    return
  }
  const blocks = 1 + random.below(4)
  const tail = random.below(blockSize)
  const size = BigInt(Math.max(blockSize, blocks * blockSize - tail))
  builder.entry({ ...names, type, size, ...odd })
  for (let left = blocks; left > 0; ) left -= addExtent(random, builder, left, blockSize)
}

function addExtent(random: Random, builder: Builder1, left: number, blockSize: number): number {
  const blocks = 1 + random.below(left)
  const id = BigInt(random.below(4))
  const kind = random.pick(['D', 'D', 'S', 'R'])
  const extent: WildExtent = {
    id,
    kind,
    blocks,
    ...(kind === 'D' ? { payload: patternBytes(blocks * blockSize, random.below(3)) } : {}),
  }
  builder.extent(random.chance(0.85) ? extent : { ...extent, ...wildExtent(random) })
  return random.chance(0.95) ? blocks : 0.5
}

function wildHeader(random: Random): Partial<WildHeader1> {
  switch (random.below(7)) {
    case 0:
      return { size: BigInt(random.hostileNumber(512)) << BigInt(random.pick([0, 0, 11, 43])) }
    case 1:
      return { headerSize: random.hostileNumber(300) % 2 ** 32 }
    case 2:
      return { lengths: { [random.below(6)]: random.hostileNumber(4) % 2 ** 32 } }
    case 3:
      return { permissions: random.bytes(random.below(40)) }
    case 4:
      return { modifyTime: BigInt(random.hostileNumber()) * (random.chance(0.5) ? -1000n : 1n) }
    case 5:
      return { uid: BigInt(random.hostileNumber()) << 11n, deviceMajor: BigInt(random.hostileNumber()) }
    default:
      return { magic: random.pick(['FILF', '\0\0\0\0', 'FIL']) }
  }
}

function wildExtent(random: Random): Partial<WildExtent> {
  switch (random.below(5)) {
    case 0:
      return { id: BigInt(random.hostileNumber()) << 10n }
    case 1:
      return { blocks: random.hostileNumber(2) % 2 ** 32 }
    case 2:
      return { kind: random.pick(['X', '\0', 'R', 'S']) }
    case 3:
      return { offset: BigInt(random.hostileNumber()) << 10n }
    default:
      return { checksum: random.bits() }
  }
}
