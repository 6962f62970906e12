/** The policy for conflicts; with `ask` somebody is asked about each, until an answer is for all. */
import { type ByteString, baseName, displayName, joinPath, parentPath } from '../../../shared/byte-string.ts'
import type { Conflict, ConflictAnswer, ConflictSide } from '../../../shared/conflicts.ts'
import { ReftarError } from '../../../shared/errors.ts'
import type { ConflictPolicy } from '../../../shared/jobs.ts'
import { said } from '../../../shared/said.ts'
import { ContentComparer } from '../compare/contents.ts'
import type { Entry } from '../entry.ts'
import { closeQuietly } from '../exact-io.ts'
import { throwIfCancelled } from '../pacing.ts'
import type { NodeStatus } from '../ports.ts'
import type { OpenConflict } from './conflicts.ts'
import type { Directories } from './directories.ts'
import type { Extraction } from './extraction.ts'
import { codeOf } from './faults.ts'

/** Larger files aren't compared for a question: reading both sides should take less time than reading the question. */
export const mostComparedBytes = 64 << 20

export class Questions {
  readonly #policy: ConflictPolicy | undefined
  #all: ConflictPolicy | undefined
  #once: ConflictPolicy | undefined

  /** `usage` when everything is to be asked and nobody answers. */
  constructor({ options, job }: Pick<Extraction, 'options' | 'job'>) {
    if (options.onConflict !== 'ask') this.#policy = options.onConflict
    else if (job.settleConflict === undefined) throw new ReftarError('usage', 'There is nobody to ask about conflicts')
  }

  /** Undefined: ask. */
  get policy(): ConflictPolicy | undefined {
    return this.#policy ?? this.#all ?? this.#once
  }

  /** The answer to the last question was for one entry, which is done with. */
  nextEntry(): void {
    this.#once = undefined
  }

  /** Asks, and keeps the answer until nextEntry(). Throws `cancelled` while it waits. `path` is below the target. */
  async ask(
    x: Extraction,
    directories: Directories,
    entry: Entry,
    path: ByteString,
    { source, existing, alias }: OpenConflict,
  ): Promise<void> {
    const parent = parentPath(path)
    const name = alias ?? directories.moved(path)?.currentName ?? baseName(path)
    const answer = await answerTo(x, {
      entry: entry.path,
      path: joinPath(x.options.directory, joinPath(parent, name)),
      existing: existingSide(existing),
      archived: archivedSide(source),
      equalContents: await haveEqualContents(x, directories, parent, name, source, existing),
    })
    if (answer.applyToAll) this.#all = answer.action
    else this.#once = answer.action
  }
}

async function answerTo({ job }: Extraction, conflict: Conflict): Promise<ConflictAnswer> {
  throwIfCancelled(job.signal)
  let stop = (): void => undefined
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(new ReftarError('cancelled', 'Cancelled'))
    job.signal.addEventListener('abort', stop)
  })
  try {
    if (job.settleConflict === undefined) throw new ReftarError('internal', 'There is nobody to ask about conflicts')
    return await Promise.race([job.settleConflict(conflict), stopped])
  } finally {
    job.signal.removeEventListener('abort', stop)
  }
}

function existingSide({ kind, sizeBytes, modifyTime }: NodeStatus): ConflictSide {
  if (kind === 'file') return { kind, sizeBytes, modifyTime }
  return { kind: kind === 'directory' ? 'folder' : 'other', sizeBytes: 0, modifyTime }
}

function archivedSide({ kind, sizeBytes, modifyTime }: Entry): ConflictSide {
  return { kind: kind === 'directory' ? 'folder' : kind === 'file' ? 'file' : 'other', sizeBytes, modifyTime }
}

/** What can't be read isn't known to be equal or different. */
async function haveEqualContents(
  x: Extraction,
  directories: Directories,
  parent: ByteString,
  name: ByteString,
  source: Entry,
  existing: NodeStatus,
): Promise<boolean | undefined> {
  if (source.kind !== 'file' || existing.kind !== 'file') return undefined
  if (source.sizeBytes !== existing.sizeBytes) return false
  if (source.sizeBytes > mostComparedBytes) return undefined
  const { files } = x.ports
  try {
    const handle = files.openFile(directories.open(parent).handle, name)
    try {
      const { ports, reader, pacer } = x
      const comparer = new ContentComparer({ ports, reader, pacer, bytesDone: 0, comparedBytes: 0 })
      return (await comparer.firstDifference(handle, source)) === undefined
    } finally {
      closeQuietly(files, handle)
    }
  } catch (error) {
    if (!(error instanceof ReftarError) || codeOf(error) === 'cancelled') throw error
    x.job.notice?.(
      said('{name} couldn’t be compared: {reason}', { name: { verbatim: displayName(name) }, reason: error.said }),
    )
    return undefined
  }
}
