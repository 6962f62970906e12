/** The globals that browsers and Node share, plus Node's Buffer where it exists: `src/shared` is compiled without DOM and Node types. */

declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(bytes?: ArrayBufferView | ArrayBuffer, options?: { stream?: boolean }): string
}

interface AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  throwIfAborted(): void
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}

interface BufferClass {
  new (): Uint8Array
  from(bytes: ArrayBufferLike, byteOffset: number, byteLength: number): { latin1Slice(): string }
}

declare const Buffer: BufferClass | undefined
