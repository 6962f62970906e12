/**
 * Every different block seen so far: a CRC-32 proposes, a comparison with the bytes on disk decides. At its largest size
 * it samples: it forgets half of the contents, chosen by their checksum, and never looks at such contents again.
 */
import { crc32 } from 'node:zlib'

const FIRST_CAPACITY = 1 << 14
/** 24 bytes a content, its slots included: about 100 MiB. Covers 16 GiB of different 4 KiB blocks before it samples. */
const MAX_CONTENTS = 1 << 22
/** 8 bytes each. */
const MAX_OCCURRENCES = 1 << 22

/** Where a content was seen first. */
export interface ContentPlace {
  readonly file: number
  readonly block: number
}

/** Compares bytes at hand with those at a place. */
export type MatchesPlace = (bytes: Uint8Array, place: ContentPlace) => boolean

export class ContentTable {
  /** Only contents whose mixed checksum has these bits clear are kept. */
  #sampleMask = 0
  #length = 0
  #capacity = FIRST_CAPACITY
  #checksums = new Uint32Array(FIRST_CAPACITY)
  #lengths = new Uint32Array(FIRST_CAPACITY)
  #files = new Uint32Array(FIRST_CAPACITY)
  #blocks = new Uint32Array(FIRST_CAPACITY)
  #counts = new Uint32Array(FIRST_CAPACITY)
  /** Number of a content plus one; 0 is free. */
  #slots = new Uint32Array(FIRST_CAPACITY * 2)
  #occurrences = new Float64Array(FIRST_CAPACITY)
  #occurrenceCount = 0
  /** Whether every further place of a repeated content was kept. */
  occurrencesComplete = true
  readonly #matches: MatchesPlace
  readonly #maxContents: number

  /** `maxContents`: how many different contents are kept; a power of two. */
  constructor(matches: MatchesPlace, maxContents = MAX_CONTENTS) {
    this.#matches = matches
    this.#maxContents = maxContents
  }

  get length(): number {
    return this.#length
  }

  /** One in so many contents is in the table. */
  get sampledOneIn(): number {
    return this.#sampleMask + 1
  }

  lengthBytes(content: number): number {
    return this.#lengths[content] ?? 0
  }

  /** How often it was seen. */
  count(content: number): number {
    return this.#counts[content] ?? 0
  }

  /** Counts a block: whole, or the last of a file. */
  add(bytes: Uint8Array, file: number, block: number): void {
    const checksum = crc32(bytes)
    if ((mixed(checksum) & this.#sampleMask) !== 0) return
    let slot = this.#firstSlot(checksum)
    for (;;) {
      const content = (this.#slots[slot] ?? 0) - 1
      if (content < 0) break
      if (this.#checksums[content] === checksum && this.#lengths[content] === bytes.length) {
        const place = { file: this.#files[content] ?? 0, block: this.#blocks[content] ?? 0 }
        if (this.#matches(bytes, place)) {
          this.#addOccurrence(content, file)
          return
        }
      }
      slot = (slot + 1) & (this.#slots.length - 1)
    }
    if (this.#length === this.#capacity) {
      if (this.#capacity < this.#maxContents) this.#grow()
      else this.#sample()
      if ((mixed(checksum) & this.#sampleMask) !== 0) return
      slot = this.#freeSlot(checksum)
    }
    this.#slots[slot] = this.#length + 1
    this.#checksums[this.#length] = checksum
    this.#lengths[this.#length] = bytes.length
    this.#files[this.#length] = file
    this.#blocks[this.#length] = block
    this.#counts[this.#length] = 1
    this.#length++
  }

  /** Repeated contents with the files that have them, ascending and each once. */
  *repeated(): Iterable<{ readonly content: number; readonly files: readonly number[] }> {
    const sorted = this.#occurrences.slice(0, this.#occurrenceCount).sort()
    for (let at = 0; at < sorted.length; ) {
      const content = Math.floor((sorted[at] ?? 0) / FILES)
      const files: number[] = [this.#files[content] ?? 0]
      for (; at < sorted.length && Math.floor((sorted[at] ?? 0) / FILES) === content; at++) {
        const file = (sorted[at] ?? 0) % FILES
        if (files.at(-1) !== file && file !== files[0]) files.push(file)
      }
      yield { content, files: files.sort((a, b) => a - b) }
    }
  }

  #addOccurrence(content: number, file: number): void {
    this.#counts[content] = (this.#counts[content] ?? 0) + 1
    if (this.#occurrenceCount === this.#occurrences.length) {
      if (this.#occurrences.length >= MAX_OCCURRENCES) {
        this.occurrencesComplete = false
        return
      }
      this.#occurrences = enlarged(this.#occurrences, new Float64Array(this.#occurrences.length * 2))
    }
    this.#occurrences[this.#occurrenceCount++] = content * FILES + file
  }

  #firstSlot(checksum: number): number {
    return mixed(checksum) & (this.#slots.length - 1)
  }

  #freeSlot(checksum: number): number {
    let slot = this.#firstSlot(checksum)
    while (this.#slots[slot] !== 0) slot = (slot + 1) & (this.#slots.length - 1)
    return slot
  }

  #grow(): void {
    this.#capacity *= 2
    this.#checksums = enlarged(this.#checksums, new Uint32Array(this.#capacity))
    this.#lengths = enlarged(this.#lengths, new Uint32Array(this.#capacity))
    this.#files = enlarged(this.#files, new Uint32Array(this.#capacity))
    this.#blocks = enlarged(this.#blocks, new Uint32Array(this.#capacity))
    this.#counts = enlarged(this.#counts, new Uint32Array(this.#capacity))
    this.#slots = new Uint32Array(this.#capacity * 2)
    for (let content = 0; content < this.#length; content++) {
      this.#slots[this.#freeSlot(this.#checksums[content] ?? 0)] = content + 1
    }
  }

  #sample(): void {
    this.#sampleMask = this.#sampleMask * 2 + 1
    const renumbered = new Uint32Array(this.#length)
    let kept = 0
    this.#slots.fill(0)
    for (let content = 0; content < this.#length; content++) {
      const checksum = this.#checksums[content] ?? 0
      if ((mixed(checksum) & this.#sampleMask) !== 0) continue
      for (const column of [this.#checksums, this.#lengths, this.#files, this.#blocks, this.#counts]) {
        column[kept] = column[content] ?? 0
      }
      this.#slots[this.#freeSlot(checksum)] = kept + 1
      renumbered[content] = ++kept
    }
    this.#length = kept
    let occurrences = 0
    for (let i = 0; i < this.#occurrenceCount; i++) {
      const occurrence = this.#occurrences[i] ?? 0
      const content = (renumbered[Math.floor(occurrence / FILES)] ?? 0) - 1
      if (content >= 0) this.#occurrences[occurrences++] = content * FILES + (occurrence % FILES)
    }
    this.#occurrenceCount = occurrences
  }
}

/** Contents (2^22) and files share the 53 bits of an occurrence. */
const FILES = 2 ** 30

/** CRC-32 is linear, so neighbouring contents would share low bits. */
function mixed(checksum: number): number {
  const hash = Math.imul(checksum ^ (checksum >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}

function enlarged<Column extends Uint32Array | Float64Array>(column: Column, larger: Column): Column {
  larger.set(column)
  return larger
}
