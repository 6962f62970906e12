/** Extracts a hostile archive and looks at what that did. */
import { extractArchive } from '../../src/main/engine/extract/extract.ts'
import type { ReadLimits } from '../../src/main/engine/limits.ts'
import type { ArchiveReader } from '../../src/main/engine/reader.ts'
import { textToByteString } from '../../src/shared/byte-string.ts'
import { type ErrorCode, type ErrorData, ReftarError } from '../../src/shared/errors.ts'
import type { ExtractOptions } from '../../src/shared/jobs.ts'
import { inEnglish } from '../../src/shared/said.ts'
import { Finding } from './finding.ts'
import type { MemoryArchive } from './memory-archive.ts'
import type { Random } from './random.ts'
import type { Sandbox } from './sandbox.ts'

/** Codes that say something about reftar, not about the archive. */
const forbiddenCodes: ReadonlySet<ErrorCode> = new Set(['internal', 'missing-library', 'cancelled', 'usage'])

/** Of an entry that is told of, as many bytes of its path are kept. */
const MOST_NAME_BYTES = 300

export interface Extracted {
  readonly error: ErrorCode | undefined
  readonly problems: readonly ErrorData[]
  readonly complete: boolean
}

export function randomOptions(random: Random): Partial<ExtractOptions> {
  return {
    onConflict: random.pick(['fail', 'skip', 'overwrite', 'rename', 'newer']),
    clone: random.pick(['auto', 'never']),
    zeros: random.pick(['hole', 'write']),
    stripComponents: random.chance(0.1) ? random.below(3) : 0,
    samePermissions: random.chance(0.7),
    sameOwner: random.chance(0.7),
    numericOwner: random.chance(0.5),
    verifyContents: random.chance(0.5),
    selection: random.chance(0.1) ? [random.pick(['a', '**/a', 'link/x', '..'])] : [],
    keepDamaged: random.chance(0.5),
  }
}

/** Throws Finding for a write outside, something left behind, or an error that no archive should lead to. */
export async function extractInto(
  sandbox: Sandbox,
  archive: MemoryArchive,
  limits: ReadLimits,
  options: Partial<ExtractOptions>,
): Promise<Extracted> {
  let reader: ArchiveReader
  try {
    reader = archive.open(limits)
  } catch (error) {
    if (error instanceof ReftarError && !forbiddenCodes.has(error.code))
      return { error: error.code, problems: [], complete: false }
    throw error
  }
  const problems: ErrorData[] = []
  const job = {
    signal: new AbortController().signal,
    progress: () => {},
    problem: (problem: ErrorData) => void problems.push(shortened(problem)),
  }
  let error: ErrorCode | undefined
  try {
    await extractArchive(archive.ports, reader, { ...usualOptions(sandbox.target), ...options }, job)
  } catch (thrown) {
    if (!(thrown instanceof ReftarError) || forbiddenCodes.has(thrown.code)) {
      throw new Finding(`extraction ended with ${thrown instanceof Error ? thrown.stack : String(thrown)}`)
    }
    error = thrown.code
  }
  const bad = problems.find(({ code }) => forbiddenCodes.has(code))
  if (bad) throw new Finding(`extraction told of ${bad.code}: ${bad.entry}: ${inEnglish(bad.message)}`)
  const harm = sandbox.escape()
  if (harm !== undefined) throw new Finding(harm)
  const [leftover] = sandbox.leftovers()
  // An archive may itself hold a name like ours.
  if (leftover !== undefined && !leftover.endsWith('.reftar-00000000.part')) {
    throw new Finding(`extraction left ${leftover} behind`)
  }
  return { error, problems, complete: reader.info.complete }
}

/** Thousands of problems with names of 64 KiB would be what is measured. */
function shortened(problem: ErrorData): ErrorData {
  const { entry } = problem
  if (entry === undefined || entry.length <= MOST_NAME_BYTES) return problem
  return { ...problem, entry: Buffer.from(entry.slice(0, MOST_NAME_BYTES)).toString() }
}

function usualOptions(target: string): ExtractOptions {
  return {
    directory: textToByteString(target),
    selection: [],
    exclude: [],
    stripComponents: 0,
    onConflict: 'fail',
    clone: 'auto',
    verifyContents: false,
    zeros: 'hole',
    sameOwner: false,
    numericOwner: false,
    samePermissions: false,
    jobs: 1,
  }
}
