/** Which parts of a damaged file the archive still has. */
import { ReftarError } from '../../../shared/errors.ts'
import { said } from '../../../shared/said.ts'
import type { Pacer } from '../pacing.ts'
import type { ArchiveReader } from '../reader.ts'
import { isArchiveError, readingArchive } from './faults.ts'

/** Where nothing is checked, so much is read at once, and lost at once when it can't be. */
const readAtOnceBytes = 64 << 10
/** A clone isn't longer, so that cancelling works in between. */
const longestStretchBytes = 128 << 20
/** So many are named; a disk that fails leaves thousands. */
const mostNamed = 100
const mostRanges = 100_000

/** Ranges of one file that its archive can't give back. */
export class LostRanges {
  bytes = 0
  /** Disjoint, in no order: clones come first. */
  readonly #ranges: { start: number; end: number }[] = []

  /** Counts a range; an error that isn't the archive's is thrown on. */
  add(fileOffset: number, lengthBytes: number, error: unknown): void {
    if (!isArchiveError(error)) throw error
    this.bytes += lengthBytes
    const last = this.#ranges.at(-1)
    if (last?.end === fileOffset) last.end += lengthBytes
    else if (this.#ranges.length < mostRanges) this.#ranges.push({ start: fileOffset, end: fileOffset + lengthBytes })
  }

  /** The problem that the file is kept with. */
  problem(): ReftarError {
    const joined: { start: number; end: number }[] = []
    for (const range of this.#ranges.sort((a, b) => a.start - b.start)) {
      const last = joined.at(-1)
      if (last?.end === range.start) last.end = range.end
      else joined.push(range)
    }
    const named = joined.slice(0, mostNamed).map(({ start, end }) => `${start}–${end - 1}`)
    const ranges = [...named, ...(joined.length > mostNamed ? ['…'] : [])].join(', ')
    const message = said('kept, but {lost} of it are damaged in the archive and zeros now: bytes {ranges}', {
      lost: { bytes: this.bytes },
      ranges: { verbatim: ranges },
    })
    return new ReftarError('kept-damaged', message)
  }
}

interface Run {
  readonly archiveOffset: number
  readonly lengthBytes: number
  readonly fileOffset: number
}

/**
 * Reads a run of raw data and yields its stretches, in bytes, that can be read and, where there are hashes, pass their
 * check. The others go to `lost`.
 */
export async function* readableStretches(
  reader: ArchiveReader,
  run: Run,
  lost: LostRanges,
  pacer: Pacer,
): AsyncGenerator<Run> {
  const buffer = new Uint8Array(readAtOnceBytes)
  const endBytes = run.archiveOffset + run.lengthBytes
  const stretch = (from: number, to: number): Run => ({
    archiveOffset: from,
    lengthBytes: to - from,
    fileOffset: run.fileOffset + from - run.archiveOffset,
  })
  let start = run.archiveOffset
  let at = start
  while (at < endBytes) {
    // Where not even that can be told, nothing of the rest can be trusted; past the archive's end nothing is there.
    let end = endBytes
    try {
      const checked = readingArchive(() => reader.checkedEnd(at))
      if (at < reader.info.fileSizeBytes) end = Math.min(checked ?? at + readAtOnceBytes, endBytes)
      if (checked === undefined) readingArchive(() => reader.readData(at, end - at, buffer))
      else readingArchive(() => reader.checkData(at, end - at))
    } catch (error) {
      if (start < at) yield stretch(start, at)
      lost.add(run.fileOffset + at - run.archiveOffset, end - at, error)
      start = end
    }
    at = end
    if (at - start >= longestStretchBytes) {
      yield stretch(start, at)
      start = at
    }
    if (pacer.isDue) await pacer.pause()
  }
  if (start < at) yield stretch(start, at)
}
