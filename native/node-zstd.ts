/** Compression with node:zlib, which has zstd since Node 22.15 and in Electron: for systems without libzstd. */

import { promisify } from 'node:util'
import zlib from 'node:zlib'
import type { Compressor } from '../src/main/engine/ports.ts'
import { ReftarError } from '../src/shared/errors.ts'
import { said } from '../src/shared/said.ts'
import { checkFrame, damagedFrame } from './zstd-frame.ts'

/** zstd.h: ZSTD_c_compressionLevel. */
const COMPRESSION_LEVEL = 100

// The part of node:zlib that the types of Node 20 don't know.
type Callback = (error: Error | null, result: Buffer) => void
interface ZstdFunctions {
  readonly zstdCompress: (raw: Uint8Array, options: object, callback: Callback) => void
  readonly zstdDecompress: (frame: Uint8Array, options: object, callback: Callback) => void
  readonly zstdDecompressSync: (frame: Uint8Array, options: object) => Buffer
}

function hasZstd(module: object): module is ZstdFunctions {
  return 'zstdCompress' in module && 'zstdDecompress' in module && 'zstdDecompressSync' in module
}

function checked(result: Buffer, rawLengthBytes: number): Uint8Array {
  if (result.byteLength !== rawLengthBytes)
    throw damagedFrame(
      said('{found} bytes came out instead of {expected}', { found: result.byteLength, expected: rawLengthBytes }),
    )
  return result
}

function asDamaged(error: unknown): never {
  throw damagedFrame({ verbatim: error instanceof Error ? error.message : String(error) }, error)
}

/** The Compressor over a module like node:zlib, or undefined where it has no zstd. Same promises as with libzstd. */
export function createNodeCompressor(module: object = zlib): Compressor | undefined {
  if (!hasZstd(module)) return undefined
  const compress = promisify(module.zstdCompress)
  const decompress = promisify(module.zstdDecompress)
  // Node refuses a bound of 0.
  const bound = (rawLengthBytes: number): object => ({ maxOutputLength: Math.max(1, rawLengthBytes) })
  return {
    compress: (raw, level) => compress(raw, { params: { [COMPRESSION_LEVEL]: level }, pledgedSrcSize: raw.byteLength }),
    decompress: async (frame, rawLengthBytes) => {
      checkFrame(frame, rawLengthBytes)
      return checked(await decompress(frame, bound(rawLengthBytes)).catch(asDamaged), rawLengthBytes)
    },
    decompressSync: (frame, rawLengthBytes) => {
      checkFrame(frame, rawLengthBytes)
      try {
        return checked(module.zstdDecompressSync(frame, bound(rawLengthBytes)), rawLengthBytes)
      } catch (error) {
        return asDamaged(error)
      }
    },
  }
}

function missing(): ReftarError {
  return new ReftarError('missing-library', 'zstd is neither installed as libzstd.so.1 nor part of this Node.js', {
    operation: 'zstd',
  })
}

/** Throws `missing-library` when something has to be compressed or unpacked, and not before. */
export const missingCompressor: Compressor = {
  compress: () => Promise.reject(missing()),
  decompress: () => Promise.reject(missing()),
  decompressSync: () => {
    throw missing()
  },
}
