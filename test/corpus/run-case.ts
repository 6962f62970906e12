/** What reftar does with one archive of the corpus, in the words of outcomes.json. */
import type { ReadLimits } from '../../src/main/engine/limits.ts'
import { errorTable, exitCodes } from '../../src/shared/errors.ts'
import { extractInto } from '../fuzz/extracting.ts'
import type { MemoryArchive } from '../fuzz/memory-archive.ts'
import { readEverything } from '../fuzz/reading.ts'
import type { Sandbox } from '../fuzz/sandbox.ts'
import type { Case, Outcome } from './cases.ts'

/** Lists, verifies and extracts it. Throws for harm done outside of the target, and for mistakes of reftar's own. */
export async function runCase(
  { traps }: Pick<Case, 'traps'>,
  archive: MemoryArchive,
  limits: ReadLimits,
  sandbox: Sandbox,
): Promise<Outcome> {
  const reading = await readEverything(archive, limits)
  sandbox.prepare(traps)
  const { error, problems, complete } = await extractInto(sandbox, archive, limits, {})
  const orIncomplete = complete ? exitCodes.ok : exitCodes.archive
  const list = reading.listError ?? reading.openError
  const hasFaults = reading.faults.length > 0
  const verify = reading.verifyError ?? reading.openError ?? (hasFaults ? 'faults' : 'good')
  const extractExit = complete && problems.length > 0 ? exitCodes.problems : orIncomplete
  return {
    open: reading.openError ?? null,
    complete: reading.complete,
    list: list ?? reading.entries.map((line) => (JSON.parse(line) as { path: string }).path),
    verify,
    extract: {
      error: error ?? null,
      problems: Object.fromEntries(problems.map(({ entry, code }) => [entry ?? '', code])),
      exists: sandbox.extracted(),
    },
    exitCodes: {
      list: list ? errorTable[list].exitCode : orIncomplete,
      verify: verify === 'good' ? orIncomplete : exitCodes.archive,
      extract: error ? errorTable[error].exitCode : extractExit,
    },
  }
}
