/** Extents of many files as columns of numbers: 25 bytes each, so that a million fit easily. */

export class ExtentTable {
  #capacity = 1024
  #length = 0
  #filesystems = new Uint32Array(this.#capacity)
  #addresses = new Float64Array(this.#capacity)
  #lengths = new Float64Array(this.#capacity)
  #files = new Uint32Array(this.#capacity)
  #shared = new Uint8Array(this.#capacity)

  get length(): number {
    return this.#length
  }

  /** `flaggedShared`: the filesystem says that somebody else uses the blocks too. */
  add(filesystem: number, address: number, lengthBytes: number, file: number, flaggedShared: boolean): void {
    if (this.#length === this.#capacity) this.#grow()
    const index = this.#length++
    this.#filesystems[index] = filesystem
    this.#addresses[index] = address
    this.#lengths[index] = lengthBytes
    this.#files[index] = file
    this.#shared[index] = flaggedShared ? 1 : 0
  }

  filesystem(index: number): number {
    return this.#filesystems[index] ?? 0
  }

  address(index: number): number {
    return this.#addresses[index] ?? 0
  }

  lengthBytes(index: number): number {
    return this.#lengths[index] ?? 0
  }

  end(index: number): number {
    return (this.#addresses[index] ?? 0) + (this.#lengths[index] ?? 0)
  }

  file(index: number): number {
    return this.#files[index] ?? 0
  }

  isFlaggedShared(index: number): boolean {
    return this.#shared[index] === 1
  }

  /** Indexes ordered by filesystem, then by where the extents begin (or end). */
  sorted(by: 'address' | 'end'): Uint32Array {
    const order = Uint32Array.from({ length: this.#length }, (_, index) => index)
    const filesystems = this.#filesystems
    const addresses = this.#addresses
    const lengths = this.#lengths
    const key = (index: number): number =>
      by === 'address' ? (addresses[index] ?? 0) : (addresses[index] ?? 0) + (lengths[index] ?? 0)
    return order.sort((a, b) => (filesystems[a] ?? 0) - (filesystems[b] ?? 0) || key(a) - key(b) || a - b)
  }

  #grow(): void {
    this.#capacity *= 2
    const enlarge = <Column extends Uint32Array | Float64Array | Uint8Array>(
      column: Column,
      larger: Column,
    ): Column => {
      larger.set(column)
      return larger
    }
    this.#filesystems = enlarge(this.#filesystems, new Uint32Array(this.#capacity))
    this.#addresses = enlarge(this.#addresses, new Float64Array(this.#capacity))
    this.#lengths = enlarge(this.#lengths, new Float64Array(this.#capacity))
    this.#files = enlarge(this.#files, new Uint32Array(this.#capacity))
    this.#shared = enlarge(this.#shared, new Uint8Array(this.#capacity))
  }
}
