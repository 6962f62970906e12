/** What becomes of an entry whose name is taken. */

import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import type { ConflictPolicy } from '../../../shared/jobs.ts'
import { type Said, said } from '../../../shared/said.ts'
import type { Timestamp } from '../../../shared/timestamp.ts'
import type { Entry } from '../entry.ts'
import type { NodeStatus } from '../ports.ts'
import type { Extraction } from './extraction.ts'

export type Verdict = 'replace' | 'rename' | 'skip'

/** Not settled yet: whoever began with the entry asks, and begins again. Nothing has been made when this is thrown. */
export class OpenConflict extends Error {
  /** What has the contents: for a hard link the entry that it is another name of. */
  readonly source: Entry
  readonly existing: NodeStatus
  readonly alias: ByteString | undefined

  constructor(source: Entry, existing: NodeStatus, alias: ByteString | undefined) {
    super('a conflict waits for its answer')
    this.source = source
    this.existing = existing
    this.alias = alias
  }
}

/**
 * Decides by the policy, and throws `OpenConflict` when somebody has to be asked first; throws what makes the entry a
 * problem. A folder over a folder is no conflict, unless what is there has another name, `alias`, which the filesystem
 * takes for the same.
 */
export function settleConflict(x: Extraction, entry: Entry, existing: NodeStatus, alias?: ByteString): Verdict {
  const { policy } = x.questions
  if (policy === undefined) throw new OpenConflict(entry, existing, alias)
  return settleBy(policy, x, entry, existing, alias)
}

/**
 * The same for what appeared at the last moment, when the contents are written already. Nobody is asked: unless there
 * is an answer for all, both are kept.
 */
export function settleLateConflict(x: Extraction, entry: Entry, existing: NodeStatus): Verdict {
  return settleBy(x.questions.policy ?? 'rename', x, entry, existing)
}

function settleBy(
  policy: ConflictPolicy,
  x: Extraction,
  entry: Entry,
  existing: NodeStatus,
  alias?: ByteString,
): Verdict {
  if (policy === 'skip' || policy === 'rename') return policy
  if (alias !== undefined) {
    const message = said('“{name}” is there, which this filesystem takes for the same name (case or Unicode form)', {
      name: { verbatim: displayName(alias) },
    })
    throw new ReftarError('already-exists', message)
  }
  if (isArchive(x, existing))
    throw new ReftarError('already-exists', 'the archive itself has this name; it is left alone')
  if (policy === 'fail') throw new ReftarError('already-exists', alreadyThere[existing.kind])
  if (policy === 'newer' && !isLater(entry.modifyTime, existing.modifyTime)) return 'skip'
  if (existing.kind === 'directory') {
    throw new ReftarError(
      'is-a-directory',
      'a folder of that name is there; folders are never replaced by something else',
    )
  }
  if (x.outcome.isDamaged(entry.ordinal)) throw damagedReplaces()
  return 'replace'
}

/** Whoever has something there has it whole. */
export function damagedReplaces(): ReftarError {
  return new ReftarError('damaged', 'it is damaged, and nothing is replaced by what is left of it')
}

const alreadyThere: Readonly<Record<NodeStatus['kind'], Said>> = {
  file: 'a file of that name is already there',
  directory: 'a folder of that name is already there',
  symlink: 'a symbolic link of that name is already there',
  fifo: 'a FIFO of that name is already there',
  socket: 'a socket of that name is already there',
  'character-device': 'a device of that name is already there',
  'block-device': 'a device of that name is already there',
}

function isArchive(x: Extraction, existing: NodeStatus): boolean {
  return existing.inode === x.archiveStatus.inode && existing.device === x.archiveStatus.device
}

function isLater(a: Timestamp, b: Timestamp): boolean {
  return a.seconds === b.seconds ? a.nanoseconds > b.nanoseconds : a.seconds > b.seconds
}
