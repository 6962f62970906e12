/** Checks a format 2 archive from end to end: structure first, then every byte against its hash. */
import type { VerifyReport } from '../../../shared/archive-info.ts'
import { displayName } from '../../../shared/byte-string.ts'
import { errorData, ReftarError } from '../../../shared/errors.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { bytesEqual, IncrementalHasher } from '../format/hash.ts'
import type { Chunk } from '../format/hashes.ts'
import { sectionKinds, sectionLengthBlocks } from '../format/section.ts'
import { Pacer, throwIfCancelled } from '../pacing.ts'
import type { OpenArchive } from './reader2.ts'
import { EntryChecker, overlapsSection } from './verify-entries.ts'
import { HurtPlaces } from './verify-hurt.ts'
import { checkPadding, checkSection, checkSuperblockPadding } from './verify-sections.ts'

const READ_BYTES = 1 << 20

/** See ArchiveReader.verify. Throws `cancelled` when the job's signal says so; faults go to `job.problem`. */
export function verifyArchive(archive: OpenArchive, job: JobContext): Promise<VerifyReport> {
  return new Verification(archive, job).run()
}

class Verification {
  private readonly archive: OpenArchive
  private readonly job: JobContext
  private readonly pacer: Pacer
  private readonly hurt = new HurtPlaces()
  /** Sections already told to be damaged, by block. */
  private readonly badSections = new Set<number>()
  private readonly hasher = new IncrementalHasher()
  private readonly buffer: Uint8Array
  private readonly dataAreaBytes: number
  private faults = 0
  private allPagesReadable = true
  private entriesChecked = 0
  private bytesChecked = 0
  private hashedDataBytes = 0

  constructor(archive: OpenArchive, job: JobContext) {
    this.archive = archive
    this.job = job
    const { file, located } = archive
    this.buffer = new Uint8Array(Math.min(READ_BYTES, file.sizeBytes))
    let sectionBlocks = 0
    for (const section of located.directory.sections)
      sectionBlocks += sectionLengthBlocks(section.storedLengthBytes, file.blockSizeBytes)
    this.dataAreaBytes = (located.dataEndBlock - 1 - sectionBlocks) * file.blockSizeBytes
    const bytesTotal = located.dataEndBlock * file.blockSizeBytes
    const filesTotal = located.directory.totals.entries
    this.pacer = new Pacer(file.ports.clock, job, () => ({
      phase: 'verify',
      bytesDone: this.bytesChecked,
      bytesTotal,
      filesDone: this.entriesChecked,
      filesTotal,
      current: undefined,
    }))
  }

  async run(): Promise<VerifyReport> {
    const { file, located } = this.archive
    const startedAt = file.ports.clock.now()
    throwIfCancelled(this.job.signal)
    this.attempt(() => checkSuperblockPadding(file))
    await this.checkSections()
    await this.checkEntries()
    await this.checkData()
    if (!this.hurt.isEmpty) await this.nameHurtEntries()
    this.pacer.finish()
    return {
      entriesChecked: this.entriesChecked,
      bytesChecked: this.bytesChecked,
      bytesWithoutHash: Math.max(0, this.dataAreaBytes - this.hashedDataBytes),
      faults: this.faults,
      complete: located.complete && this.allPagesReadable,
      elapsedMilliseconds: file.ports.clock.now() - startedAt,
    }
  }

  private fault(error: ReftarError): void {
    this.faults++
    this.job.problem(errorData(error))
  }

  /** Runs a check; what it finds broken is a fault. False when it did. Refusals by the system are not faults: they end the job. */
  private attempt(check: () => void, sectionBlock?: number): boolean {
    try {
      check()
      return true
    } catch (error) {
      if (!(error instanceof ReftarError) || error.code !== 'damaged') throw error
      if (sectionBlock === undefined || !this.badSections.has(sectionBlock)) this.fault(error)
      return false
    }
  }

  private async pauseIfDue(): Promise<void> {
    if (this.pacer.isDue) await this.pacer.pause()
  }

  private async checkSections(): Promise<void> {
    const { file, superblock, located } = this.archive
    let pack = 0
    for (const section of located.directory.sections) {
      await this.pauseIfDue()
      const good = this.attempt(() => checkSection(file, superblock.archiveId, section))
      if (!good) this.badSections.add(section.block)
      if (section.kind === sectionKinds.pack) {
        if (!good) this.hurt.addPack(pack)
        pack++
      }
      this.bytesChecked += section.storedLengthBytes
    }
    // Directory and trailer were checked when the archive was opened, all but their padding.
    const directory = located.complete ? file.header(located.dataEndBlock, superblock.archiveId) : undefined
    for (const header of [directory, located.lastSection]) {
      if (header !== undefined) this.attempt(() => checkPadding(file, header))
    }
  }

  private async checkEntries(): Promise<void> {
    const { pages, located } = this.archive
    const checker = new EntryChecker(this.archive, (error) => this.fault(error))
    for (const [index, page] of pages.pages.entries()) {
      const readable = this.attempt(() => {
        for (const entry of pages.load(index)) checker.check(entry)
      }, page.block)
      if (!readable) {
        this.allPagesReadable = false
        checker.skipPage()
      }
      this.entriesChecked = checker.totals.entries
      await this.pauseIfDue()
    }
    if (this.allPagesReadable && located.complete) this.attempt(() => checker.compareTotals(this.dataAreaBytes))
  }

  private async checkData(): Promise<void> {
    const { hashes } = this.archive
    for (const section of hashes.sections) {
      let chunks: readonly Chunk[] = []
      this.attempt(() => {
        chunks = hashes.chunksOf(section)
      }, section.block)
      for (const chunk of chunks) await this.checkChunk(chunk)
    }
  }

  private async checkChunk(chunk: Chunk): Promise<void> {
    const { file, located } = this.archive
    const end = chunk.offset + chunk.lengthBytes
    const { blockSizeBytes } = file
    const isOutside = end > located.dataEndBlock * blockSizeBytes
    if (
      isOutside ||
      overlapsSection(located.directory.sections, chunk.offset / blockSizeBytes, end / blockSizeBytes, blockSizeBytes)
    ) {
      this.fault(new ReftarError('damaged', 'a hash covers more than data', { offsetBytes: chunk.offset }))
      return
    }
    for (let offset = chunk.offset; offset < end; offset += READ_BYTES) {
      const length = Math.min(READ_BYTES, end - offset)
      file.readInto(this.buffer, offset, length)
      this.hasher.update(this.buffer.subarray(0, length))
      this.bytesChecked += length
      await this.pauseIfDue()
    }
    this.hashedDataBytes += chunk.lengthBytes
    if (!bytesEqual(this.hasher.digest(), chunk.hash)) {
      this.hurt.addRange(chunk.offset, end)
      this.fault(new ReftarError('damaged', 'the data’s hash is wrong', { offsetBytes: chunk.offset }))
    }
  }

  private async nameHurtEntries(): Promise<void> {
    const { pages } = this.archive
    for (let index = 0; index < pages.pages.length; index++) {
      await this.pauseIfDue()
      for (const entry of this.entriesOf(index)) {
        if (!this.hurt.touches(entry)) continue
        this.fault(new ReftarError('damaged', 'some of its content is damaged', { entry: displayName(entry.path) }))
      }
    }
  }

  /** A page's entries; none when it is damaged, which was told before. */
  private entriesOf(index: number): ReturnType<OpenArchive['pages']['load']> {
    try {
      return this.archive.pages.load(index)
    } catch (error) {
      if (error instanceof ReftarError && error.code === 'damaged') return []
      throw error
    }
  }
}
