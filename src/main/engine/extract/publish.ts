/** Gives what was completed under a temporary name its own, as the policy for conflicts wants it. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { errorData, ReftarError } from '../../../shared/errors.ts'
import { said } from '../../../shared/said.ts'
import type { Entry } from '../entry.ts'
import type { Handle } from '../ports.ts'
import { settleLateConflict, type Verdict } from './conflicts.ts'
import type { Extraction } from './extraction.ts'
import { codeOf } from './faults.ts'
import { mostNumberedNames, numberedName } from './paths.ts'

/**
 * Renames `temporary`, in the folder `from` or in the same, to `name` and returns the name it got; undefined when the policy says to skip it,
 * and then it still has its temporary name. Something that appears at the last moment is a conflict like any other, but
 * isn't asked about.
 */
export function publishName(
  x: Extraction,
  directory: Handle,
  temporary: ByteString,
  name: ByteString,
  entry: Entry | undefined,
  settled: Verdict | undefined,
  from: Handle = directory,
): ByteString | undefined {
  const { files } = x.ports
  let verdict = settled
  for (;;) {
    if (verdict === 'skip') return undefined
    if (verdict === 'rename') return publishNumbered(x, directory, temporary, name, from)
    try {
      files.rename(from, temporary, directory, name, verdict === 'replace' ? 'replace' : 'fail-if-exists')
      return name
    } catch (error) {
      if (verdict !== undefined || codeOf(error) !== 'already-exists' || entry === undefined) throw error
    }
    const existing = files.statusAt(directory, name)
    if (existing) verdict = settleLateConflict(x, entry, existing)
  }
}

/**
 * The same for a folder, which can't be renamed over something else: they exchange their names, and what was there is
 * removed. Whenever this is interrupted, one of both has the name.
 */
export function publishFolderReplacing(
  x: Extraction,
  directory: Handle,
  temporary: ByteString,
  name: ByteString,
): void {
  const { files } = x.ports
  let replaced = temporary
  try {
    files.rename(directory, temporary, directory, name, 'exchange')
  } catch (error) {
    if (codeOf(error) !== 'not-supported') throw error
    replaced = replaceByWayOfAside(x, directory, temporary, name)
  }
  try {
    files.unlink(directory, replaced)
  } catch (error) {
    x.stage.hasLeftovers = true
    x.tally.problems++
    const message = said('what “{name}” has replaced couldn’t be removed', { name: { verbatim: displayName(name) } })
    x.job.problem(errorData(new ReftarError('io-error', message, { path: displayName(replaced) }, { cause: error })))
  }
}

/** Where names can't be exchanged: what is there is moved aside, under a name that no clean-up takes, and back on failure. */
function replaceByWayOfAside(x: Extraction, directory: Handle, temporary: ByteString, name: ByteString): ByteString {
  const { files } = x.ports
  const aside = `${temporary.slice(0, -'.part'.length)}.replaced` as ByteString
  files.rename(directory, name, directory, aside, 'fail-if-exists')
  try {
    files.rename(directory, temporary, directory, name, 'fail-if-exists')
  } catch (error) {
    files.rename(directory, aside, directory, name, 'fail-if-exists')
    throw error
  }
  return aside
}

function publishNumbered(
  x: Extraction,
  directory: Handle,
  temporary: ByteString,
  name: ByteString,
  from: Handle,
): ByteString {
  const { files } = x.ports
  for (let number = 1; number <= mostNumberedNames; number++) {
    const candidate = numberedName(name, number)
    try {
      files.rename(from, temporary, directory, candidate, 'fail-if-exists')
      x.tally.renamed++
      return candidate
    } catch (error) {
      if (codeOf(error) !== 'already-exists') throw error
    }
  }
  throw new ReftarError('already-exists', said('no free name up to “({number})”', { number: mostNumberedNames }))
}
