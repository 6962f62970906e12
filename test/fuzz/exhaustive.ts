/** Every truncation and every flipped bit of a small archive: an error, or the right contents. */
import { createPorts } from '../../native/index.ts'
import { defaultLimits } from '../../src/main/engine/limits.ts'
import { differenceOf } from './fuzzer.ts'
import { MemoryArchive, rememberingCompressor } from './memory-archive.ts'
import { type Reading, readEverything } from './reading.ts'
import { everything1, everything2 } from './seeds.ts'

/** Of the archive of format 1. */
const BLOCK_1 = 512

interface Damage {
  readonly format: 1 | 2
  readonly kind: 'truncation' | 'flip'
  /** New length, or number of the bit. */
  readonly at: number
}

interface Tried {
  readonly tried: number
  /** Archives that came through as if nothing had happened: their contents are right, or format 1 can't tell. */
  readonly clean: number
  readonly wrong: readonly string[]
}

/** Tries every `stride`th place from `start` on. */
export async function tryDamage(format: 1 | 2, kind: Damage['kind'], start: number, stride: number): Promise<Tried> {
  const ports = createPorts()
  const archive = new MemoryArchive(ports, rememberingCompressor(ports.compressor))
  const whole = format === 1 ? everything1() : everything2()
  archive.bytes = whole
  const original = await readEverything(archive, defaultLimits, false)
  if (!original.clean) throw new Error(`the archive itself isn’t clean: ${JSON.stringify(original)}`)
  const checkedBytes = format === 1 ? extentBytes(archive) : new Set<number>()
  const wrong: string[] = []
  let tried = 0
  let clean = 0
  const look = async (at: number): Promise<void> => {
    tried++
    const reading = await readEverything(archive, defaultLimits, false)
    if (reading.clean) clean++
    const isChecked = kind === 'flip' && checkedBytes.has(at >>> 3)
    const fault = isChecked && reading.clean ? 'nobody says so' : faultOf({ format, kind, at }, original, reading)
    if (fault !== undefined && wrong.length < 10) wrong.push(`format ${format}, ${kind} ${at}: ${fault}`)
  }
  if (kind === 'truncation') {
    for (let length = start; length < whole.length; length += stride) {
      archive.bytes = whole.subarray(0, length)
      await look(length)
    }
  } else {
    const copy = whole.slice()
    archive.bytes = copy
    for (let bit = start; bit < whole.length * 8; bit += stride) {
      copy[bit >>> 3] = (copy[bit >>> 3] ?? 0) ^ (1 << (bit & 7))
      await look(bit)
      copy[bit >>> 3] = whole[bit >>> 3] ?? 0
    }
  }
  return { tried, clean, wrong }
}

/** Offsets of all bytes that a checksum of format 1 covers: those of extents, which begin with a block. */
function extentBytes(archive: MemoryArchive): ReadonlySet<number> {
  const offsets = new Set<number>()
  for (const { segments } of archive.open(defaultLimits).entries()) {
    for (const segment of segments) {
      if (segment.kind !== 'data' || segment.archiveOffset % BLOCK_1 !== 0) continue
      for (let i = 0; i < segment.lengthBytes; i++) offsets.add(segment.archiveOffset + i)
    }
  }
  return offsets
}

/**
 * Format 2 protects everything. Format 1 protects only what lies in extents: there a flip must not change it unnoticed,
 * while names, sizes and small files have no checksum. A truncation must be told, but between two entries of format 1,
 * which has no end that could be missing: what is left is an archive.
 */
function faultOf({ format, kind, at }: Damage, original: Reading, reading: Reading): string | undefined {
  const mayEndHere = format === 1 && at % BLOCK_1 === 0
  if (kind === 'truncation' && reading.clean && !mayEndHere) return 'nobody says that the end is missing'
  if (format === 2) return differenceOf(original, reading)
  if (kind === 'flip') return undefined
  // Entries before the cut are as they were; the one it goes through can't be read.
  for (const [index, line] of reading.entries.entries()) {
    const content = reading.contents[index]
    if (line !== original.entries[index] && !content?.startsWith('error') && !line.includes('"kind":"hardlink"')) {
      return `entry ${index} is ${line}, was ${original.entries[index]}`
    }
    if (content !== original.contents[index] && !content?.startsWith('error')) return `entry ${index} has other content`
  }
  return undefined
}

/** All of it, which takes minutes. True when nothing was wrong. */
export async function runExhaustively(tell: (text: string) => void): Promise<boolean> {
  let isGood = true
  for (const format of [1, 2] as const) {
    for (const kind of ['truncation', 'flip'] as const) {
      const { tried, clean, wrong } = await tryDamage(format, kind, 0, 1)
      tell(`format ${format}: ${tried} times ${kind}, ${clean} that nobody tells of, ${wrong.length} wrong`)
      for (const text of wrong) tell(text)
      isGood &&= wrong.length === 0
    }
  }
  return isGood
}
