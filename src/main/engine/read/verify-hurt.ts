/** Which data and packs were found damaged, and which entries that hurts. */
import type { Entry } from '../entry.ts'

/** Ranges are added in increasing order. */
export class HurtPlaces {
  private readonly starts: number[] = []
  private readonly ends: number[] = []
  private readonly packs = new Set<number>()

  get isEmpty(): boolean {
    return this.starts.length === 0 && this.packs.size === 0
  }

  addPack(pack: number): void {
    this.packs.add(pack)
  }

  /** Data from `start` up to, not including, `end`: offsets in the archive. */
  addRange(start: number, end: number): void {
    this.starts.push(start)
    this.ends.push(end)
  }

  /** Whether any of the entry's content lies in a damaged place. */
  touches(entry: Entry): boolean {
    for (const segment of entry.segments) {
      if (segment.kind === 'pack' && this.packs.has(segment.pack)) return true
      if (segment.kind !== 'data') continue
      if (this.overlaps(segment.archiveOffset, segment.archiveOffset + segment.lengthBytes)) return true
    }
    return false
  }

  private overlaps(start: number, end: number): boolean {
    let low = 0
    let high = this.starts.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.ends[middle] ?? 0) > start) high = middle
      else low = middle + 1
    }
    return (this.starts[low] ?? Number.POSITIVE_INFINITY) < end
  }
}
