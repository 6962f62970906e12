/** Which names are the same file, in the archive and on disk. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import type { Entry } from '../entry.ts'
import { BitSet } from '../number-list.ts'
import type { NodeStatus } from '../ports.ts'
import type { Comparison } from './comparison.ts'

/** A longer chain than any writer makes is a trap. */
const longestChain = 40

interface KnownName {
  readonly ordinal: number
  readonly path: ByteString
}

export class LinkComparer {
  readonly #c: Comparison
  /** Ordinals of files that were found on disk, under whichever of their names came first. */
  readonly #found = new BitSet()
  /** First names of files with several, by the archive's ordinal and by the disk's inode. */
  readonly #keyOf = new Map<number, string>()
  readonly #firstName = new Map<string, KnownName>()

  constructor(c: Comparison) {
    this.#c = c
  }

  /** The entry with the contents that a hard link is another name of. */
  targetOf(entry: Entry): Entry {
    let target = entry
    for (let step = 0; target.kind === 'hardlink'; step++) {
      const ordinal = target.hardLinkOrdinal
      if (ordinal === undefined || ordinal === target.ordinal || step === longestChain) {
        throw new ReftarError('damaged', 'the hard link leads to no entry with contents')
      }
      target = this.#c.reader.entryAt(ordinal)
    }
    return target
  }

  /**
   * Compares which file a name belongs to. `target` is the entry with its contents. True when that very file was
   * compared under another name already.
   */
  isKnown(path: ByteString, target: Entry, status: NodeStatus): boolean {
    const { ordinal } = target
    const key = `${status.device}:${status.inode}`
    const first = this.#firstName.get(key)
    if (!this.#found.has(ordinal)) {
      this.#found.add(ordinal)
      if (first !== undefined) {
        const message = `is another name of ${displayName(first.path)} here, a file of its own in the archive`
        this.#c.differs(path, 'hard-link', message)
      }
      if (status.linkCount > 1) {
        this.#keyOf.set(ordinal, key)
        if (first === undefined) this.#firstName.set(key, { ordinal, path })
      }
      return false
    }
    if (this.#keyOf.get(ordinal) === key) return true
    const message = `is another name of ${displayName(target.path)} in the archive, a file of its own here`
    this.#c.differs(path, 'hard-link', message)
    return false
  }
}
