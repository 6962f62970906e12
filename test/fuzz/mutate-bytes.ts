/** Damage without knowledge of any format: what disks, networks and truncated copies do. */
import type { Random } from './random.ts'

/** One kind of damage, at a place that is often near structures. */
export function damage(random: Random, bytes: Uint8Array, donor: Uint8Array): Uint8Array {
  const copy = bytes.slice()
  switch (random.below(9)) {
    case 0:
    case 1:
      flipBit(random, copy)
      return copy
    case 2: {
      for (let i = 0; i < 8; i++) flipBit(random, copy)
      return copy
    }
    case 3:
      return copy.slice(0, random.below(copy.length + 1))
    case 4:
      // Cut at a block, where structures end.
      return copy.slice(0, random.below(Math.floor(copy.length / 512) + 1) * 512)
    case 5:
      swapBlocks(random, copy)
      return copy
    case 6:
      return Uint8Array.from(
        Buffer.concat([copy, random.chance(0.5) ? random.bytes(random.below(random.pick([5, 500, 5000]))) : donor]),
      )
    case 7:
      splice(random, copy, donor)
      return copy
    default: {
      const start = random.below(copy.length)
      copy.fill(random.pick([0, 0xff, random.below(256)]), start, start + random.pick([1, 4, 8, 32, 512, 4096]))
      return copy
    }
  }
}

/** Most bytes of a small archive are padding: half of all places are at the beginning of a block. */
function place(random: Random, length: number): number {
  if (random.chance(0.5)) return random.below(length)
  const block = random.pick([512, 4096])
  return Math.min(length - 1, random.below(Math.ceil(length / block)) * block + random.below(300))
}

function flipBit(random: Random, bytes: Uint8Array): void {
  if (bytes.length === 0) return
  const at = place(random, bytes.length)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8))
}

function swapBlocks(random: Random, bytes: Uint8Array): void {
  const block = random.pick([512, 4096])
  const count = Math.floor(bytes.length / block)
  const a = random.below(count) * block
  const b = random.below(count) * block
  const kept = bytes.slice(a, a + block)
  bytes.copyWithin(a, b, b + block)
  bytes.set(kept, b)
}

function splice(random: Random, bytes: Uint8Array, donor: Uint8Array): void {
  const block = random.pick([512, 4096])
  const from = random.below(Math.floor(donor.length / block) + 1) * block
  const to = random.below(Math.floor(bytes.length / block) + 1) * block
  const piece = donor.subarray(from, from + block * (1 + random.below(4)))
  bytes.set(piece.subarray(0, Math.max(0, bytes.length - to)), Math.min(to, bytes.length))
}
