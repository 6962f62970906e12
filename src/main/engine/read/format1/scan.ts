/**
 * Goes from header to header without reading data. What can't be followed any further ends the list: everything before
 * it is complete, the entry it happened in is kept as faulty, and a notice says where and why.
 */
import { type ByteString, displayName } from '../../../../shared/byte-string.ts'
import { ReftarError } from '../../../../shared/errors.ts'
import { type Said, said } from '../../../../shared/said.ts'
import { ENTRY_HEADER_START_BYTES, entryTypes } from '../../format1/entry-header.ts'
import { EntryHeaderReader, headerSizeAt } from '../../format1/entry-header-reader.ts'
import { decodeExtentHeader, EXTENT_HEADER_BYTES, type ExtentHeader, extentKinds } from '../../format1/extent-header.ts'
import { ENTRY_MAGIC, HEADER_LIMIT_BYTES, paddingAfter } from '../../format1/layout.ts'
import { checkEntryLimits, checkTotals, type ReadLimits } from '../../limits.ts'
import type { Handle } from '../../ports.ts'
import type { ReaderPorts } from '../archive-file.ts'
import { HeaderWindow } from './header-window.ts'
import { ArchiveIndex } from './index.ts'
import { PathsSoFar } from './paths-so-far.ts'
import { storedPath } from './stored-path.ts'

/** Fewer bytes than this behind the last entry were always tolerated. */
const STRAY_LIMIT_BYTES = 4
const NOTICES_LIMIT = 20

export interface ScannedArchive {
  readonly index: ArchiveIndex
  /** False when the list ends before the file does. */
  readonly complete: boolean
  readonly notices: readonly Said[]
}

/** Indexes an archive of `fileBytes` bytes. `limit-exceeded` for what passes `limits`, or more extents than fit in memory. */
export function scanArchive(
  files: ReaderPorts['files'],
  handle: Handle,
  fileBytes: number,
  blockBytes: number,
  limits: ReadLimits,
): ScannedArchive {
  return new Scan(files, handle, fileBytes, blockBytes, limits).run()
}

/** Ends the scan: what follows can't be told. */
class EndOfList extends Error {}

class Scan {
  readonly #window: HeaderWindow
  readonly #fileBytes: number
  readonly #limits: ReadLimits
  readonly #index: ArchiveIndex
  readonly #header: EntryHeaderReader
  readonly #paths = new PathsSoFar()
  readonly #notices: Said[] = []
  #noticesOmitted = 0
  #complete = true
  #offset: number
  #lastType = ''
  #lastId = 0n

  constructor(files: ReaderPorts['files'], handle: Handle, fileBytes: number, blockBytes: number, limits: ReadLimits) {
    this.#limits = limits
    this.#window = new HeaderWindow(files, handle, fileBytes)
    this.#fileBytes = fileBytes
    this.#index = new ArchiveIndex(blockBytes)
    this.#header = new EntryHeaderReader(blockBytes)
    this.#offset = blockBytes
  }

