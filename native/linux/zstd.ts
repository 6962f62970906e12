/** Compression with the system's libzstd (zstd.h), which every distribution's package manager itself needs. */

import { availableParallelism } from 'node:os'
import koffi, { type KoffiFunc } from 'koffi'
import type { Compressor } from '../../src/main/engine/ports.ts'
import { ReftarError } from '../../src/shared/errors.ts'
import { said } from '../../src/shared/said.ts'
import { checkFrame, damagedFrame } from '../zstd-frame.ts'

// zstd.h. Sizes are size_t; declared signed, error codes (which are (size_t)-n) come back negative.
type CompressCall = KoffiFunc<
  (context: unknown, target: Uint8Array, capacity: number, source: Uint8Array, size: number, level: number) => number
>
type DecompressCall = KoffiFunc<(target: Uint8Array, capacity: number, source: Uint8Array, size: number) => number>

interface Zstd {
  readonly createContext: () => unknown
  readonly compress: CompressCall
  readonly decompress: DecompressCall
  readonly compressBound: (size: number) => number
  readonly errorName: (code: number) => string
}

function loadLibrary(): Zstd | undefined {
  try {
    // A Node with zstd in it exports the same names. Without RTLD_DEEPBIND the library would call some of those, of
    // another version, with its own structs: it crashes.
    const library = koffi.load('libzstd.so.1', { deep: true })
    return {
      createContext: library.func('void *ZSTD_createCCtx()') as () => unknown,
      compress: library.func(
        'int64_t ZSTD_compressCCtx(void *context, void *target, size_t capacity, const void *source, size_t size, int level)',
      ) as CompressCall,
      decompress: library.func(
        'int64_t ZSTD_decompress(void *target, size_t capacity, const void *source, size_t size)',
      ) as DecompressCall,
      compressBound: library.func('size_t ZSTD_compressBound(size_t size)') as (size: number) => number,
      errorName: library.func('const char *ZSTD_getErrorName(int64_t code)') as (code: number) => string,
    }
  } catch {
    return undefined
  }
}

/**
 * Runs at most `limit` tasks at a time, the others in the order they came: koffi refuses more than 256 calls in flight,
 * and each compression holds a context of one to some ten megabytes.
 */
function createLimiter(limit: number): <Result>(task: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (task) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await task()
    } finally {
      // The place goes straight to the next one, so that nobody can slip in between.
      const next = waiting.shift()
      if (next === undefined) running--
      else next()
    }
  }
}

/**
 * A callback call as a promise. `buffers` stay reachable through the closure until the call has ended: koffi only has
 * their addresses.
 */
function promised(
  buffers: readonly [target: Uint8Array, source: Uint8Array],
  start: (target: Uint8Array, source: Uint8Array, done: (error: unknown, result: number) => void) => void,
): Promise<number> {
  const [target, source] = buffers
  return new Promise((resolve, reject) => {
    start(target, source, (error, result) => {
      if (error === null || error === undefined) resolve(result)
      else reject(error)
    })
  })
}

/**
 * The Compressor over libzstd, or undefined where the library isn't installed. Input must not change until the promise
 * is settled. `damaged` for frames that are cut off, hurt, or of another size than promised.
 */
export function createLibraryCompressor(): Compressor | undefined {
  const zstd = loadLibrary()
  if (zstd === undefined) return undefined
  const limited = createLimiter(Math.max(2, availableParallelism()))
  // ZSTD_CCtx, as many as ever ran at once: fresh memory for each pack costs page faults worth a tenth of the compression.
  const idle: unknown[] = []

  const checked = (result: number, target: Uint8Array): Uint8Array => {
    if (result < 0) throw damagedFrame({ verbatim: zstd.errorName(result) })
    if (result !== target.byteLength)
      throw damagedFrame(
        said('{found} bytes came out instead of {expected}', { found: result, expected: target.byteLength }),
      )
    return target
  }

  return {
    compress: (raw, level, output) =>
      limited(async () => {
        const context = idle.pop() ?? zstd.createContext()
        const bound = zstd.compressBound(raw.byteLength)
        const target = output !== undefined && output.byteLength >= bound ? output : Buffer.allocUnsafeSlow(bound)
        try {
          const result = await promised([target, raw], (to, from, done) =>
            zstd.compress.async(context, to, to.byteLength, from, from.byteLength, level, done),
          )
          if (result < 0)
            throw new ReftarError(
              'system-error',
              { verbatim: `zstd: ${zstd.errorName(result)}` },
              { operation: 'zstd' },
            )
          return target.subarray(0, result)
        } finally {
          idle.push(context)
        }
      }),
    decompress: async (frame, rawLengthBytes) => {
      checkFrame(frame, rawLengthBytes)
      return limited(async () => {
        const target = Buffer.allocUnsafeSlow(rawLengthBytes)
        const result = await promised([target, frame], (to, from, done) =>
          zstd.decompress.async(to, to.byteLength, from, from.byteLength, done),
        )
        return checked(result, target)
      })
    },
    decompressSync: (frame, rawLengthBytes) => {
      checkFrame(frame, rawLengthBytes)
      const target = Buffer.allocUnsafeSlow(rawLengthBytes)
      return checked(zstd.decompress(target, target.byteLength, frame, frame.byteLength), target)
    },
  }
}
