/** Where in the packs some bytes lie already, by 160 bits of BLAKE3: equal small files and file ends are stored once. */
import { blake3 } from '../format/hash.ts'

const KEY_WORDS = 5
const FIRST_SLOTS = 1 << 12
/** 32 bytes a slot: 32 MiB at most. Once full, nothing more is remembered. */
const MAX_SLOTS = 1 << 20
const MAX_LOAD = 0.6

export interface ContentPlace {
  readonly pack: number
  readonly packOffset: number
}

export class ContentPlaces {
  #slots = FIRST_SLOTS
  #used = 0
  #keys = new Uint32Array(FIRST_SLOTS * KEY_WORDS)
  /** Length (0 is a free slot), pack number, offset in the pack. */
  #lengths = new Uint32Array(FIRST_SLOTS)
  #packs = new Uint32Array(FIRST_SLOTS)
  #packOffsets = new Uint32Array(FIRST_SLOTS)
  readonly #key = new Uint32Array(KEY_WORDS)

  /** The place of equal bytes; when there is none, these bytes are remembered as lying at `place`. */
  findOrRemember(bytes: Uint8Array, place: ContentPlace): ContentPlace | undefined {
    new Uint8Array(this.#key.buffer).set(blake3(bytes).subarray(0, KEY_WORDS * 4))
    const slot = this.#slotOf(this.#key, 0, bytes.length)
    if (this.#lengths[slot] !== 0) return { pack: this.#packs[slot] ?? 0, packOffset: this.#packOffsets[slot] ?? 0 }
    if (this.#used < this.#slots * MAX_LOAD) this.#put(slot, this.#key, 0, bytes.length, place.pack, place.packOffset)
    else if (this.#slots < MAX_SLOTS) {
      this.#grow()
      this.#put(this.#slotOf(this.#key, 0, bytes.length), this.#key, 0, bytes.length, place.pack, place.packOffset)
    }
    return undefined
  }

  #put(slot: number, keys: Uint32Array, at: number, length: number, pack: number, packOffset: number): void {
    for (let i = 0; i < KEY_WORDS; i++) this.#keys[slot * KEY_WORDS + i] = keys[at + i] ?? 0
    this.#lengths[slot] = length
    this.#packs[slot] = pack
    this.#packOffsets[slot] = packOffset
    this.#used += 1
  }

  #slotOf(keys: Uint32Array, at: number, length: number): number {
    const mask = this.#slots - 1
    let slot = (keys[at] ?? 0) & mask
    for (;;) {
      if (this.#lengths[slot] === 0) return slot
      let same = this.#lengths[slot] === length
      for (let i = 0; i < KEY_WORDS && same; i++) same = this.#keys[slot * KEY_WORDS + i] === keys[at + i]
      if (same) return slot
      slot = (slot + 1) & mask
    }
  }

  #grow(): void {
    const [keys, lengths, packs, packOffsets] = [this.#keys, this.#lengths, this.#packs, this.#packOffsets]
    this.#slots *= 2
    this.#used = 0
    this.#keys = new Uint32Array(this.#slots * KEY_WORDS)
    this.#lengths = new Uint32Array(this.#slots)
    this.#packs = new Uint32Array(this.#slots)
    this.#packOffsets = new Uint32Array(this.#slots)
    for (let old = 0; old < lengths.length; old++) {
      const length = lengths[old] ?? 0
      if (length === 0) continue
      const slot = this.#slotOf(keys, old * KEY_WORDS, length)
      this.#put(slot, keys, old * KEY_WORDS, length, packs[old] ?? 0, packOffsets[old] ?? 0)
    }
  }
}
