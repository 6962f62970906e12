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
const mostNamed = 8

/** Ranges of one file that its archive can't give back. */
export class LostRanges {
  bytes = 0
  readonly #named: string[] = []
  #count = 0
  #end = -1
  #start = 0

  /** Counts a range, in file order; an error that isn't the archive's is thrown on. */
  add(fileOffset: number, lengthBytes: number, error: unknown): void {
    if (!isArchiveError(error)) throw error
    this.bytes += lengthBytes
    if (this.#end !== fileOffset) {
      this.#start = fileOffset
      this.#count++
    } else if (this.#count <= mostNamed) this.#named.pop()
    this.#end = fileOffset + lengthBytes
    if (this.#count <= mostNamed) this.#named.push(`${this.#start}–${this.#end - 1}`)
  }

  /** The problem that the file is kept with. */
  problem(): ReftarError {
    const ranges = this.#named.join(', ') + (this.#count > mostNamed ? ', …' : '')
    const message = said('kept, but {lost} of it are damaged in the archive and zeros now: bytes {ranges}', {
      lost: { bytes: this.bytes },
      ranges: { verbatim: ranges },
    })
    return new ReftarError('damaged', message)
  }
}

/**
 * Reads a run of raw data and yields its stretches, in bytes, that can be read and, where there are hashes, pass their
 * check. The others go to `lost`.
 */
export async function* readableStretches(
  reader: ArchiveReader,
  run: { readonly archiveOffset: number; readonly lengthBytes: number; readonly fileOffset: number },
  lost: LostRanges,
  pacer: Pacer,
): AsyncGenerator<{ readonly archiveOffset: number; readonly lengthBytes: number }> {
  const buffer = new Uint8Array(readAtOnceBytes)
  const endBytes = run.archiveOffset + run.lengthBytes
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
      if (start < at) yield { archiveOffset: start, lengthBytes: at - start }
      lost.add(run.fileOffset + at - run.archiveOffset, end - at, error)
      start = end
    }
    at = end
    if (at - start >= longestStretchBytes) {
      yield { archiveOffset: start, lengthBytes: at - start }
      start = at
    }
    if (pacer.isDue) await pacer.pause()
  }
  if (start < at) yield { archiveOffset: start, lengthBytes: at - start }
}
