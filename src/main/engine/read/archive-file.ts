/** The archive as a file that is read by place: every read is within bounds and complete, every payload hash-checked. */
import { ReftarError } from '../../../shared/errors.ts'
import { said } from '../../../shared/said.ts'
import { blake3, bytesEqual } from '../format/hash.ts'
import { decodeSectionHeader, SECTION_HEADER_BYTES, type SectionHeader, sectionEncodings } from '../format/section.ts'
import type { Clock, Compressor, FileSystem, Handle } from '../ports.ts'

/** What reading an archive needs from outside. */
export interface ReaderPorts {
  readonly files: Pick<FileSystem, 'read' | 'seekData' | 'close'>
  readonly compressor: Pick<Compressor, 'decompress' | 'decompressSync'>
  readonly clock: Clock
}

/** Where a section is and what its payload must be: what a header and a directory's record have in common. */
export interface PayloadPlace {
  readonly block: number
  readonly encoding: number
  readonly rawLengthBytes: number
  readonly storedLengthBytes: number
  readonly payloadHash: Uint8Array
}

export class ArchiveFile {
  readonly ports: ReaderPorts
  readonly handle: Handle
  readonly sizeBytes: number
  readonly blockSizeBytes: number

  constructor(ports: ReaderPorts, handle: Handle, sizeBytes: number, blockSizeBytes: number) {
    this.ports = ports
    this.handle = handle
    this.sizeBytes = sizeBytes
    this.blockSizeBytes = blockSizeBytes
  }

  /** Fills the first `lengthBytes` of `buffer`; `damaged` when the file ends before. */
  readInto(buffer: Uint8Array, offset: number, lengthBytes: number): void {
    readExactly(this.ports, this.handle, buffer, offset, lengthBytes)
  }

  /** A fresh buffer. The range is checked against the file's size before anything is allocated. */
  read(offset: number, lengthBytes: number): Uint8Array {
    if (offset < 0 || offset + lengthBytes > this.sizeBytes) {
      throw new ReftarError(
        'damaged',
        said('{count} bytes should be here, beyond the archive’s end', { count: lengthBytes }),
        {
          offsetBytes: offset,
        },
      )
    }
    const buffer = new Uint8Array(lengthBytes)
    this.readInto(buffer, offset, lengthBytes)
    return buffer
  }

  /** The header at the beginning of a block, or undefined when there is none of this archive. */
  header(block: number, archiveId: Uint8Array): SectionHeader | undefined {
    const offset = block * this.blockSizeBytes
    if (offset + SECTION_HEADER_BYTES > this.sizeBytes) return undefined
    return decodeSectionHeader(this.read(offset, SECTION_HEADER_BYTES), archiveId, block)
  }

  /** Whether header and payload end within the file. */
  fits(place: PayloadPlace): boolean {
    return place.block * this.blockSizeBytes + SECTION_HEADER_BYTES + place.storedLengthBytes <= this.sizeBytes
  }

  /** The payload as stored; `damaged` unless its hash is right. */
  storedPayload(place: PayloadPlace): Uint8Array {
    const offset = place.block * this.blockSizeBytes + SECTION_HEADER_BYTES
    const stored = this.read(offset, place.storedLengthBytes)
    if (!bytesEqual(blake3(stored), place.payloadHash)) {
      throw new ReftarError('damaged', 'a section’s hash is wrong', { offsetBytes: offset })
    }
    return stored
  }

  /** The payload decompressed, into exactly the length that was announced. */
  payload(place: PayloadPlace): Uint8Array {
    const stored = this.storedPayload(place)
    if (place.encoding === sectionEncodings.raw) return stored
    return this.exact(place, this.ports.compressor.decompressSync(stored, place.rawLengthBytes))
  }

  /** The same, decompressed beside this thread. Reading and hashing have happened when the call returns. */
  async payloadBeside(place: PayloadPlace): Promise<Uint8Array> {
    const stored = this.storedPayload(place)
    if (place.encoding === sectionEncodings.raw) return stored
    return this.exact(place, await this.ports.compressor.decompress(stored, place.rawLengthBytes))
  }

  private exact(place: PayloadPlace, raw: Uint8Array): Uint8Array {
    if (raw.length === place.rawLengthBytes) return raw
    const offsetBytes = place.block * this.blockSizeBytes
    throw new ReftarError('damaged', 'a section isn’t as long as it says', { offsetBytes })
  }
}

/** Fills the first `lengthBytes` of `buffer` from the file; `damaged` when it ends before. */
export function readExactly(
  ports: Pick<ReaderPorts, 'files'>,
  handle: Handle,
  buffer: Uint8Array,
  offset: number,
  lengthBytes: number,
): void {
  let done = 0
  while (done < lengthBytes) {
    const count = ports.files.read(handle, buffer, done, lengthBytes - done, offset + done)
    if (count === 0)
      throw new ReftarError('damaged', 'the archive ended while it was read', { offsetBytes: offset + done })
    done += count
  }
}
