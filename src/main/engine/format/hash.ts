/** BLAKE3, the only hash of format 2. */
import { Blake3Hasher, blake3 as nativeBlake3 } from '@napi-rs/blake-hash'

/** BLAKE3 of the bytes: 32 bytes. */
export function blake3(bytes: Uint8Array): Uint8Array {
  return nativeBlake3(bytes)
}

/** BLAKE3 over several pieces. One object is used again and again: making one costs as much as hashing 20 KiB. */
export class IncrementalHasher {
  private readonly native = new Blake3Hasher()

  update(bytes: Uint8Array): this {
    this.native.update(bytes)
    return this
  }

  /** The hash of everything since the last digest; the next update begins a new one. */
  digest(): Uint8Array {
    const hash = this.native.digestBuffer()
    this.native.reset()
    return hash
  }
}

/** Whether two hashes (or ids) are the same bytes. */
export function bytesEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}
