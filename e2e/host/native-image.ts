/** `nativeImage`: holds the bytes of an icon, draws nothing. */

import { existsSync, readFileSync } from 'node:fs'
import { refuseUnknown } from './provided.ts'

export class HostNativeImage {
  readonly #bytes: Buffer

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  isEmpty(): boolean {
    return this.#bytes.length === 0
  }
  toPNG(): Buffer {
    return this.#bytes
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.#bytes.toString('base64')}`
  }
  resize(): this {
    return this
  }
}

refuseUnknown('NativeImage', HostNativeImage.prototype)

export const nativeImage = refuseUnknown('nativeImage', {
  createEmpty: () => new HostNativeImage(Buffer.alloc(0)),
  createFromBuffer: (bytes: Buffer) => new HostNativeImage(bytes),
  createFromPath: (path: string) => new HostNativeImage(existsSync(path) ? readFileSync(path) : Buffer.alloc(0)),
  createFromDataURL: (url: string) => new HostNativeImage(Buffer.from(url.replace(/^.*?,/, ''), 'base64')),
})
