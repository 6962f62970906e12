/**
 * Where in the packs some bytes lie already: equal small files and file ends are stored once. Never by a weak hash
 * alone: a sample only proposes a place, and all bytes there decide; where packs can't be read back (a pipe), 160 bits of
 * BLAKE3 decide.
 */
import { blake3 } from '../format/hash.ts'
import { sampleKey } from './sample-key.ts'

export interface ContentPlace {
  readonly pack: number
  readonly packOffset: number
}

export interface ContentIndex {
  /** The place of bytes equal to a part of `buffer`; when there is none, that is remembered as lying at `place`. */
  findOrRemember(buffer: Buffer, at: number, lengthBytes: number, place: ContentPlace): ContentPlace | undefined
}

const FIRST_SLOTS = 1 << 12
/** 16 bytes a slot by bytes, 32 by hash. Once full, nothing more is remembered. */
const MAX_SLOTS = 1 << 20
const MAX_LOAD = 0.6
const KEY_WORDS_BY_HASH = 5

/** Open-addressing table from key and length to a place. */
class PlaceTable {
  readonly #keyWords: number
  #slots = FIRST_SLOTS
  #used = 0
  #keys: Uint32Array
  /** 0 is a free slot. */
  #lengths = new Uint32Array(FIRST_SLOTS)
  #packs = new Uint32Array(FIRST_SLOTS)
  #packOffsets = new Uint32Array(FIRST_SLOTS)

  constructor(keyWords: number) {
    this.#keyWords = keyWords
    this.#keys = new Uint32Array(FIRST_SLOTS * keyWords)
  }

  get(key: Uint32Array, length: number): ContentPlace | undefined {
    const slot = this.#slotOf(key, 0, length)
    if (this.#lengths[slot] === 0) return undefined
    return { pack: this.#packs[slot] ?? 0, packOffset: this.#packOffsets[slot] ?? 0 }
  }

  set(key: Uint32Array, length: number, place: ContentPlace): void {
    if (this.#used >= this.#slots * MAX_LOAD) {
      if (this.#slots >= MAX_SLOTS) return
      this.#grow()
    }
    this.#put(key, 0, length, place.pack, place.packOffset)
  }

  #put(keys: Uint32Array, at: number, length: number, pack: number, packOffset: number): void {
    const slot = this.#slotOf(keys, at, length)
    if (this.#lengths[slot] !== 0) return
    for (let i = 0; i < this.#keyWords; i++) this.#keys[slot * this.#keyWords + i] = keys[at + i] ?? 0
    this.#lengths[slot] = length
    this.#packs[slot] = pack
    this.#packOffsets[slot] = packOffset
    this.#used += 1
  }

  #slotOf(keys: Uint32Array, at: number, length: number): number {
    const words = this.#keyWords
    const mask = this.#slots - 1
    let slot = (keys[at] ?? 0) & mask
    for (;;) {
      if (this.#lengths[slot] === 0) return slot
      let same = this.#lengths[slot] === length
      for (let i = 0; i < words && same; i++) same = this.#keys[slot * words + i] === keys[at + i]
      if (same) return slot
      slot = (slot + 1) & mask
    }
  }

  #grow(): void {
    const [keys, lengths, packs, packOffsets] = [this.#keys, this.#lengths, this.#packs, this.#packOffsets]
    this.#slots *= 2
    this.#used = 0
    this.#keys = new Uint32Array(this.#slots * this.#keyWords)
    this.#lengths = new Uint32Array(this.#slots)
    this.#packs = new Uint32Array(this.#slots)
    this.#packOffsets = new Uint32Array(this.#slots)
    for (let old = 0; old < lengths.length; old++) {
      const length = lengths[old] ?? 0
      if (length !== 0) this.#put(keys, old * this.#keyWords, length, packs[old] ?? 0, packOffsets[old] ?? 0)
    }
  }
}

/** For archives that can be read back while they are written. */
export class ContentIndexByBytes implements ContentIndex {
  readonly #table = new PlaceTable(1)
  readonly #key = new Uint32Array(1)
  readonly #matches: (bytes: Buffer, place: ContentPlace) => boolean

  /** `matches` compares bytes with what was packed at a place; it may say no when that would cost too much. */
  constructor(matches: (bytes: Buffer, place: ContentPlace) => boolean) {
    this.#matches = matches
  }

  findOrRemember(buffer: Buffer, at: number, lengthBytes: number, place: ContentPlace): ContentPlace | undefined {
    this.#key[0] = sampleKey(new DataView(buffer.buffer, buffer.byteOffset), at, lengthBytes)
    const proposed = this.#table.get(this.#key, lengthBytes)
    if (proposed === undefined) {
      this.#table.set(this.#key, lengthBytes, place)
      return undefined
    }
    return this.#matches(buffer.subarray(at, at + lengthBytes), proposed) ? proposed : undefined
  }
}

/** For archives written to a pipe. */
export class ContentIndexByHash implements ContentIndex {
  readonly #table = new PlaceTable(KEY_WORDS_BY_HASH)
  readonly #key = new Uint32Array(KEY_WORDS_BY_HASH)

  findOrRemember(buffer: Buffer, at: number, lengthBytes: number, place: ContentPlace): ContentPlace | undefined {
    const hash = blake3(buffer.subarray(at, at + lengthBytes))
    new Uint8Array(this.#key.buffer).set(hash.subarray(0, KEY_WORDS_BY_HASH * 4))
    const known = this.#table.get(this.#key, lengthBytes)
    if (known === undefined) this.#table.set(this.#key, lengthBytes, place)
    return known
  }
}
