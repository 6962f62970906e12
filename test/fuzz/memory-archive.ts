/** An archive in memory behind the ports: reading it takes no system call, everything else goes to the real ports. */

import { blake3 } from '../../src/main/engine/format/hash.ts'
import type { ReadLimits } from '../../src/main/engine/limits.ts'
import type { Cloner, Compressor, ExtentMap, FileSystem, Handle, Ports } from '../../src/main/engine/ports.ts'
import { openArchiveHandle } from '../../src/main/engine/read/open.ts'
import type { ArchiveReader } from '../../src/main/engine/reader.ts'
import { ReftarError } from '../../src/shared/errors.ts'

const MEMORY = -1000 as Handle

export class MemoryArchive {
  readonly ports: Ports
  /** May be exchanged or cut while it is read. */
  bytes: Uint8Array = new Uint8Array(0)

  constructor(base: Ports, compressor: Compressor = base.compressor) {
    const status = base.files.status(0 as Handle)
    const files: FileSystem = Object.assign(Object.create(base.files), {
      read: (handle: Handle, buffer: Uint8Array, at: number, length: number, position: number | null): number => {
        if (handle !== MEMORY) return base.files.read(handle, buffer, at, length, position)
        const piece = this.bytes.subarray(position ?? 0, (position ?? 0) + length)
        buffer.set(piece, at)
        return piece.length
      },
      seekData: (handle: Handle, offset: number): number => {
        if (handle !== MEMORY) return base.files.seekData(handle, offset)
        return offset < this.bytes.length ? offset : -1
      },
      status: (handle: Handle) =>
        handle === MEMORY
          ? { ...status, kind: 'file', sizeBytes: this.bytes.length, inode: 0n, device: -1 }
          : base.files.status(handle),
      inodeFlags: (handle: Handle): number => (handle === MEMORY ? 0 : base.files.inodeFlags(handle)),
      sync: (handle: Handle): void => {
        if (handle !== MEMORY) base.files.sync(handle)
      },
      close: (handle: Handle): void => {
        if (handle !== MEMORY) base.files.close(handle)
      },
    })
    const cloner: Cloner = Object.assign(Object.create(base.cloner), {
      cloneRange: (source: Handle, from: number, length: number, target: Handle, to: number): void => {
        if (source === MEMORY) throw new ReftarError('cross-device', { verbatim: 'memory is no filesystem' })
        base.cloner.cloneRange(source, from, length, target, to)
      },
    })
    const extentMap: ExtentMap = {
      extents: (handle, ...range) => (handle === MEMORY ? undefined : base.extentMap.extents(handle, ...range)),
      visitExtents: (handle, ...range) => handle !== MEMORY && base.extentMap.visitExtents(handle, ...range),
    }
    this.ports = { ...base, files, cloner, extentMap, compressor }
  }

  /** Throws what opening throws. */
  open(limits: ReadLimits): ArchiveReader {
    return openArchiveHandle(this.ports, MEMORY, limits)
  }
}

/** Small frames unpacked once: the same archive is opened thousands of times with one bit changed. */
export function rememberingCompressor(base: Compressor): Compressor {
  const known = new Map<string, Uint8Array>()
  const decompressSync = (frame: Uint8Array, rawLengthBytes: number): Uint8Array => {
    const key = `${rawLengthBytes} ${Buffer.from(blake3(frame)).toString('latin1')}`
    const before = known.get(key)
    if (before !== undefined) return before
    const raw = base.decompressSync(frame, rawLengthBytes)
    if (known.size < 64) known.set(key, raw)
    return raw
  }
  return { ...base, decompressSync, decompress: async (frame, length) => decompressSync(frame, length) }
}
