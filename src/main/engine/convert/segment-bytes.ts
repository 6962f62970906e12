/** Reads parts of a file through an archive's reader, wherever its pieces are. */
import { ReftarError } from '../../../shared/errors.ts'
import type { Entry, Segment, Segments } from '../entry.ts'
import type { ArchiveReader } from '../reader.ts'

/** Throws `damaged` for a file whose content isn't all there. */
export function requireCovered(entry: Pick<Entry, 'segments' | 'sizeBytes'>): void {
  let left = entry.sizeBytes
  for (const { lengthBytes } of entry.segments) left -= lengthBytes
  if (left !== 0) throw new ReftarError('damaged', 'its content isn’t complete in the archive')
}

type PackSegment = Extract<Segment, { kind: 'pack' }>

interface Piece {
  readonly segment: Segment
  /** Where it begins, in the file and in its segment. */
  readonly fileOffset: number
  readonly skippedBytes: number
  readonly lengthBytes: number
}

/** Finds what a range of a file consists of. Ranges mostly ascend: among millions of segments none is passed twice then. */
export class FilePieces {
  readonly #segments: Segments
  #iterator: Iterator<Segment>
  #segment: Segment | undefined
  #segmentStart = 0

  constructor(segments: Segments) {
    this.#segments = segments
    this.#iterator = segments[Symbol.iterator]()
    this.#next(0)
  }

  /** The pieces of the bytes [start, end), in order. */
  *within(start: number, end: number): Generator<Piece> {
    if (start < this.#segmentStart) {
      this.#iterator = this.#segments[Symbol.iterator]()
      this.#next(0)
    }
    while (this.#segment !== undefined && this.#segmentStart < end) {
      const segment = this.#segment
      const segmentStart = this.#segmentStart
      const segmentEnd = segmentStart + segment.lengthBytes
      const fileOffset = Math.max(start, segmentStart)
      const lengthBytes = Math.min(end, segmentEnd) - fileOffset
      if (lengthBytes > 0) yield { segment, fileOffset, skippedBytes: fileOffset - segmentStart, lengthBytes }
      if (segmentEnd > end) return
      this.#next(segmentEnd)
    }
  }

  #next(start: number): void {
    const { done, value } = this.#iterator.next()
    this.#segment = done ? undefined : value
    this.#segmentStart = start
  }
}

/** The bytes of a piece that lies in a pack; `damaged` where a hash is wrong. Valid until another pack is loaded. */
export async function packedBytes(
  reader: ArchiveReader,
  { pack, packOffset }: PackSegment,
  { skippedBytes, lengthBytes }: Piece,
): Promise<Uint8Array> {
  const bytes = await reader.loadPack(pack)
  const at = packOffset + skippedBytes
  if (at + lengthBytes > bytes.length) throw new ReftarError('damaged', 'its content passes the end of its pack')
  return bytes.subarray(at, at + lengthBytes)
}

/** Fills `target` with the file's bytes from `start` on; `damaged` where a hash is wrong. */
export async function readBytes(
  reader: ArchiveReader,
  pieces: FilePieces,
  start: number,
  target: Uint8Array,
): Promise<void> {
  for (const piece of pieces.within(start, start + target.length)) {
    const { segment, skippedBytes, lengthBytes, fileOffset } = piece
    const part = target.subarray(fileOffset - start, fileOffset - start + lengthBytes)
    if (segment.kind === 'data') reader.readData(segment.archiveOffset + skippedBytes, lengthBytes, part)
    else if (segment.kind === 'pack') part.set(await packedBytes(reader, segment, piece))
    else part.fill(0)
  }
}
