/** Chromium's own base64 of bytes, which TypeScript's library doesn't know yet. */

import type { Base64 } from '../codec.ts'

declare global {
  interface Uint8Array {
    toBase64(): string
  }
  interface Uint8ArrayConstructor {
    fromBase64(text: string): Uint8Array<ArrayBuffer>
  }
}

export const pageBase64: Base64 = {
  toBase64: (bytes) => bytes.toBase64(),
  fromBase64: (text) => Uint8Array.fromBase64(text).buffer,
}
