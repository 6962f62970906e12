/**
 * Which extracted file was written from a place in a pack: small files that were one file's blocks in the source
 * share again when the second one is cloned from the first. Open addressing over typed arrays, 32 bytes a file at
 * most half full; it stops growing at a bound, past which files are merely written.
 */
const mostPlaces = 1 << 21

export class PackPlaces {
  #capacity = 1 << 10
  #count = 0
  #packs = new Float64Array(this.#capacity)
  #offsets = new Uint32Array(this.#capacity)
  #lengths = new Uint32Array(this.#capacity)
  /** Ordinal + 1; 0 is free. */
  #ordinals = new Float64Array(this.#capacity)

  /** The ordinal remembered for the place, or -1 after remembering `ordinal` for it. */
  findOrAdd(pack: number, offset: number, lengthBytes: number, ordinal: number): number {
    const slot = this.#slot(pack, offset, lengthBytes)
    const found = this.#ordinals[slot] ?? 0
    if (found !== 0) return found - 1
    if (this.#count >= mostPlaces) return -1
    this.#fill(slot, pack, offset, lengthBytes, ordinal)
    if (++this.#count * 2 > this.#capacity) this.#grow()
    return -1
  }

  /** Remembers another file for a place whose first file can't be used. */
  replace(pack: number, offset: number, lengthBytes: number, ordinal: number): void {
    const slot = this.#slot(pack, offset, lengthBytes)
    if ((this.#ordinals[slot] ?? 0) !== 0) this.#ordinals[slot] = ordinal + 1
  }

  #slot(pack: number, offset: number, lengthBytes: number): number {
    const mask = this.#capacity - 1
    let hash =
      Math.imul(pack + 0x9e3779b9, 0x85ebca6b) ^ Math.imul(offset, 0xc2b2ae35) ^ Math.imul(lengthBytes, 0x27d4eb2f)
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
    let slot = (hash ^ (hash >>> 13)) & mask
    while ((this.#ordinals[slot] ?? 0) !== 0) {
      if (this.#offsets[slot] === offset && this.#packs[slot] === pack && this.#lengths[slot] === lengthBytes) break
      slot = (slot + 1) & mask
    }
    return slot
  }

  #fill(slot: number, pack: number, offset: number, lengthBytes: number, ordinal: number): void {
    this.#packs[slot] = pack
    this.#offsets[slot] = offset
    this.#lengths[slot] = lengthBytes
    this.#ordinals[slot] = ordinal + 1
  }

  #grow(): void {
    const packs = this.#packs
    const offsets = this.#offsets
    const lengths = this.#lengths
    const ordinals = this.#ordinals
    this.#capacity *= 2
    this.#packs = new Float64Array(this.#capacity)
    this.#offsets = new Uint32Array(this.#capacity)
    this.#lengths = new Uint32Array(this.#capacity)
    this.#ordinals = new Float64Array(this.#capacity)
    for (let i = 0; i < ordinals.length; i++) {
      const ordinal = ordinals[i] ?? 0
      if (ordinal === 0) continue
      const pack = packs[i] ?? 0
      const offset = offsets[i] ?? 0
      const lengthBytes = lengths[i] ?? 0
      this.#fill(this.#slot(pack, offset, lengthBytes), pack, offset, lengthBytes, ordinal - 1)
    }
  }
}
