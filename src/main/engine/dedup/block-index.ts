/**
 * Where in the archive a block of some content lies already. Never by a weak hash alone: a sample only proposes a
 * place, and the bytes there decide; where the archive can't be read back (a pipe), 160 bits of BLAKE3 decide.
 */
import { blake3 } from '../format/hash.ts'
import { sampleKey } from './sample-key.ts'

/**
 * Reads archive bytes that were written before. False when the range isn't file data from end to end (it may touch a
 * section, or what isn't committed yet).
 */
export type ReadBack = (archiveOffset: number, buffer: Uint8Array, length: number) => boolean

/**
 * Blocks are looked up by their position in the window of data at hand, so that what was computed to look one up
 * serves to remember it.
 */
export interface BlockIndex {
  /** Starts a window of whole blocks, whose bytes must stay as they are: forgets the positions of the last one. */
  startWindow(bytes: Uint8Array): void
  /** Archive offset of a block with exactly the bytes of the one at `position`, or -1. */
  find(position: number): number
  /** Whether the archive holds exactly these bytes (one block) at the offset. */
  matches(block: Uint8Array, archiveOffset: number): boolean
  /** Records where the block at `position` was stored. Does nothing for a block that was never looked up. */
  remember(position: number, archiveOffset: number): void
}

/** A slot takes 8 bytes when confirmed by bytes, 24 by hash. 2^23 slots cover 20 GiB of 4 KiB blocks before sampling. */
const FIRST_SLOTS = 1 << 12
const MAX_SLOTS_BY_BYTES = 1 << 23
const MAX_SLOTS_BY_HASH = 1 << 21
const MAX_LOAD = 0.6
const KEY_WORDS_BY_HASH = 5
const MAX_BLOCK_NUMBER = 2 ** 32

/**
 * Open-addressing table from a key to a block number (0 is free: the archive's block 0 is its superblock). At its
 * largest size it samples: it halves the share of keys it keeps instead of growing, so its memory has a bound.
 */
class BlockTable {
  readonly #keyWords: number
  readonly #maxSlots: number
  #slots = FIRST_SLOTS
  #used = 0
  /** Only keys whose first word has these bits clear are kept. */
  #sampleMask = 0
  #keys: Uint32Array
  #blocks: Uint32Array

  constructor(keyWords: number, maxSlots: number) {
    this.#keyWords = keyWords
    this.#maxSlots = maxSlots
    this.#keys = new Uint32Array(this.#slots * keyWords)
    this.#blocks = new Uint32Array(this.#slots)
  }

  /** `keys` holds the key from word `at` on. */
  get(keys: Uint32Array, at: number): number {
    return this.#blocks[this.#slotOf(keys, at)] ?? 0
  }

