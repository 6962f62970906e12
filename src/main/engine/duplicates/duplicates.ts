/** Which aligned blocks of some files have equal content, and what storing each once would save. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { errorData, ReftarError, withContext } from '../../../shared/errors.ts'
import type { DuplicatesReport } from '../../../shared/jobs.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { dataRanges } from '../create/data-ranges.ts'
import { readUpTo } from '../exact-io.ts'
import { Pacer, throwIfCancelled } from '../pacing.ts'
import type { Handle, NodeStatus, Ports } from '../ports.ts'
import { type FoundFile, walkFiles } from '../sharing/walk-files.ts'
import { ContentTable } from './content-table.ts'
import { groupContents } from './groups.ts'
import { LookedAtFiles } from './looked-at-files.ts'

const WINDOW_BYTES = 1 << 20

export interface DuplicatesOptions {
  readonly blockSizeBytes: number
  /** The groups that would save most are listed, this many. */
  readonly limitGroups: number
}

/**
 * Compares the regular files at and below `paths` block by block; a file's last block counts with its own length. Links
 * aren't followed; a file with several names, or in several of the paths, counts once. Files that can't be read are problems. Memory is bounded but
 * for some 60 bytes a file, 200 where several paths are given.
 */
export function findDuplicates(
  ports: Ports,
  paths: readonly ByteString[],
  options: DuplicatesOptions,
  job: JobContext,
): Promise<DuplicatesReport> {
  return new DuplicateSearch(ports, options, job).run(paths)
}

class DuplicateSearch {
  readonly #ports: Ports
  readonly #job: JobContext
  readonly #options: DuplicatesOptions
  readonly #looked: LookedAtFiles
  readonly #table: ContentTable
  readonly #pacer: Pacer
  readonly #window = Buffer.allocUnsafeSlow(WINDOW_BYTES)
  readonly #zeros: Buffer
  /** Files seen already, of those that may be met again. */
  readonly #seen = new Set<string>()
  /** Whether one path may lead to what another one has led to. */
  #mayRepeat = false
  #files = 0
  #logicalBytes = 0
  #holeBytes = 0
  #zeroBytes = 0
  #dataBytes = 0
  #problems = 0
  #current: ByteString | undefined

