/** Small files and file ends, gathered into packs that are compressed beside the engine's own thread. */

import { PACK_TARGET_BYTES } from '../format/layout.ts'
import type { Compressor } from '../ports.ts'
import { compressPayload, type Payload } from './section-writer.ts'

/**
 * Packs waiting for each that is being compressed: files that are packed and files that are cloned come in bunches, and
 * neither side should wait for the other. Each takes 4 MiB.
 */
export const PACKS_AHEAD = 2

/** More than zstd's worst case for a full pack (ZSTD_compressBound: a 256th, and up to 64 bytes for small ones). */
const OUTPUT_BYTES = PACK_TARGET_BYTES + (PACK_TARGET_BYTES >> 7)

/** Memory of one pack, used again for the next: fresh memory costs page faults and collections of garbage. */
interface PackMemory {
  readonly raw: Buffer
  readonly compressed: Buffer
}

interface PendingPack {
  readonly number: number
  readonly rawLengthBytes: number
  readonly payload: Promise<Payload>
  readonly memory: PackMemory
  /** Undefined until it is compressed. */
  finished: Payload | undefined
}

export interface PackPlace {
  readonly pack: number
  readonly packOffset: number
}

export class PackWriter {
  readonly #compressor: Compressor
  readonly #level: number
  readonly #maxPending: number
  readonly #emit: (payload: Payload) => void
  readonly #spare: PackMemory[] = []
  readonly #pending: PendingPack[] = []
  #memory = allocateMemory()
  #filledBytes = 0
  #number = 0

  /** `emit` writes a finished pack into the archive; packs come in the order of their numbers. */
  constructor(compressor: Compressor, level: number, jobs: number, emit: (payload: Payload) => void) {
    this.#compressor = compressor
    this.#level = level
    this.#maxPending = Math.max(1, jobs) * PACKS_AHEAD
    this.#emit = emit
  }

  /** Whether the open pack has room. If not, makeRoom() must come before `space` is used. */
  hasRoom(lengthBytes: number): boolean {
    return this.#filledBytes + lengthBytes <= PACK_TARGET_BYTES
  }

  /** Closes the open pack: the next one has room for PACK_TARGET_BYTES. Waits only for what is too much at once. */
  makeRoom(): Promise<void> {
    return this.#closePack()
  }

  /** Where the next bytes go in the open pack's buffer; commit keeps them. */
  get space(): { readonly buffer: Buffer; readonly at: number } {
    return { buffer: this.#memory.raw, at: this.#filledBytes }
  }

  /** What commit would return now. */
  get nextPlace(): PackPlace {
    return { pack: this.#number, packOffset: this.#filledBytes }
  }

  /** Number of the newest pack that holds something; -1 for none. */
  get lastPack(): number {
    return this.#filledBytes > 0 ? this.#number : this.#number - 1
  }

  /** Keeps the next `lengthBytes` of the open pack; returns their place. */
  commit(lengthBytes: number): PackPlace {
    const place = this.nextPlace
    this.#filledBytes += lengthBytes
    return place
  }

  /** Bytes of a pack that isn't in the archive yet; undefined for one that is. */
  unwritten(pack: number): Buffer | undefined {
    if (pack === this.#number) return this.#memory.raw.subarray(0, this.#filledBytes)
    const pending = this.#pending.find(({ number }) => number === pack)
    return pending?.memory.raw.subarray(0, pending.rawLengthBytes)
  }

  /** Puts packs into the archive as far as they are compressed already. */
  emitFinished(): void {
    for (let oldest = this.#pending[0]; oldest?.finished !== undefined; oldest = this.#pending[0]) {
      this.#emitFirst(oldest, oldest.finished)
    }
  }

  /** Closes the open pack and waits until every pack is in the archive. */
  async flush(): Promise<void> {
    await this.#closePack()
    while (this.#pending.length > 0) await this.#emitOldest()
  }

  async #closePack(): Promise<void> {
    if (this.#filledBytes === 0) return
    if (this.#pending.length >= this.#maxPending) await this.#emitOldest()
    const memory = this.#memory
    const raw = memory.raw.subarray(0, this.#filledBytes)
    const payload = compressPayload(this.#compressor, raw, this.#level, memory.compressed)
    const pending: PendingPack = {
      number: this.#number,
      rawLengthBytes: raw.length,
      payload,
      memory,
      finished: undefined,
    }
    // Awaited in order later; a failure before that must not count as unhandled.
    payload.then(
      (finished) => {
        pending.finished = finished
      },
      () => undefined,
    )
    this.#pending.push(pending)
    this.#memory = this.#spare.pop() ?? allocateMemory()
    this.#filledBytes = 0
    this.#number += 1
  }

  async #emitOldest(): Promise<void> {
    const oldest = this.#pending[0]
    if (oldest === undefined) return
    this.#emitFirst(oldest, await oldest.payload)
  }

  #emitFirst({ memory }: PendingPack, payload: Payload): void {
    this.#pending.shift()
    this.#emit(payload)
    this.#spare.push(memory)
  }
}

function allocateMemory(): PackMemory {
  return { raw: Buffer.allocUnsafeSlow(PACK_TARGET_BYTES), compressed: Buffer.allocUnsafeSlow(OUTPUT_BYTES) }
}