  set(keys: Uint32Array, at: number, block: number): void {
    if (((keys[at] ?? 0) & this.#sampleMask) !== 0 || block >= MAX_BLOCK_NUMBER) return
    if (this.#used >= this.#slots * MAX_LOAD) this.#grow()
    this.#put(keys, at, block)
  }

  #put(keys: Uint32Array, at: number, block: number): void {
    const slot = this.#slotOf(keys, at)
    if (this.#blocks[slot] !== 0) return
    for (let i = 0; i < this.#keyWords; i++) this.#keys[slot * this.#keyWords + i] = keys[at + i] ?? 0
    this.#blocks[slot] = block
    this.#used += 1
  }

  #slotOf(keys: Uint32Array, at: number): number {
    const words = this.#keyWords
    const mask = this.#slots - 1
    // The low bits are what sampling looks at, so the slot comes from a mix of all of them.
    let slot = (Math.imul(keys[at] ?? 0, 0x9e3779b1) >>> 7) & mask
    for (;;) {
      if (this.#blocks[slot] === 0) return slot
      let same = true
      for (let i = 0; i < words && same; i++) same = this.#keys[slot * words + i] === keys[at + i]
      if (same) return slot
      slot = (slot + 1) & mask
    }
  }

  #grow(): void {
    const words = this.#keyWords
    const oldKeys = this.#keys
    const oldBlocks = this.#blocks
    if (this.#slots < this.#maxSlots) this.#slots *= 2
    else this.#sampleMask = (this.#sampleMask << 1) | 1
    this.#keys = new Uint32Array(this.#slots * words)
    this.#blocks = new Uint32Array(this.#slots)
    this.#used = 0
    for (let slot = 0; slot < oldBlocks.length; slot++) {
      const block = oldBlocks[slot] ?? 0
      if (block !== 0 && ((oldKeys[slot * words] ?? 0) & this.#sampleMask) === 0)
        this.#put(oldKeys, slot * words, block)
    }
  }
}

/** The window's blocks and their keys, kept between looking a block up and remembering it. */
class Window {
  keys = new Uint32Array(0)
  view: DataView = new DataView(new ArrayBuffer(0))
  readonly #blockBytes: number
  readonly #keyWords: number
  #bytes: Uint8Array = new Uint8Array(0)
  #present = new Uint8Array(0)

  constructor(blockBytes: number, keyWords: number) {
    this.#blockBytes = blockBytes
    this.#keyWords = keyWords
  }

  start(bytes: Uint8Array): void {
    this.#bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const blocks = bytes.length / this.#blockBytes
    if (this.#present.length < blocks) {
      this.#present = new Uint8Array(blocks)
      this.keys = new Uint32Array(blocks * this.#keyWords)
    } else this.#present.fill(0)
  }

  block(position: number): Uint8Array {
    return this.#bytes.subarray(position * this.#blockBytes, (position + 1) * this.#blockBytes)
  }

  mark(position: number): void {
    this.#present[position] = 1
  }

  has(position: number): boolean {
    return this.#present[position] === 1
  }
}

/** For archives that can be read back while they are written. */
export class BlockIndexByBytes implements BlockIndex {
  readonly #table = new BlockTable(1, MAX_SLOTS_BY_BYTES)
  readonly #window: Window
  readonly #blockBytes: number
  readonly #readBack: ReadBack
  readonly #stored: Buffer

  constructor(blockBytes: number, readBack: ReadBack) {
    this.#blockBytes = blockBytes
    this.#window = new Window(blockBytes, 1)
    this.#readBack = readBack
    this.#stored = Buffer.allocUnsafe(blockBytes)
  }

  startWindow(bytes: Uint8Array): void {
    this.#window.start(bytes)
  }

  find(position: number): number {
    const window = this.#window
    window.keys[position] = sampleKey(window.view, position * this.#blockBytes, this.#blockBytes)
    window.mark(position)
    const archiveOffset = this.#table.get(window.keys, position) * this.#blockBytes
    return archiveOffset !== 0 && this.matches(window.block(position), archiveOffset) ? archiveOffset : -1
  }

  matches(block: Uint8Array, archiveOffset: number): boolean {
    return this.#readBack(archiveOffset, this.#stored, this.#blockBytes) && this.#stored.equals(block)
  }

  remember(position: number, archiveOffset: number): void {
    if (this.#window.has(position)) this.#table.set(this.#window.keys, position, archiveOffset / this.#blockBytes)
  }
}

/** For archives written to a pipe. */
export class BlockIndexByHash implements BlockIndex {
  readonly #table = new BlockTable(KEY_WORDS_BY_HASH, MAX_SLOTS_BY_HASH)
  readonly #window: Window
  readonly #probe = new Uint32Array(KEY_WORDS_BY_HASH)
  readonly #blockBytes: number

  constructor(blockBytes: number) {
    this.#blockBytes = blockBytes
    this.#window = new Window(blockBytes, KEY_WORDS_BY_HASH)
  }

  startWindow(bytes: Uint8Array): void {
    this.#window.start(bytes)
  }

  find(position: number): number {
    this.#hashInto(this.#window.block(position), this.#window.keys, position * KEY_WORDS_BY_HASH)
    this.#window.mark(position)
    const number = this.#table.get(this.#window.keys, position * KEY_WORDS_BY_HASH)
    return number === 0 ? -1 : number * this.#blockBytes
  }

  matches(block: Uint8Array, archiveOffset: number): boolean {
    this.#hashInto(block, this.#probe, 0)
    return this.#table.get(this.#probe, 0) * this.#blockBytes === archiveOffset
  }

  remember(position: number, archiveOffset: number): void {
    if (!this.#window.has(position)) return
    this.#table.set(this.#window.keys, position * KEY_WORDS_BY_HASH, archiveOffset / this.#blockBytes)
  }

  #hashInto(block: Uint8Array, keys: Uint32Array, at: number): void {
    new Uint8Array(keys.buffer, at * 4, KEY_WORDS_BY_HASH * 4).set(blake3(block).subarray(0, KEY_WORDS_BY_HASH * 4))
  }
}
