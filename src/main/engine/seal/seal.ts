/**
 * Completes what --instant left out: hashes all data and appends the hashes, a new directory and a new trailer. The old
 * ones stay, so that an interruption loses nothing: the last valid trailer counts.
 */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { ReftarError, withContext } from '../../../shared/errors.ts'
import type { SealSummary } from '../../../shared/jobs.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { ChunkHasher } from '../create/chunk-hasher.ts'
import { compressPayload, SectionWriter } from '../create/section-writer.ts'
import { FileSink } from '../create/sink.ts'
import { closeQuietly, readUpTo } from '../exact-io.ts'
import { DETECTION_BYTES, detectVersion } from '../format/detection.ts'
import { encodeDirectory, type SectionRecord } from '../format/directory.ts'
import { toHex } from '../format/hash.ts'
import { HASHES_TARGET_CHUNKS } from '../format/layout.ts'
import { type SectionHeader, sectionKinds, sectionLengthBlocks } from '../format/section.ts'
import { FORMAT_1_VERSION } from '../format1/layout.ts'
import { NumberList } from '../number-list.ts'
import { Pacer } from '../pacing.ts'
import type { Handle, Ports } from '../ports.ts'
import { openArchiveFile } from '../read/open.ts'
import { type OpenArchive, openParts } from '../read/reader2.ts'

const PIECE_BYTES = 1 << 20
const INDEX_LEVEL = 3

/**
 * Seals the archive at `path` in place. Does nothing when it has its hashes. Throws `incomplete` for one that was cut
 * off, and what opening and writing say; the archive is then as it was.
 */
export async function sealArchive(ports: Ports, path: ByteString, job: JobContext): Promise<SealSummary> {
  const startedAt = ports.clock.now()
  try {
    const handle = openArchiveFile(ports, path, 'read-write')
    try {
      // Two at once would each cut off what the other has appended.
      if (ports.files.tryLock(handle) === 'in-use') throw new ReftarError('busy', 'Another run is sealing it')
      requireFormat2(ports, handle)
      const archive = openParts(ports, handle, ports.files.status(handle).sizeBytes)
      const sealed = await seal(ports, archive, job)
      return { ...sealed, elapsedMilliseconds: ports.clock.now() - startedAt }
    } finally {
      closeQuietly(ports.files, handle)
    }
  } catch (error) {
    throw withContext(error, { path: displayName(path) })
  }
}

function requireFormat2(ports: Ports, handle: Handle): void {
  const head = new Uint8Array(DETECTION_BYTES)
  const count = readUpTo(ports.files, handle, head, 0, head.length, 0)
  if (detectVersion(head.subarray(0, count)) !== FORMAT_1_VERSION) return
  throw new ReftarError(
    'usage',
    'Format 1 has no content hashes to add; “reftar convert” makes a format 2 archive of it',
  )
}

async function seal(
  ports: Ports,
  archive: OpenArchive,
  job: JobContext,
): Promise<Omit<SealSummary, 'elapsedMilliseconds'>> {
  const { file, located } = archive
  const { lastSection, rootHash } = located
  if (!located.complete || rootHash === undefined || lastSection === undefined) {
    throw new ReftarError('incomplete', 'It was cut off and can’t be sealed')
  }
  if (located.directory.dataHashes === 'complete') {
    return { hashedBytes: 0, rootHash: toHex(rootHash), alreadySealed: true }
  }
  const end = (lastSection.block + 1) * file.blockSizeBytes
  // What a sealing that was interrupted left behind.
  if (file.sizeBytes > end) ports.files.truncate(file.handle, end)
  try {
    return await new Sealing(ports, archive, lastSection, end).run(job)
  } catch (error) {
    cutOff(ports, file.handle, end)
    throw error
  }
}

/** Takes back what was appended. Where that fails it stays without harm: it has no trailer, and the next sealing cuts it off. */
function cutOff(ports: Ports, handle: Handle, end: number): void {
  try {
    ports.files.truncate(handle, end)
  } catch {
    // The error that led here says more.
  }
}

class Sealing {
  readonly #ports: Ports
  readonly #archive: OpenArchive
  readonly #sections: SectionWriter
  readonly #chunks = new ChunkHasher()
  readonly #blockBytes: number
  #offset: number
  #hashedBytes = 0

