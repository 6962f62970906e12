/** Repeatable randomness: one 32-bit seed a case, so that a finding is named by a number. */

export class Random {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** 32 random bits (mulberry32). */
  bits(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let t = this.state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }

  /** 0 … limit − 1. */
  below(limit: number): number {
    return limit <= 1 ? 0 : Math.floor((this.bits() / 2 ** 32) * limit)
  }

  chance(probability: number): boolean {
    return this.bits() / 2 ** 32 < probability
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.bits() & 0xff)
  }

  /** Numbers at which programs fail: around powers of two and around what was there. */
  hostileNumber(near = 0): number {
    switch (this.below(5)) {
      case 0:
        return Math.max(0, near + this.below(5) - 2)
      case 1:
        return this.pick(boundaries)
      case 2:
        return Math.max(0, Math.min(Number.MAX_SAFE_INTEGER, 2 ** this.below(54) + this.below(3) - 1))
      case 3:
        return this.below(300)
      default:
        return near * (1 + this.below(4))
    }
  }
}

const boundaries = [
  0,
  1,
  2,
  127,
  128,
  255,
  256,
  4095,
  4096,
  65_535,
  65_536,
  2 ** 21,
  2 ** 26,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
  2 ** 32,
  2 ** 51,
  2 ** 52 - 1,
  2 ** 53 - 4096,
  2 ** 53 - 2,
  2 ** 53 - 1,
] as const
