/** Field-aware changes of format 2 recipes. The hashes are computed afterwards, so that readers get past them. */
import { sectionKinds } from '../../src/main/engine/format/section.ts'
import type { WildRecord } from '../corpus/directory-encoder.ts'
import type { WildPage } from '../corpus/page-encoder.ts'
import { zstdFrame } from '../corpus/zstd-frames.ts'
import { mutateEntries, randomTree } from './mutate-entries.ts'
import type { Random } from './random.ts'
import type { Edit, Recipe2, Step } from './recipe2.ts'

/** Changes a copy of the recipe in one to four places. */
export function mutateRecipe(random: Random, original: Recipe2): Recipe2 {
  const recipe: Recipe2 = { ...original, steps: [...original.steps], finish: { ...original.finish } }
  for (let count = 1 + random.below(3); count > 0; count--) mutateOnce(random, recipe)
  return recipe
}

function mutateOnce(random: Random, recipe: Recipe2): void {
  const { steps } = recipe
  const at = random.below(steps.length)
  const step = steps[at]
  if (step === undefined) return
  switch (random.below(14)) {
    case 0:
      recipe.superblock = { ...recipe.superblock, ...wildSuperblock(random) }
      return
    case 1:
      steps.splice(at, 1)
      return
    case 2:
      steps.splice(random.below(steps.length), 0, step)
      return
    case 3: {
      const other = random.below(steps.length)
      steps[at] = steps[other] ?? step
      steps[other] = step
      return
    }
    case 4:
      steps[at] = step.kind === 'data' ? step : { ...step, header: { ...step.header, ...wildHeader(random) } }
      return
    case 5:
      steps[at] = step.kind === 'data' ? step : { ...step, record: { ...step.record, ...wildRecord(random) } }
      return
    case 6:
      steps[at] = step.kind === 'data' ? step : { ...step, edits: [...(step.edits ?? []), edit(random)] }
      return
    case 7:
      steps[at] = withFrame(random, step)
      return
    case 8:
      mutateFinish(random, recipe)
      return
    case 9:
      steps.splice(at, 0, otherSection(random))
      return
    default:
      mutatePages(random, recipe)
  }
}

function mutatePages(random: Random, recipe: Recipe2): void {
  const pages = recipe.steps.flatMap((step, index) => (step.kind === 'page' ? [index] : []))
  if (pages.length === 0) return
  const at = random.pick(pages)
  const step = recipe.steps[at]
  if (step?.kind !== 'page') return
  const paths = recipe.steps.flatMap((one) => (one.kind === 'page' ? one.page.entries.map(({ path }) => path) : []))
  const entries = random.chance(0.2)
    ? randomTree(random, step.page.firstOrdinal)
    : mutateEntries(random, step.page.entries, paths)
  const page: WildPage = { ...step.page, entries, ...(random.chance(0.1) ? wildPage(random, step.page) : {}) }
  recipe.steps[at] = { ...step, page }
  renumber(random, recipe, at)
}

/** Mostly, later pages go on counting where this one ends, so that they aren't refused for that alone. */
function renumber(random: Random, recipe: Recipe2, from: number): void {
  if (random.chance(0.1)) return
  let ordinal: number | undefined
  for (let at = from; at < recipe.steps.length; at++) {
    const step = recipe.steps[at]
    if (step?.kind !== 'page') continue
    if (ordinal !== undefined) recipe.steps[at] = { ...step, page: { ...step.page, firstOrdinal: ordinal } }
    ordinal = (ordinal ?? step.page.firstOrdinal) + step.page.entries.length
  }
}

function wildPage(random: Random, page: WildPage): Partial<WildPage> {
  switch (random.below(6)) {
    case 0:
      return { firstOrdinal: random.hostileNumber(page.firstOrdinal) }
    case 1:
      return { count: random.hostileNumber(page.entries.length) }
    case 2:
      return { ownerCount: random.hostileNumber(1) }
    case 3:
      return { namesExcess: 'x'.repeat(random.below(100)) }
    case 4:
      return { excess: random.bytes(random.below(20)) }
    default:
      return {
        owners: [
          {
            uid: random.hostileNumber(),
            gid: random.hostileNumber(),
            userName: '\xff'.repeat(random.below(9)),
            groupName: '',
          },
        ],
      }
  }
}

function wildSuperblock(random: Random): Recipe2['superblock'] {
  switch (random.below(6)) {
    case 0:
      return { blockSize: random.pick([0, 1, 512, 4097, 8192, 65_536, 1 << 20, 1 << 21, 2 ** 31, 2 ** 32 - 1]) }
    case 1:
      return { requiredFeatures: BigInt(random.below(4)) << BigInt(random.below(62)) }
    case 2:
      return { optionalFeatures: BigInt(random.bits()) }
    case 3:
      return { seconds: BigInt(random.hostileNumber()) * (random.chance(0.5) ? 4096n : -1n) }
    case 4:
      return { nanoseconds: random.bits() }
    default:
      return { version: random.below(4), reserved: random.below(2) }
  }
}

