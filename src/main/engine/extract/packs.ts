/** The pack that is being read from, with the next one on its way. */
import { ReftarError } from '../../../shared/errors.ts'
import { said } from '../../../shared/said.ts'
import type { ExtractionBudget } from '../limits.ts'
import type { ArchiveReader } from '../reader.ts'
import { markArchiveError } from './faults.ts'

export class Packs {
  readonly #reader: ArchiveReader
  readonly #readsAll: boolean
  readonly #budget: ExtractionBudget
  #number = -1
  #bytes: Uint8Array = new Uint8Array(0)

  /** `readsAll`: nearly everything is wanted, so that the next pack is worth loading before it is asked for. */
  constructor(reader: ArchiveReader, readsAll: boolean, budget: ExtractionBudget) {
    this.#reader = reader
    this.#budget = budget
    this.#readsAll = readsAll
  }

  isLoaded(pack: number): boolean {
    return this.#number === pack
  }

  async load(pack: number): Promise<void> {
    if (this.#number === pack) return
    try {
      this.#bytes = await this.#reader.loadPack(pack)
    } catch (error) {
      throw markArchiveError(error)
    }
    this.#number = pack
    this.#budget.addUnpacked(this.#bytes.length)
    if (!this.#readsAll) return
    try {
      this.#reader.prefetchPack(pack + 1)
    } catch {
      // It may be the last one; whoever asks for the next one gets the error.
    }
  }

  /** The loaded pack's bytes, which reach at least as far as asked. */
  bytes(packOffset: number, lengthBytes: number): Uint8Array {
    if (packOffset + lengthBytes <= this.#bytes.length) return this.#bytes
    const message = said('its bytes should be at {offset} in pack {pack}, which ends at {end}', {
      offset: packOffset,
      pack: this.#number,
      end: this.#bytes.length,
    })
    throw markArchiveError(new ReftarError('damaged', message))
  }
}