  run(): ScannedArchive {
    try {
      while (this.#offset < this.#fileBytes) this.#entry()
      if (this.#offset > this.#fileBytes) this.#cut('the archive’s last block is cut off; no content is missing')
    } catch (error) {
      if (!(error instanceof EndOfList)) throw error
    }
    const { superseded } = this.#index
    if (superseded.size > 0) {
      this.#notice(said('entries left out because a later one has the same path: {count}', { count: superseded.size }))
    }
    if (this.#noticesOmitted > 0)
      this.#notices.push(said('further faults, which verifying names: {count}', { count: this.#noticesOmitted }))
    return { index: this.#index, complete: this.#complete, notices: this.#notices }
  }

  #entry(): void {
    const headerOffset = this.#offset
    this.#readHeader()
    const { folder, name, type, isInline, inlineAt, headerBytes } = this.#header
    const path = storedPath(folder, name)
    const sizeBytes = type === entryTypes.file ? this.#header.sizeBytes : 0
    checkEntryLimits(this.#limits, path, sizeBytes)
    checkTotals(this.#limits, this.#index.length + 1, sizeBytes)
    const inlineOffset = isInline && sizeBytes > 0 ? headerOffset + inlineAt : 0
    const ordinal = this.#index.add(path, headerOffset, type, sizeBytes, inlineOffset)
    this.#notePath(ordinal, path, folder, name)
    this.#noteSource()
    const headerEnd = headerOffset + headerBytes
    if (headerEnd > this.#fileBytes) this.#endWithin(ordinal, 'the archive ends within its content', headerOffset)
    this.#offset = headerEnd + paddingAfter(headerEnd, this.#index.blockBytes)
    if (type === entryTypes.file && !isInline) this.#extents(ordinal, sizeBytes)
  }

  #readHeader(): void {
    const left = this.#fileBytes - this.#offset
    const startBytes = Math.min(left, ENTRY_HEADER_START_BYTES)
    const at = this.#window.seek(this.#offset, startBytes)
    const headerBytes = startBytes < ENTRY_HEADER_START_BYTES ? undefined : headerSizeAt(this.#window.view, at)
    if (headerBytes === undefined) this.#endBetween(left, this.#window.bytes.subarray(at, at + startBytes))
    if (headerBytes > HEADER_LIMIT_BYTES) {
      this.#end(
        said('the header of an entry at byte {offset} claims {count} bytes; the list ends there', {
          offset: this.#offset,
          count: headerBytes,
        }),
      )
    }
    const foundBytes = Math.min(left, headerBytes)
    const whole = this.#window.seek(this.#offset, foundBytes)
    try {
      this.#header.read(this.#window.bytes, this.#window.view, whole, whole + foundBytes)
    } catch (error) {
      if (!(error instanceof ReftarError) || error.code !== 'damaged') throw error
      const problem = left < headerBytes ? 'the archive ends within the header of an entry' : error.said
      this.#end(said('{problem}, at byte {offset}; the list ends there', { problem, offset: this.#offset }))
    }
  }

  /** What follows the last entry is no entry: stray bytes, one that is cut off, or something else. */
  #endBetween(left: number, found: Uint8Array): never {
    const isCut = ENTRY_MAGIC.startsWith(String.fromCharCode(...found.subarray(0, ENTRY_MAGIC.length)))
    if (isCut)
      this.#end(said('the archive ends within the header of an entry at byte {offset}', { offset: this.#offset }))
    if (left >= STRAY_LIMIT_BYTES) {
      this.#end(
        said('at byte {offset} there should be an entry, but there is something else; the list ends there', {
          offset: this.#offset,
        }),
      )
    }
    this.#notice(said('{count} stray bytes follow the last entry and were ignored', { count: left }))
    throw new EndOfList()
  }

  #extents(ordinal: number, sizeBytes: number): void {
    const { blockBytes, extents } = this.#index
    for (let covered = 0; covered < sizeBytes; ) {
      const headerOffset = this.#offset
      const header = this.#extentHeader(ordinal)
      const payloadOffset =
        headerOffset + EXTENT_HEADER_BYTES + paddingAfter(headerOffset + EXTENT_HEADER_BYTES, blockBytes)
      const lengthBytes = header.lengthBlocks * blockBytes
      this.#offset = payloadOffset
      if (header.kind === extentKinds.data) {
        if (payloadOffset + lengthBytes > this.#fileBytes) {
          this.#endWithin(ordinal, 'the archive ends within its content', headerOffset)
        }
        extents.addData(header, payloadOffset)
        this.#offset = payloadOffset + lengthBytes
      } else if (header.kind === extentKinds.hole) extents.addHole(header.lengthBlocks)
      else {
        const fault = extents.addReference(header)
        if (fault !== undefined) this.#fault(ordinal, fault, headerOffset)
      }
      covered += lengthBytes
    }
  }

  #extentHeader(ordinal: number): ExtentHeader {
    if (this.#offset + EXTENT_HEADER_BYTES > this.#fileBytes) {
      this.#endWithin(ordinal, 'the archive ends within its content', this.#offset)
    }
    const at = this.#window.seek(this.#offset, EXTENT_HEADER_BYTES)
    try {
      return decodeExtentHeader(this.#window.view, at)
    } catch (error) {
      if (!(error instanceof ReftarError) || error.code !== 'damaged') throw error
      this.#endWithin(ordinal, error.said, this.#offset)
    }
  }

  #notePath(ordinal: number, path: ByteString, folder: ByteString, name: ByteString): void {
    if (path !== '') {
      const earlier = this.#paths.add(ordinal, path, folder, name)
      if (earlier !== undefined) this.#index.superseded.add(earlier)
    } else if (this.#header.type !== entryTypes.directory) {
      // “.” is the archive's root, which has no entry.
      this.#fault(ordinal, 'it has no name', this.#offset)
    }
  }

  #noteSource(): void {
    const { filesystemType, filesystemId } = this.#header
    if (filesystemType === '' || (filesystemType === this.#lastType && filesystemId === this.#lastId)) return
    this.#lastType = filesystemType
    this.#lastId = filesystemId
    const type = displayName(filesystemType)
    const id = filesystemId.toString(16)
    const { sources } = this.#index
    if (sources.length < NOTICES_LIMIT && !sources.some((source) => source.type === type && source.id === id)) {
      sources.push({ type, id })
    }
  }

  #fault(ordinal: number, message: Said, offsetBytes: number): void {
    if (this.#index.faults.has(ordinal)) return
    this.#index.faults.set(ordinal, { message, offsetBytes })
    const entry = { verbatim: displayName(this.#index.paths[ordinal] ?? ('' as ByteString)) }
    this.#notice(said('{entry}: {problem} (at byte {offset})', { entry, problem: message, offset: offsetBytes }))
  }

  #notice(text: Said): void {
    if (this.#notices.length < NOTICES_LIMIT) this.#notices.push(text)
    else this.#noticesOmitted++
  }

  /** The file ends too early, or goes on with something that is no entry. */
  #cut(notice: Said): void {
    this.#complete = false
    // The reason why the list ends matters more than faults of single entries.
    this.#notices.unshift(notice)
  }

  #end(notice: Said): never {
    this.#cut(notice)
    throw new EndOfList()
  }

  #endWithin(ordinal: number, message: Said, offsetBytes: number): never {
    this.#fault(ordinal, message, offsetBytes)
    this.#end(
      said('the list ends at byte {offset}, within an entry; what comes before it is complete', {
        offset: offsetBytes,
      }),
    )
  }
}
