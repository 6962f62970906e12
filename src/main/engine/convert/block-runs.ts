/**
 * Pure: a file's map in whole blocks of format 1. Blocks that lie one behind the other at one place of the source
 * archive make one run, and the same place always gives the same keys, so that equal keys mean shared blocks.
 */
import type { Segment, Segments } from '../entry.ts'

/** Places below this are in the data area, the rest in packs. */
const PACKS_BASE = 2 ** 50
/** No pack is larger (format 2: 64 MiB). */
const PACK_SPAN = 2 ** 26
const PLACES = 2 ** 51
/** Keys of blocks that are put together from several pieces, and of a file's last block that isn't full. */
const MIXED_BASE = 2 ** 52
const TAILS_BASE = 2 ** 52 + 2 ** 51

export interface BlockRun {
  readonly blocks: number
  /** Of its first block; -1 for a hole. The next block's key is one more. */
  readonly key: number
}

export const HOLE_KEY = -1

/** Gives keys; one for all files of an archive, going through them in the same order each time it is made. */
export class BlockRuns {
  readonly #blockBytes: number
  readonly #blocksPerPhase: number
  readonly #tails = new Map<string, number>()
  #mixed = 0

  constructor(blockBytes: number) {
    this.#blockBytes = blockBytes
    this.#blocksPerPhase = Math.ceil(PLACES / blockBytes)
  }

  /** The runs that cover `sizeBytes`; the last block may reach beyond. */
  of(segments: Segments, sizeBytes: number): BlockRun[] {
    const runs: BlockRun[] = []
    const pieces = joined(segments)
    let { value: segment } = pieces.next()
    let pieceStart = 0
    for (let at = 0; at < sizeBytes; ) {
      while (segment && pieceStart + segment.lengthBytes <= at) {
        pieceStart += segment.lengthBytes
        segment = pieces.next().value
      }
      if (!segment) break
      const left = pieceStart + segment.lengthBytes - at
      const endsFile = pieceStart + segment.lengthBytes >= sizeBytes
      const blocks = Math.floor(left / this.#blockBytes)
      const place = placeOf(segment)
      if (place < 0 && (blocks > 0 || endsFile)) {
        const count = endsFile ? Math.ceil(left / this.#blockBytes) : blocks
        runs.push({ blocks: count, key: HOLE_KEY })
        at += count * this.#blockBytes
      } else if (blocks > 0) {
        runs.push({ blocks, key: this.#key(place + (at - pieceStart)) })
        at += blocks * this.#blockBytes
      } else {
        runs.push({
          blocks: 1,
          key: endsFile ? this.#tail(place + (at - pieceStart), left) : MIXED_BASE + this.#mixed++,
        })
        at += this.#blockBytes
      }
    }
    return runs
  }

  /** Blocks at places that differ by whole blocks have keys that differ by as many. */
  #key(place: number): number {
    return (place % this.#blockBytes) * this.#blocksPerPhase + Math.floor(place / this.#blockBytes)
  }

  #tail(place: number, lengthBytes: number): number {
    const name = `${place}:${lengthBytes}`
    let number = this.#tails.get(name)
    if (number === undefined) {
      number = this.#tails.size
      this.#tails.set(name, number)
    }
    return TAILS_BASE + number
  }
}

/** Where a segment's bytes are, as one number; -1 for those that aren't stored. */
function placeOf(segment: Segment): number {
  if (segment.kind === 'data') return segment.archiveOffset
  if (segment.kind === 'pack') return PACKS_BASE + segment.pack * PACK_SPAN + segment.packOffset
  return -1
}

/** Segments that go on where the one before ended, and neighbouring zeros, as one. */
function* joined(segments: Segments): Generator<Segment, undefined> {
  let last: Segment | undefined
  for (const segment of segments) {
    if (segment.lengthBytes === 0) continue
    const end = last === undefined ? Number.NaN : placeOf(last) < 0 ? -1 : placeOf(last) + last.lengthBytes
    if (last !== undefined && placeOf(segment) === end) {
      last = { ...last, lengthBytes: last.lengthBytes + segment.lengthBytes }
    } else {
      if (last !== undefined) yield last
      last = segment
    }
  }
  if (last !== undefined) yield last
  return undefined
}