  constructor(ports: Ports, options: DuplicatesOptions, job: JobContext) {
    this.#ports = ports
    this.#options = options
    this.#job = job
    this.#looked = new LookedAtFiles(ports.files, options.blockSizeBytes)
    this.#table = new ContentTable(this.#looked.matches)
    this.#zeros = Buffer.alloc(options.blockSizeBytes)
    this.#pacer = new Pacer(ports.clock, job, () => ({
      phase: 'analyse',
      bytesDone: this.#holeBytes + this.#zeroBytes + this.#dataBytes,
      bytesTotal: undefined,
      filesDone: this.#files,
      filesTotal: undefined,
      current: this.#current === undefined ? undefined : displayName(this.#current),
    }))
  }

  async run(paths: readonly ByteString[]): Promise<DuplicatesReport> {
    const startedAt = this.#ports.clock.now()
    throwIfCancelled(this.#job.signal)
    this.#mayRepeat = paths.length > 1
    try {
      for (const found of walkFiles(this.#ports.files, paths, (error) => this.#problem(error))) {
        this.#current = found.path
        try {
          await this.#look(found)
        } catch (error) {
          if (!(error instanceof ReftarError) || error.code === 'cancelled') throw error
          this.#problem(withContext(error, { path: displayName(found.path) }))
        }
        if (this.#pacer.isDue) await this.#pacer.pause()
      }
    } finally {
      this.#looked.close()
    }
    const report = this.#report(startedAt)
    this.#pacer.finish()
    return report
  }

  #problem(error: ReftarError): void {
    this.#problems++
    this.#job.problem(errorData(error))
  }

  async #look({ path, directory, name }: FoundFile): Promise<void> {
    const { files } = this.#ports
    const handle = files.openFile(directory, name)
    try {
      const status = files.status(handle)
      if (status.kind !== 'file' || this.#wasSeen(status)) return
      this.#files++
      this.#logicalBytes += status.sizeBytes
      if (status.sizeBytes === 0) return
      await this.#lookAt(handle, status, this.#looked.add(path, name))
    } finally {
      files.close(handle)
    }
  }

  #wasSeen(status: NodeStatus): boolean {
    if (status.linkCount < 2 && !this.#mayRepeat) return false
    const key = `${status.device}:${status.inode}`
    if (this.#seen.has(key)) return true
    this.#seen.add(key)
    return false
  }

  async #lookAt(handle: Handle, status: NodeStatus, file: number): Promise<void> {
    const { sizeBytes, allocatedBytes } = status
    // Seeking for holes costs more than reading a small file.
    if (allocatedBytes >= sizeBytes || sizeBytes <= WINDOW_BYTES) return this.#readRange(handle, file, 0, sizeBytes)
    for (const { start, end, isHole } of dataRanges(this.#ports.files, handle, status)) {
      if (isHole) this.#holeBytes += end - start
      else await this.#readRange(handle, file, start, end)
    }
  }

  /** Blocks are counted from the file's start, so a range that begins within one is read from its beginning. */
  async #readRange(handle: Handle, file: number, start: number, end: number): Promise<void> {
    const size = this.#options.blockSizeBytes
    const first = start - (start % size)
    for (let at = first; at < end; at += WINDOW_BYTES) {
      const length = Math.min(WINDOW_BYTES, Math.ceil((end - at) / size) * size)
      const count = readUpTo(this.#ports.files, handle, this.#window, 0, length, at)
      for (let from = 0; from < count; from += size) {
        this.#addBlock(this.#window.subarray(from, Math.min(from + size, count)), file, (at + from) / size)
      }
      if (count < length) return
      if (this.#pacer.isDue) await this.#pacer.pause()
    }
  }

  #addBlock(bytes: Buffer, file: number, block: number): void {
    if (bytes[0] === 0 && this.#zeros.subarray(0, bytes.length).equals(bytes)) {
      this.#zeroBytes += bytes.length
      return
    }
    this.#dataBytes += bytes.length
    this.#table.add(bytes, file, block)
  }

  #report(startedAt: number): DuplicatesReport {
    const table = this.#table
    const oneIn = table.sampledOneIn
    let saved = 0
    let repeatedBlocks = 0
    for (let content = 0; content < table.length; content++) {
      const times = table.count(content)
      if (times < 2) continue
      saved += (times - 1) * table.lengthBytes(content)
      repeatedBlocks++
    }
    const savedBytes = Math.min(this.#dataBytes, saved * oneIn)
    const { groups, omitted } = groupContents(table, this.#options.limitGroups)
    return {
      files: this.#files,
      blockSizeBytes: this.#options.blockSizeBytes,
      logicalBytes: this.#logicalBytes,
      holeBytes: this.#holeBytes,
      zeroBytes: this.#zeroBytes,
      dataBytes: this.#dataBytes,
      distinctBytes: this.#dataBytes - savedBytes,
      savedBytes,
      repeatedBlocks: repeatedBlocks * oneIn,
      sampledOneIn: oneIn,
      groups: groups.map(({ files, fileCount, blocks, bytes, savedBytes: groupSaved }) => ({
        files: files.map((file) => this.#looked.shownPath(file)).sort(),
        fileCount,
        blocks: blocks * oneIn,
        bytes: bytes * oneIn,
        savedBytes: groupSaved * oneIn,
      })),
      groupsOmitted: omitted,
      groupsComplete: table.occurrencesComplete,
      problems: this.#problems,
      elapsedMilliseconds: this.#ports.clock.now() - startedAt,
    }
  }
}
