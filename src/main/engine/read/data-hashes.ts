/** Which hash covers a place in the data area. */
import { ReftarError } from '../../../shared/errors.ts'
import type { HashesRecord } from '../format/directory.ts'
import { type Chunk, decodeHashes } from '../format/hashes.ts'
import type { ArchiveFile } from './archive-file.ts'

const KEPT_SECTIONS = 4

export class DataHashes {
  private readonly file: ArchiveFile
  /** By first block; they don't overlap. */
  private readonly records: readonly HashesRecord[]
  private readonly kept = new Map<HashesRecord, Chunk[]>()

  /** `damaged` when two sections cover the same data. */
  constructor(file: ArchiveFile, records: readonly HashesRecord[]) {
    this.file = file
    this.records = records
      .filter((record) => record.endBlock > record.firstBlock)
      .sort((a, b) => a.firstBlock - b.firstBlock)
    let endBlock = 0
    for (const record of this.records) {
      if (record.firstBlock < endBlock) {
        throw new ReftarError('damaged', 'two sections hold hashes for the same data', {
          offsetBytes: record.block * file.blockSizeBytes,
        })
      }
      endBlock = record.endBlock
    }
  }

  /** The chunk that holds `offset`, or undefined where data has no hash. `damaged` where the section is. */
  chunkAt(offset: number): Chunk | undefined {
    const block = Math.floor(offset / this.file.blockSizeBytes)
    const record =
      this.records[lastIndexWhere(this.records.length, (index) => (this.records[index]?.firstBlock ?? 0) <= block)]
    if (record === undefined || block >= record.endBlock) return undefined
    const chunks = this.chunksOf(record)
    const chunk = chunks[lastIndexWhere(chunks.length, (index) => (chunks[index]?.offset ?? 0) <= offset)]
    return chunk !== undefined && offset < chunk.offset + chunk.lengthBytes ? chunk : undefined
  }

  /** All hashes sections in order of the data they cover, for going through everything. */
  get sections(): readonly HashesRecord[] {
    return this.records
  }

  /** A section's chunks; `damaged` when it isn't what the directory says. */
  chunksOf(record: HashesRecord): readonly Chunk[] {
    const known = this.kept.get(record)
    if (known !== undefined) return known
    const { blockSizeBytes } = this.file
    const chunks = decodeHashes(this.file.payload(record), blockSizeBytes)
    const [first] = chunks
    const last = chunks.at(-1)
    if (
      first === undefined ||
      last === undefined ||
      first.offset !== record.firstBlock * blockSizeBytes ||
      last.offset + last.lengthBytes !== record.endBlock * blockSizeBytes
    ) {
      throw new ReftarError('damaged', 'a hashes section disagrees with the directory', {
        offsetBytes: record.block * blockSizeBytes,
      })
    }
    const [oldest] = this.kept.keys()
    if (this.kept.size >= KEPT_SECTIONS && oldest !== undefined) this.kept.delete(oldest)
    this.kept.set(record, chunks)
    return chunks
  }
}

/** Index of the last of `count` for which `holds` (true up to some index, then false); −1 when none. */
function lastIndexWhere(count: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) low = middle + 1
    else high = middle
  }
  return low - 1
}
