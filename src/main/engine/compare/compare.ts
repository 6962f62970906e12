/** Says what differs between an archive and a folder; changes nothing. */
import { type ByteString, displayName, parentPath } from '../../../shared/byte-string.ts'
import type { CompareJob, CompareOptions, CompareSummary } from '../../../shared/comparison.ts'
import { errorData, ReftarError } from '../../../shared/errors.ts'
import type { Entry } from '../entry.ts'
import { endsExtraction } from '../extract/faults.ts'
import { pathToMake } from '../extract/paths.ts'
import { selectEntries } from '../extract/selection.ts'
import { throwIfCancelled } from '../pacing.ts'
import type { Ports } from '../ports.ts'
import type { ArchiveReader } from '../reader.ts'
import { Comparison } from './comparison.ts'
import { ExtraNames } from './extra.ts'
import { NodeComparer } from './nodes.ts'

/**
 * Compares what `options` selects with the folder `options.directory`. Differences go to `job.difference`; entries that
 * couldn't be compared go to `job.problem`. Throws `cancelled`, and what concerns the whole folder or archive.
 */
export async function compareArchive(
  ports: Ports,
  reader: ArchiveReader,
  options: CompareOptions,
  job: CompareJob,
): Promise<CompareSummary> {
  const startedAt = ports.clock.now()
  throwIfCancelled(job.signal)
  const root = ports.files.openDirectoryPath(options.directory)
  try {
    const c = new Comparison(ports, reader, options, root, job)
    try {
      await new Walk(c).run()
    } finally {
      c.folders.close()
    }
    c.pacer.finish()
    return {
      directory: displayName(options.directory),
      entries: c.entries,
      files: c.files,
      comparedBytes: c.comparedBytes,
      differences: { ...c.counts },
      differenceCount: c.differenceCount,
      unseenAttributes: c.unseenAttributes,
      problems: c.problems,
      archiveComplete: reader.info.complete,
      elapsedMilliseconds: ports.clock.now() - startedAt,
    }
  } finally {
    ports.files.close(root)
  }
}

class Walk {
  readonly #c: Comparison
  readonly #nodes: NodeComparer
  /** Folders that aren't there: what lies in them isn't told one by one. */
  readonly #absent = new Set<ByteString>()

  constructor(c: Comparison) {
    this.#c = c
    this.#nodes = new NodeComparer(c)
  }

  async run(): Promise<void> {
    const { reader, options, pacer, folders } = this.#c
    const extra = options.extra ? new ExtraNames(this.#c) : undefined
    if (options.selection.length === 0) extra?.report(folders.open('' as ByteString), '' as ByteString)
    const selection = selectEntries(reader, options.selection, options.exclude)
    for (const entry of selection.entries()) {
      try {
        await this.#visit(entry, extra)
      } catch (error) {
        if (!(error instanceof ReftarError) || (endsExtraction(error) && error.code !== 'io-error')) throw error
        this.#c.problem(error, entry.path)
      }
      if (pacer.isDue) await pacer.pause()
    }
    for (const error of selection.missing()) {
      const { entry } = errorData(error)
      this.#c.problem(error, (entry ?? '') as ByteString)
    }
  }

  async #visit(entry: Entry, extra: ExtraNames | undefined): Promise<void> {
    const path = pathToMake(entry.path, this.#c.options.stripComponents)
    if (path === undefined) return
    this.#c.entries++
    if (entry.kind === 'file') this.#c.files++
    if (this.#isBelowAbsent(path)) {
      this.#c.bytesDone += entry.sizeBytes
      return
    }
    this.#c.visited(entry.path)
    const isThere = await this.#nodes.compare(entry, path)
    if (entry.kind !== 'directory') return
    if (!isThere) this.#absent.add(path)
    else extra?.report(this.#c.folders.open(path), entry.path)
  }

  #isBelowAbsent(path: ByteString): boolean {
    if (this.#absent.size === 0) return false
    for (let folder = parentPath(path); folder !== ''; folder = parentPath(folder)) {
      if (this.#absent.has(folder)) return true
    }
    return false
  }
}
