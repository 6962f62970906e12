/** One case after the other, each made from its own number alone. */
import { createPorts } from '../../native/index.ts'
import { defaultLimits, type ReadLimits } from '../../src/main/engine/limits.ts'
import { ReftarError } from '../../src/shared/errors.ts'
import { extractInto, randomOptions } from './extracting.ts'
import { Finding } from './finding.ts'
import { MemoryArchive, rememberingCompressor } from './memory-archive.ts'
import { damage } from './mutate-bytes.ts'
import { randomArchive1 } from './mutate1.ts'
import { mutateRecipe } from './mutate2.ts'
import { Random } from './random.ts'
import { codeOf, type Reading, readEverything } from './reading.ts'
import { buildRecipe } from './recipe2.ts'
import { Sandbox } from './sandbox.ts'
import { everything1, everything2, recipeWithEverything } from './seeds.ts'

/** Small, so that what is written for a case is bounded; large enough that honest cases pass. */
const limits: ReadLimits = {
  ...defaultLimits,
  writtenFloorBytes: 4 << 20,
  writtenRatio: 20,
  unpackedFloorBytes: 2 ** 28,
  unpackedRatio: 20,
}
const EXTRACTED_SHARE = 1 / 24
const LOOKED_UP_SHARE = 1 / 4
const MOST_VARIANT_BYTES = 1 << 16

export interface Seed {
  readonly name: string
  readonly bytes: Uint8Array
}

interface Made {
  readonly bytes: Uint8Array
  readonly random: Random
  /** Damage that must be found out, or do nothing. */
  readonly isDamage: boolean
}

export interface Counts {
  cases: number
  opened: number
  clean: number
  extracted: number
  /** Damaged once more and only opened and listed, and how many of those could be. */
  variants: number
  listed: number
}

export class Fuzzer {
  readonly counts: Counts = { cases: 0, opened: 0, clean: 0, extracted: 0, variants: 0, listed: 0 }
  private readonly ports = createPorts()
  private readonly archive = new MemoryArchive(this.ports)
  private readonly sandbox = new Sandbox()
  private readonly seeds: readonly Seed[]
  private readonly variants: number
  private readonly recipe = recipeWithEverything()
  private readonly whole2 = everything2()
  private readonly whole1 = everything1()
  private original: Reading | undefined

  /** `variants`: as often a case's archive is damaged again, to be opened and listed. */
  constructor(seeds: readonly Seed[], variants: number) {
    this.seeds = seeds
    this.variants = variants
  }

  /** The archive of a case. Undefined where the encoders can't write what was made up. */
  bytesOf(caseSeed: number): Made | undefined {
    const random = new Random(caseSeed)
    const way = random.below(10)
    try {
      if (way < 5) return { bytes: this.recipeBytes(random), random, isDamage: false }
      if (way < 7) return { bytes: this.afterwards(random, randomArchive1(random)), random, isDamage: false }
      const seed = way === 7 ? this.whole2 : way === 8 ? this.whole1 : random.pick(this.seeds).bytes
      const donor = random.chance(0.5) ? this.whole2 : random.pick(this.seeds).bytes
      // Damage to format 2 that doesn't bring in parts of other archives must be found out, or do nothing.
      return { bytes: damage(random, seed, way === 7 ? seed : donor), random, isDamage: way === 7 }
    } catch (error) {
      if (error instanceof ReftarError && error.code === 'internal') return undefined
      throw error
    }
  }

  /** Throws Finding. */
  async run(caseSeed: number): Promise<void> {
    this.counts.cases++
    const made = this.bytesOf(caseSeed)
    if (made === undefined) return
    await this.tryOut(made)
    if (made.bytes.length <= MOST_VARIANT_BYTES) this.openVariants(made)
  }

  private async tryOut(made: Made): Promise<void> {
    const { archive, counts } = this
    archive.bytes = made.bytes
    const reading = await readEverything(archive, limits, made.random.chance(LOOKED_UP_SHARE))
    if (reading.openError !== undefined) return
    counts.opened++
    if (reading.clean) counts.clean++
    if (made.isDamage) await this.compare(reading)
    if (!made.random.chance(EXTRACTED_SHARE)) return
    counts.extracted++
    this.sandbox.prepare(made.random.chance(0.5))
    await extractInto(this.sandbox, archive, limits, randomOptions(made.random))
  }

  /** Building and verifying an archive takes a hundred times as long as opening it, so that it is opened in many forms. */
  private openVariants({ bytes, random }: Made): void {
    const archive = new MemoryArchive(this.ports, rememberingCompressor(this.ports.compressor))
    for (let i = 0; i < this.variants; i++) {
      archive.bytes = damage(random, bytes, this.whole2)
      this.counts.variants++
      try {
        const reader = archive.open(limits)
        for (const _ of reader.entries());
        reader.close()
        this.counts.listed++
      } catch (error) {
        codeOf(error)
      }
    }
  }

  dispose(): void {
    this.sandbox.dispose()
  }

  private recipeBytes(random: Random): Uint8Array {
    return this.afterwards(random, buildRecipe(mutateRecipe(random, this.recipe)))
  }

  /** Now and then damaged on top of it, so that recovery meets hostile sections too. */
  private afterwards(random: Random, bytes: Uint8Array): Uint8Array {
    return random.chance(0.2) ? damage(random, bytes, random.chance(0.5) ? bytes : this.whole2) : bytes
  }

  private async compare(reading: Reading): Promise<void> {
    if (this.original === undefined) {
      this.archive.bytes = this.whole2
      this.original = await readEverything(this.archive, limits)
      if (!this.original.clean) throw new Error('the seed itself isn’t clean')
    }
    const wrong = differenceOf(this.original, reading)
    if (wrong !== undefined) throw new Finding(wrong)
  }
}

/** What a damaged archive says that the original doesn't; undefined when it is a prefix, told as such, or all of it. */
export function differenceOf(original: Reading, reading: Reading): string | undefined {
  for (const [index, line] of reading.entries.entries()) {
    if (line !== original.entries[index]) return `entry ${index} is ${line}, was ${original.entries[index]}`
    const content = reading.contents[index]
    if (content !== original.contents[index] && !content?.startsWith('error')) {
      return `the content of entry ${index} is another one: ${line}`
    }
  }
  if (!reading.clean) return undefined
  if (reading.entries.length !== original.entries.length) return 'entries are missing and nobody says so'
  return undefined
}
