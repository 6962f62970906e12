/** The map of a file while it is made: some of its bytes may still wait in a snapshot. */
import type { Segment } from '../entry.ts'
import type { PhysicalExtent } from '../ports.ts'
import { SegmentList } from './segment-list.ts'

/** Bytes held in the snapshot file, still to be compared, hashed and given their place. */
export interface WaitingRange {
  /** In the snapshot file. */
  readonly offset: number
  readonly lengthBytes: number
  /** Physical extents of the range, with offsets in the snapshot file; empty when nothing in it was shared. */
  readonly extents: readonly PhysicalExtent[]
}

export class StoredFile {
  readonly #list = new SegmentList()
  #parts: (Segment | WaitingRange)[] = []
  /** Why its bytes couldn't be stored after all. */
  failure: unknown

  /** The map; complete once nothing waits. */
  get segments(): readonly Segment[] {
    return this.#list.segments
  }

  get isWaiting(): boolean {
    return this.#parts.length > 0
  }

  add(segment: Segment): void {
    if (this.#parts.length === 0) this.#list.add(segment)
    else this.#parts.push(segment)
  }

  wait(range: WaitingRange): void {
    this.#parts.push(range)
  }

  /** Takes what waits, and the segments behind it, in order: the caller stores the ranges and adds all of it again. */
  takeParts(): readonly (Segment | WaitingRange)[] {
    const parts = this.#parts
    this.#parts = []
    return parts
  }
}