function wildHeader(random: Random): NonNullable<Extract<Step, { kind: 'pack' }>['header']> {
  switch (random.below(7)) {
    case 0:
      return { kind: random.pick([0, 1, 2, 3, 4, 5, 6, 0x80000000, 0xffffffff]) }
    case 1:
      return { encoding: random.below(4) }
    case 2:
      return { sequence: BigInt(random.hostileNumber(3)) << BigInt(random.pick([0, 0, 8])) }
    case 3:
      return { previousBlock: BigInt(random.hostileNumber(4)) << BigInt(random.pick([0, 0, 10])) }
    case 4:
      return { rawLengthBytes: random.hostileNumber(500) }
    case 5:
      return { storedLengthBytes: random.hostileNumber(500) }
    default:
      return { payloadHash: random.bytes(32) }
  }
}

function wildRecord(random: Random): Partial<WildRecord> {
  switch (random.below(9)) {
    case 0:
      return { kind: random.pick([0, 1, 2, 3, 4, 5, 6, 0x80000000, 0xffffffff]) }
    case 1:
      return { gap: random.hostileNumber(1) }
    case 2:
      return { encoding: random.below(3) }
    case 3:
      return { rawLengthBytes: random.hostileNumber(500) }
    case 4:
      return { storedLengthBytes: random.hostileNumber(500) }
    case 5:
      return { entryCount: random.hostileNumber(4) }
    case 6:
      return { firstPath: random.pick(['', '..', 'a', 'zzz', 'x'.repeat(70_000)]) }
    case 7:
      return { firstBlock: random.hostileNumber(1), blocks: random.hostileNumber(2) }
    default:
      return { payloadHash: random.bytes(32) }
  }
}

function edit(random: Random): Edit {
  const numbers = [
    [0],
    [1],
    [0x7f],
    [0xff],
    [0x80, 0x01],
    [0xff, 0xff, 0xff, 0xff, 0x0f],
    [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f],
  ]
  return {
    at: random.below(random.pick([8, 64, 4096])),
    remove: random.below(3),
    insert: random.chance(0.7) ? Uint8Array.from(random.pick(numbers)) : random.bytes(random.below(6)),
  }
}

function withFrame(random: Random, step: Step): Step {
  if (step.kind !== 'pack') return step
  const whole = [step.raw]
  const frames = [
    () => zstdFrame(whole),
    () => zstdFrame(whole, random.hostileNumber(step.raw.length)),
    () => zstdFrame([{ byte: 0, times: random.pick([1, 4096, 1 << 20]) }]),
    () => zstdFrame([{ byte: 0, times: step.raw.length + random.below(3) - 1 }], step.raw.length),
    () => random.bytes(random.below(60)),
    () => Uint8Array.from(Buffer.concat([zstdFrame(whole), zstdFrame(whole)])),
    () => {
      const frame = zstdFrame(whole)
      frame[random.below(frame.length)] = random.below(256)
      return frame
    },
  ]
  return { ...step, frame: random.pick(frames)() }
}

function otherSection(random: Random): Step {
  return {
    kind: 'other',
    number: random.pick([0, 3, sectionKinds.directory, sectionKinds.trailer, 6, 0x80000001]),
    raw: random.bytes(random.below(200)),
  }
}

function mutateFinish(random: Random, recipe: Recipe2): void {
  const { finish } = recipe
  const names = ['entries', 'files', 'logicalBytes', 'holeBytes', 'dataBytes', 'packRawBytes', 'sharedBytes']
  switch (random.below(7)) {
    case 0:
      recipe.finish = { ...finish, totals: { ...finish.totals, [random.pick(names)]: random.hostileNumber(10) } }
      return
    case 1:
      recipe.finish = { ...finish, dataHashes: random.below(3) }
      return
    case 2:
      recipe.finish = { ...finish, edits: [...(finish.edits ?? []), edit(random)] }
      return
    case 3:
      recipe.finish = { ...finish, trailer: { directoryBlock: random.hostileNumber(10) } }
      return
    case 4:
      recipe.finish = { ...finish, trailer: { fileLengthBytes: random.hostileNumber(16) * random.pick([1, 4096]) } }
      return
    case 5:
      recipe.finish = { ...finish, trailerHeader: wildHeader(random) }
      return
    default: {
      const seed = random.bits()
      recipe.finish = {
        ...finish,
        directory: (directory) => {
          const records = [...directory.records]
          const a = seed % Math.max(1, records.length)
          const [taken] = records.splice(a, 1)
          if (taken && seed % 3 > 0) records.splice((seed >>> 8) % (records.length + 1), 0, taken)
          if (taken && seed % 3 > 1) records.splice((seed >>> 16) % (records.length + 1), 0, taken)
          return { ...directory, records }
        },
      }
    }
  }
}
