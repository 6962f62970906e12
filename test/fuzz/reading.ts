/** Reads everything that an archive gives and keeps what it says, so that two archives can be compared. */
import type { Entry, Segment } from '../../src/main/engine/entry.ts'
import { blake3, toHex } from '../../src/main/engine/format/hash.ts'
import type { ReadLimits } from '../../src/main/engine/limits.ts'
import type { ArchiveReader } from '../../src/main/engine/reader.ts'
import { type ErrorCode, type ErrorData, ReftarError } from '../../src/shared/errors.ts'
import { inEnglish } from '../../src/shared/said.ts'
import { checkConsistency } from './consistency.ts'
import { Finding } from './finding.ts'
import type { MemoryArchive } from './memory-archive.ts'

/** What reading an archive may end with. */
const allowedCodes: ReadonlySet<ErrorCode> = new Set([
  'not-an-archive',
  'unsupported-version',
  'damaged',
  'incomplete',
  'limit-exceeded',
])
const MOST_ENTRIES = 3000
const MOST_CONTENT_BYTES = 4 << 20
/** Longer than this in hash or entry and the case only costs time. */
const MOST_FILE_BYTES = 1 << 20
/** More of a file's holes than this aren't compared. */
const MOST_HOLES = 1000

export interface Reading {
  /** Code of the error that opening or listing ended with. */
  readonly openError: ErrorCode | undefined
  readonly listError: ErrorCode | undefined
  readonly verifyError: ErrorCode | undefined
  /** Per entry: everything but where its content is, in one line. */
  readonly entries: readonly string[]
  /** Per entry: hash of its content, or the code of the error. */
  readonly contents: readonly string[]
  readonly complete: boolean
  readonly faults: readonly ErrorData[]
  /** Nothing was found wrong by anybody. */
  readonly clean: boolean
}

/** The code of an error about the archive. Throws Finding for any other. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof ReftarError && allowedCodes.has(error.code)) return error.code
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  throw new Finding(`an error that isn’t about the archive: ${text}`)
}

/** Opens, lists, looks up, reads and verifies. Throws Finding for anything but an error about the archive. */
export async function readEverything(archive: MemoryArchive, limits: ReadLimits, lookUp = true): Promise<Reading> {
  let reader: ArchiveReader
  try {
    reader = archive.open(limits)
  } catch (error) {
    return unopened(codeOf(error))
  }
  const list: Entry[] = []
  let listError: ErrorCode | undefined
  try {
    for (const entry of reader.entries()) if (list.push(entry) >= MOST_ENTRIES) break
  } catch (error) {
    listError = codeOf(error)
  }
  const contents = await readContents(reader, list)
  const faults: ErrorData[] = []
  let verifyError: ErrorCode | undefined
  try {
    const { signal } = new AbortController()
    await reader.verify({ signal, progress: () => {}, problem: (problem) => faults.push(problem) })
  } catch (error) {
    verifyError = codeOf(error)
  }
  for (const { code, message } of faults) {
    if (!allowedCodes.has(code)) throw new Finding(`verify tells of ${code}: ${inEnglish(message)}`)
  }
  const isClean = faults.length === 0 && verifyError === undefined && reader.info.complete
  if (lookUp) checkConsistency(reader, list, listError, isClean, codeOf)
  const bad = contents.find((content) => content.startsWith('error'))
  if (isClean && (listError !== undefined || bad !== undefined)) {
    throw new Finding(`verify finds nothing, but reading it ends with ${listError ?? bad}`)
  }
  return {
    openError: undefined,
    listError,
    verifyError,
    entries: list.map(lineOf),
    contents,
    complete: reader.info.complete,
    faults,
    clean: isClean,
  }
}

function unopened(openError: ErrorCode): Reading {
  const nothing = { entries: [], contents: [], faults: [] }
  return { ...nothing, openError, listError: undefined, verifyError: undefined, complete: false, clean: false }
}

function lineOf({ segments, attributes, ...entry }: Entry): string {
  const values = attributes.map(({ name, value }) => [name, toHex(value)])
  const holes: Segment[] = []
  for (const segment of segments) {
    if (segment.kind === 'hole' || segment.kind === 'zero') holes.push(segment)
    if (holes.length === MOST_HOLES) break
  }
  return JSON.stringify({ ...entry, values, holes })
}

async function readContents(reader: ArchiveReader, entries: readonly Entry[]): Promise<string[]> {
  const contents: string[] = []
  let total = 0
  for (const entry of entries) {
    try {
      const bytes = total < MOST_CONTENT_BYTES ? await contentOf(reader, entry) : undefined
      total += bytes?.length ?? 0
      contents.push(bytes === undefined ? 'unread' : toHex(blake3(bytes)))
    } catch (error) {
      contents.push(`error ${codeOf(error)}`)
    }
  }
  return contents
}

async function contentOf(reader: ArchiveReader, entry: Entry): Promise<Uint8Array | undefined> {
  let storedBytes = 0
  let whole = 0
  for (const { kind, lengthBytes } of entry.segments) {
    whole += lengthBytes
    if (kind === 'data' || kind === 'pack') storedBytes += lengthBytes
  }
  if (storedBytes > MOST_FILE_BYTES) return undefined
  const pieces: Uint8Array[] = []
  for (const segment of entry.segments) {
    if (segment.kind === 'data') {
      const piece = new Uint8Array(segment.lengthBytes)
      reader.readData(segment.archiveOffset, segment.lengthBytes, piece)
      pieces.push(piece)
    } else if (segment.kind === 'pack') {
      const pack = await reader.loadPack(segment.pack)
      const end = segment.packOffset + segment.lengthBytes
      if (end > pack.length) throw new ReftarError('damaged', { verbatim: 'its pack ends before' })
      pieces.push(pack.subarray(segment.packOffset, end))
    }
  }
  if (whole !== entry.sizeBytes) throw new ReftarError('damaged', { verbatim: 'its segments don’t cover it' })
  return Uint8Array.from(Buffer.concat(pieces))
}
