/** Bytes by set of files. What follows each other on disk is often used by the same files, and put into the table once. */

/** Distinct sets of files kept; more than anyone reads, few enough for memory. */
const mostGroups = 1 << 20

export class GroupSums {
  readonly #bytes = new Map<number, number>()
  #hash = -1
  #pending = 0

  add(hash: number, bytes: number): void {
    if (hash !== this.#hash) this.#put()
    this.#hash = hash
    this.#pending += bytes
  }

  bytes(): ReadonlyMap<number, number> {
    this.#put()
    return this.#bytes
  }

  #put(): void {
    const before = this.#bytes.get(this.#hash)
    const hasRoom = before !== undefined || this.#bytes.size < mostGroups
    if (this.#pending > 0 && hasRoom) this.#bytes.set(this.#hash, (before ?? 0) + this.#pending)
    this.#pending = 0
  }
}
