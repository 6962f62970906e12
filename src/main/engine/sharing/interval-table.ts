/** The stretches of the line of places as growing columns; neighbours that say the same become one. */
import type { SharingIntervals } from '../../../shared/sharing/sharing-map.ts'

export class IntervalTable {
  #capacity = 1024
  #length = 0
  #places = new Float64Array(this.#capacity)
  #lengths = new Float64Array(this.#capacity)
  #files = new Uint32Array(this.#capacity)
  #uses = new Uint32Array(this.#capacity)
  #classes = new Uint8Array(this.#capacity)
  #flags = new Uint8Array(this.#capacity)
  #lastHash = -1

  get length(): number {
    return this.#length
  }

  /** `hash` names the set of files. */
  add(
    place: number,
    length: number,
    hash: number,
    files: number,
    uses: number,
    classCode: number,
    flags: number,
  ): void {
    const last = this.#length - 1
    if (
      hash === this.#lastHash &&
      last >= 0 &&
      (this.#places[last] ?? 0) + (this.#lengths[last] ?? 0) === place &&
      this.#uses[last] === uses &&
      this.#classes[last] === classCode &&
      this.#flags[last] === flags
    ) {
      this.#lengths[last] = (this.#lengths[last] ?? 0) + length
      return
    }
    this.#lastHash = hash
    if (this.#length === this.#capacity) this.#grow()
    const index = this.#length++
    this.#places[index] = place
    this.#lengths[index] = length
    this.#files[index] = files
    this.#uses[index] = uses
    this.#classes[index] = classCode
    this.#flags[index] = flags
  }

  columns(): SharingIntervals {
    const length = this.#length
    return {
      places: this.#places.slice(0, length),
      lengths: this.#lengths.slice(0, length),
      files: this.#files.slice(0, length),
      uses: this.#uses.slice(0, length),
      classes: this.#classes.slice(0, length),
      flags: this.#flags.slice(0, length),
    }
  }

  #grow(): void {
    this.#capacity *= 2
    const enlarge = <Column extends { set(from: Column): void }>(column: Column, larger: Column): Column => {
      larger.set(column)
      return larger
    }
    this.#places = enlarge(this.#places, new Float64Array(this.#capacity))
    this.#lengths = enlarge(this.#lengths, new Float64Array(this.#capacity))
    this.#files = enlarge(this.#files, new Uint32Array(this.#capacity))
    this.#uses = enlarge(this.#uses, new Uint32Array(this.#capacity))
    this.#classes = enlarge(this.#classes, new Uint8Array(this.#capacity))
    this.#flags = enlarge(this.#flags, new Uint8Array(this.#capacity))
  }
}