  constructor(ports: Ports, archive: OpenArchive, trailer: SectionHeader, end: number) {
    const { file, superblock } = archive
    this.#ports = ports
    this.#archive = archive
    this.#blockBytes = file.blockSizeBytes
    this.#offset = end
    const sink = new FileSink(ports.files, ports.cloner, file.handle)
    this.#sections = new SectionWriter(sink, superblock.archiveId, this.#blockBytes, trailer)
    this.#sections.records.push(...archive.located.directory.sections, ...this.#replaced(trailer))
  }

  /** Records of the directory and trailer that the new ones replace. */
  #replaced(trailer: SectionHeader): SectionRecord[] {
    const directory = this.#archive.file.header(this.#archive.located.dataEndBlock, this.#archive.superblock.archiveId)
    if (directory === undefined) throw new ReftarError('damaged', 'Its directory can’t be found again')
    return [
      { ...directory, kind: sectionKinds.directory, kindNumber: sectionKinds.directory },
      { ...trailer, kind: sectionKinds.trailer, kindNumber: sectionKinds.trailer },
    ]
  }

  async run(job: JobContext): Promise<Omit<SealSummary, 'elapsedMilliseconds'>> {
    const total = this.#archive.located.directory.totals.dataBytes
    const pacer = new Pacer(this.#ports.clock, job, () => ({
      phase: 'seal',
      bytesDone: this.#hashedBytes,
      bytesTotal: total,
      filesDone: 0,
      filesTotal: undefined,
      current: undefined,
    }))
    const buffer = Buffer.allocUnsafeSlow(PIECE_BYTES)
    const fileEnds = this.#fileEnds()
    let nextEnd = 0
    for (const [start, end] of this.#dataRegions()) {
      for (let at = start; at < end; at += PIECE_BYTES) {
        const piece = buffer.subarray(0, Math.min(PIECE_BYTES, end - at))
        this.#archive.file.readInto(piece, at, piece.length)
        let from = 0
        for (; nextEnd < fileEnds.length && fileEnds.at(nextEnd) <= at + piece.length; nextEnd++) {
          const to = Math.max(from, fileEnds.at(nextEnd) - at)
          this.#chunks.append(piece.subarray(from, to), at + from)
          this.#chunks.end()
          from = to
        }
        this.#chunks.append(piece.subarray(from), at + from)
        this.#hashedBytes += piece.length
        if (this.#chunks.count >= HASHES_TARGET_CHUNKS) this.#writeHashes()
        if (pacer.isDue) await pacer.pause()
      }
    }
    this.#writeHashes()
    const { directory } = this.#archive.located
    const raw = encodeDirectory(
      { ...directory, dataHashes: 'complete', sections: this.#sections.records },
      this.#blockBytes,
    )
    const payload = await compressPayload(this.#ports.compressor, raw, INDEX_LEVEL)
    const { rootHash } = this.#sections.close(this.#archive.superblockBytes, payload, this.#offset)
    pacer.finish()
    return { hashedBytes: this.#hashedBytes, rootHash: toHex(rootHash), alreadySealed: false }
  }

  /** Where the data that came with each file ends, ascending: files refer to earlier data, and theirs comes behind it. */
  #fileEnds(): NumberList {
    const { pages } = this.#archive
    const ends = new NumberList()
    let dataEnd = 0
    for (let page = 0; page < pages.pages.length; page++) {
      for (const { segments } of pages.load(page)) {
        const before = dataEnd
        for (const segment of segments) {
          if (segment.kind === 'data') dataEnd = Math.max(dataEnd, segment.archiveOffset + segment.lengthBytes)
        }
        if (dataEnd > before) ends.push(Math.ceil(dataEnd / this.#blockBytes) * this.#blockBytes)
      }
    }
    return ends
  }

  /** Byte ranges between the sections: raw data. */
  *#dataRegions(): Generator<readonly [start: number, end: number]> {
    let block = 1
    for (const section of this.#archive.located.directory.sections) {
      if (section.block >= this.#archive.located.dataEndBlock) break
      if (section.block > block) yield [block * this.#blockBytes, section.block * this.#blockBytes]
      block = section.block + sectionLengthBlocks(section.storedLengthBytes, this.#blockBytes)
    }
    const end = this.#archive.located.dataEndBlock
    if (end > block) yield [block * this.#blockBytes, end * this.#blockBytes]
  }

  #writeHashes(): void {
    this.#offset = this.#sections.writeHashes(this.#chunks.take(), this.#offset)
  }
}
