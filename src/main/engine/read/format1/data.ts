/** Reads content. What lies in an extent is checked by the extent's CRC-32; what lies in a header has no checksum. */
import { crc32 } from 'node:zlib'
import { ReftarError } from '../../../../shared/errors.ts'
import type { Handle } from '../../ports.ts'
import { type ReaderPorts, readExactly } from '../archive-file.ts'
import type { ExtentTable } from './extent-table.ts'

const PIECE_BYTES = 1 << 20

export class ExtentData {
  readonly #ports: ReaderPorts
  readonly #handle: Handle
  readonly #extents: ExtentTable
  readonly #fileBytes: number
  /** One byte for each data extent found good. */
  readonly #checked: Uint8Array
  #piece = new Uint8Array(0)
  /** The data extent whose bytes are in `#piece`, or -1. */
  #kept = -1

  constructor(ports: ReaderPorts, handle: Handle, extents: ExtentTable, fileBytes: number) {
    this.#ports = ports
    this.#handle = handle
    this.#extents = extents
    this.#fileBytes = fileBytes
    this.#checked = new Uint8Array(extents.dataOffsets.length)
  }

  /** See ArchiveReader.readData. */
  read(archiveOffset: number, lengthBytes: number, buffer: Uint8Array): void {
    if (buffer.length < lengthBytes) throw new ReftarError('internal', 'the buffer is too small')
    for (let done = 0; done < lengthBytes; ) {
      const offset = archiveOffset + done
      const index = this.#extentAt(offset, lengthBytes - done)
      const start = index < 0 ? offset : this.#extents.dataOffsets.at(index)
      const end = index < 0 ? archiveOffset + lengthBytes : start + this.#extents.dataBytes(index)
      const length = Math.min(end - offset, lengthBytes - done)
      if (index >= 0) this.check(index)
      const target = buffer.subarray(done, done + length)
      if (index >= 0 && this.#kept === index) {
        target.set(this.#piece.subarray(offset - start, offset - start + length))
      } else readExactly(this.#ports, this.#handle, target, offset, length)
      done += length
    }
  }

  /** See ArchiveReader.checkData. */
  checkRange(archiveOffset: number, lengthBytes: number): void {
    for (let offset = archiveOffset; offset < archiveOffset + lengthBytes; ) {
      const index = this.#extentAt(offset, archiveOffset + lengthBytes - offset)
      if (index < 0) return
      this.check(index)
      offset = this.#extents.dataOffsets.at(index) + this.#extents.dataBytes(index)
    }
  }

  /** See ArchiveReader.checkedEnd. */
  checkedEnd(archiveOffset: number): number | undefined {
    const index = this.#extentAt(archiveOffset, 1)
    return index < 0 ? undefined : this.#extents.dataOffsets.at(index) + this.#extents.dataBytes(index)
  }

  /** Reads a data extent, unless it was read before; `damaged` when its checksum is another one. */
  check(index: number): void {
    if (this.#checked[index] === 1) return
    const offset = this.#extents.dataOffsets.at(index)
    const lengthBytes = this.#extents.dataBytes(index)
    const pieceBytes = Math.min(PIECE_BYTES, lengthBytes)
    if (this.#piece.length < pieceBytes) this.#piece = new Uint8Array(pieceBytes)
    this.#kept = -1
    let checksum = 0
    for (let done = 0; done < lengthBytes; done += PIECE_BYTES) {
      const piece = this.#piece.subarray(0, Math.min(PIECE_BYTES, lengthBytes - done))
      readExactly(this.#ports, this.#handle, piece, offset + done, piece.length)
      checksum = crc32(piece, checksum)
    }
    if (checksum !== this.#extents.checksums.at(index)) {
      throw new ReftarError('damaged', 'the data’s checksum is wrong', { offsetBytes: offset })
    }
    this.#checked[index] = 1
    if (lengthBytes <= PIECE_BYTES) this.#kept = index
  }

  /** The data extent at an offset, or -1 for a place in a header. `damaged` beyond the archive's end. */
  #extentAt(offset: number, lengthBytes: number): number {
    if (offset < 0 || offset + lengthBytes > this.#fileBytes) {
      throw new ReftarError('damaged', 'content should be here, beyond the archive’s end', { offsetBytes: offset })
    }
    return this.#extents.dataAt(offset)
  }
}
