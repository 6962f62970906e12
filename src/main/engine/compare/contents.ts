/** Compares a file's bytes with the archive's, which are checked against their hashes on the way. */
import { ReftarError } from '../../../shared/errors.ts'
import { said } from '../../../shared/said.ts'
import type { Entry, Segment } from '../entry.ts'
import { readUpTo } from '../exact-io.ts'
import type { Handle } from '../ports.ts'
import type { Comparison } from './comparison.ts'

const pieceBytes = 1 << 20

/** What is read from, and what has been read. */
type Compared = Pick<Comparison, 'ports' | 'reader' | 'pacer' | 'bytesDone' | 'comparedBytes'>

export class ContentComparer {
  readonly #c: Compared
  readonly #disk = new Uint8Array(pieceBytes)
  readonly #stored = new Uint8Array(pieceBytes)
  readonly #zeros = new Uint8Array(pieceBytes)

  constructor(c: Compared) {
    this.#c = c
  }

  /** The offset of the first byte that differs; undefined when none does. The sizes must be equal. */
  async firstDifference(handle: Handle, entry: Entry): Promise<number | undefined> {
    let offset = 0
    for (const segment of entry.segments) {
      const at = await this.#compareSegment(handle, offset, segment)
      if (at !== undefined) return at
      offset += segment.lengthBytes
    }
    if (offset === entry.sizeBytes) return undefined
    throw new ReftarError(
      'damaged',
      said('it should have {size} bytes, but the archive holds {held} for it', { size: entry.sizeBytes, held: offset }),
    )
  }

  #compareSegment(handle: Handle, offset: number, segment: Segment): Promise<number | undefined> {
    if (segment.kind === 'data') return this.#compareData(handle, offset, segment.archiveOffset, segment.lengthBytes)
    if (segment.kind === 'pack') return this.#comparePacked(handle, offset, segment)
    return this.#findNonZero(handle, offset, segment.lengthBytes)
  }

  async #compareData(
    handle: Handle,
    offset: number,
    archiveOffset: number,
    length: number,
  ): Promise<number | undefined> {
    for (let done = 0; done < length; ) {
      // Pieces end where multiples of their size lie in the archive, as its hashed ranges do.
      const piece = Math.min(pieceBytes - ((archiveOffset + done) % pieceBytes), length - done)
      this.#c.reader.readData(archiveOffset + done, piece, this.#stored)
      const at = this.#compareBytes(handle, offset + done, this.#stored, 0, piece)
      if (at !== undefined) return at
      done += piece
      await this.#pauseIfDue()
    }
    return undefined
  }

  async #comparePacked(
    handle: Handle,
    offset: number,
    segment: Extract<Segment, { kind: 'pack' }>,
  ): Promise<number | undefined> {
    const { pack, packOffset, lengthBytes } = segment
    const bytes = await this.#c.reader.loadPack(pack)
    if (packOffset + lengthBytes > bytes.length)
      throw new ReftarError('damaged', 'its bytes should lie past a pack’s end')
    for (let done = 0; done < lengthBytes; ) {
      const piece = Math.min(pieceBytes, lengthBytes - done)
      const at = this.#compareBytes(handle, offset + done, bytes, packOffset + done, piece)
      if (at !== undefined) return at
      done += piece
    }
    return undefined
  }

  /** Only what the filesystem has data for needs to be read. */
  async #findNonZero(handle: Handle, offset: number, length: number): Promise<number | undefined> {
    const { files } = this.#c.ports
    const end = offset + length
    this.#c.bytesDone += length
    for (let data = nextData(this.#c, handle, offset); data < end; data = nextData(this.#c, handle, data)) {
      const dataEnd = Math.min(files.seekHole(handle, data), end)
      while (data < dataEnd) {
        const piece = Math.min(pieceBytes, dataEnd - data)
        const at = this.#compareBytes(handle, data, this.#zeros, 0, piece)
        // Counted above already.
        this.#c.bytesDone -= piece
        if (at !== undefined) return at
        data += piece
        await this.#pauseIfDue()
      }
    }
    return undefined
  }

  #compareBytes(
    handle: Handle,
    offset: number,
    stored: Uint8Array,
    storedOffset: number,
    length: number,
  ): number | undefined {
    const read = readUpTo(this.#c.ports.files, handle, this.#disk, 0, length, offset)
    this.#c.bytesDone += length
    this.#c.comparedBytes += length
    const expected = stored.subarray(storedOffset, storedOffset + length)
    if (read === length && Buffer.compare(this.#disk.subarray(0, length), expected) === 0) return undefined
    // A file that became shorter meanwhile differs from its new end on.
    let index = 0
    while (index < read && this.#disk[index] === expected[index]) index++
    return offset + index
  }

  async #pauseIfDue(): Promise<void> {
    if (this.#c.pacer.isDue) await this.#c.pacer.pause()
  }
}

function nextData(c: Compared, handle: Handle, offset: number): number {
  const data = c.ports.files.seekData(handle, offset)
  return data < 0 ? Number.POSITIVE_INFINITY : data
}
