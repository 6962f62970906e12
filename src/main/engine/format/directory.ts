/** The archive's index: what it holds and where (docs/format.md, "Directory"). */
import type { ArchiveTotals, SourceFilesystem } from '../../../shared/archive-info.ts'
import type { ByteString } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { said } from '../../../shared/said.ts'
import { HASH_BYTES, PAGE_LIMIT_ENTRIES, PATH_LIMIT_BYTES } from './layout.ts'
import { isPlausiblePayload, OPTIONAL_KIND_BIT, sectionKinds, sectionLengthBlocks } from './section.ts'
import { ByteReader, ByteWriter } from './varint.ts'

interface SectionPlace {
  readonly block: number
  /** One of sectionEncodings. */
  readonly encoding: number
  readonly rawLengthBytes: number
  readonly storedLengthBytes: number
  /** BLAKE3 of the stored payload. */
  readonly payloadHash: Uint8Array
}

export interface PackRecord extends SectionPlace {
  readonly kind: typeof sectionKinds.pack
}

export interface PageRecord extends SectionPlace {
  readonly kind: typeof sectionKinds.page
  /** Sum of the entry counts of the pages before. */
  readonly firstOrdinal: number
  readonly entryCount: number
  readonly firstPath: ByteString
}

export interface HashesRecord extends SectionPlace {
  readonly kind: typeof sectionKinds.hashes
  /** The data its chunks lie in, from the first block to the one after the last. */
  readonly firstBlock: number
  readonly endBlock: number
}

/** A directory or trailer that a later one replaces, or an optional section of unknown kind. */
interface OtherRecord extends SectionPlace {
  readonly kind: typeof sectionKinds.directory | typeof sectionKinds.trailer | 'unknown'
  /** The number that stands for the kind. */
  readonly kindNumber: number
}

export type SectionRecord = PackRecord | PageRecord | HashesRecord | OtherRecord

export interface Directory {
  readonly creator: string
  readonly dataHashes: 'complete' | 'absent'
  readonly totals: ArchiveTotals
  readonly sources: readonly SourceFilesystem[]
  /** All sections before this directory that belong to the archive, in order of their blocks. */
  readonly sections: readonly SectionRecord[]
}

const recordTags = { general: 1, totals: 2, source: 3, section: 4 } as const
const dataHashesCodes = { absent: 0, complete: 1 } as const

/** In the order they are written in. New ones are added at the end. */
const totalNames = [
  'entries',
  'files',
  'directories',
  'symlinks',
  'hardLinks',
  'others',
  'logicalBytes',
  'holeBytes',
  'zeroBytes',
  'dataBytes',
  'packRawBytes',
  'packStoredBytes',
  'sharedBytes',
  'duplicateBytes',
] as const satisfies readonly (keyof ArchiveTotals)[]

export const emptyTotals: ArchiveTotals = {
  entries: 0,
  files: 0,
  directories: 0,
  symlinks: 0,
  hardLinks: 0,
  others: 0,
  logicalBytes: 0,
  holeBytes: 0,
  zeroBytes: 0,
  dataBytes: 0,
  packRawBytes: 0,
  packStoredBytes: 0,
  sharedBytes: 0,
  duplicateBytes: 0,
}

/** A directory section's raw payload. Sections must be in order of their blocks and not overlap. */
export function encodeDirectory(directory: Directory, blockSizeBytes: number): Uint8Array {
  const writer = new ByteWriter(1024 + directory.sections.length * 128)
  const body = new ByteWriter()
  const record = (tag: number, bytes: Uint8Array): void => {
    writer.varint(tag)
    writer.prefixedBytes(bytes)
  }
  const begin = (): ByteWriter => {
    body.clear()
    return body
  }
  const general = begin()
  general.varint(dataHashesCodes[directory.dataHashes])
  general.prefixedText(directory.creator)
  record(recordTags.general, general.view())
  const totals = begin()
  for (const name of totalNames) totals.varint(directory.totals[name])
  record(recordTags.totals, totals.view())
  for (const source of directory.sources) {
    const filesystem = begin()
    filesystem.prefixedText(source.type)
    filesystem.prefixedText(source.id)
    record(recordTags.source, filesystem.view())
  }
  let endBlock = 0
  let ordinal = 0
  for (const section of directory.sections) {
    if (section.kind === sectionKinds.page && section.firstOrdinal !== ordinal) {
      throw new ReftarError('internal', `a page begins with entry ${section.firstOrdinal} where ${ordinal} is next`)
    }
    record(recordTags.section, encodeSection(begin(), section, endBlock))
    endBlock = section.block + sectionLengthBlocks(section.storedLengthBytes, blockSizeBytes)
    if (section.kind === sectionKinds.page) ordinal += section.entryCount
  }
  return writer.view()
}

function encodeSection(writer: ByteWriter, section: SectionRecord, previousEndBlock: number): Uint8Array {
  writer.varint('kindNumber' in section ? section.kindNumber : section.kind)
  writer.varint(section.block - previousEndBlock)
  writer.varint(section.encoding)
  writer.varint(section.rawLengthBytes)
  writer.varint(section.storedLengthBytes)
  writer.bytes(section.payloadHash)
  if (section.kind === sectionKinds.page) {
    writer.varint(section.entryCount)
    writer.prefixedByteString(section.firstPath)
  } else if (section.kind === sectionKinds.hashes) {
    writer.varint(section.firstBlock)
    writer.varint(section.endBlock - section.firstBlock)
  }
  return writer.view()
}

/** Reads a directory's raw payload; `damaged` when it breaks a rule, `unsupported-version` for a section it may not pass over. */
export function decodeDirectory(raw: Uint8Array, blockSizeBytes: number): Directory {
  const reader: ByteReader = new ByteReader(raw, 'directory')
  let general: Pick<Directory, 'creator' | 'dataHashes'> | undefined
  let totals: ArchiveTotals | undefined
  const sources: SourceFilesystem[] = []
  const sections: SectionRecord[] = []
  let endBlock = 0
  let ordinal = 0
  while (reader.remainingBytes > 0) {
    const tag = reader.varint()
    const body = new ByteReader(reader.prefixedBytes(), 'directory record')
    if (tag === recordTags.general) {
      if (general !== undefined) reader.fail('two general records')
      general = decodeGeneral(body)
    } else if (tag === recordTags.totals) {
      if (totals !== undefined) reader.fail('two records of totals')
      totals = decodeTotals(body)
    } else if (tag === recordTags.source) {
      sources.push({ type: body.prefixedText(), id: body.prefixedText() })
    } else if (tag === recordTags.section) {
      const section = decodeSection(body, endBlock, ordinal, blockSizeBytes)
      sections.push(section)
      endBlock = section.block + sectionLengthBlocks(section.storedLengthBytes, blockSizeBytes)
      if (section.kind === sectionKinds.page) ordinal += section.entryCount
    }
  }
  if (general === undefined || totals === undefined) reader.fail('a required record is missing')
  return { ...general, totals, sources, sections }
}

function decodeGeneral(body: ByteReader): Pick<Directory, 'creator' | 'dataHashes'> {
  const dataHashes = body.varintUpTo(dataHashesCodes.complete, 'the state of data hashes')
  return { dataHashes: dataHashes === dataHashesCodes.complete ? 'complete' : 'absent', creator: body.prefixedText() }
}

function decodeTotals(body: ByteReader): ArchiveTotals {
  const totals: { -readonly [Name in keyof ArchiveTotals]: number } = { ...emptyTotals }
  for (const name of totalNames) totals[name] = body.varint()
  return totals
}

function decodeSection(
  body: ByteReader,
  previousEndBlock: number,
  ordinal: number,
  blockSizeBytes: number,
): SectionRecord {
  const kind = body.varintUpTo(0xffffffff, 'a section’s kind')
  const block = previousEndBlock + body.varint()
  const encoding = body.varint()
  const rawLengthBytes = body.varint()
  const storedLengthBytes = body.varint()
  const place = { block, encoding, rawLengthBytes, storedLengthBytes, payloadHash: body.bytes(HASH_BYTES).slice() }
  if (block === 0) body.fail('a section covers the superblock')
  if (block * blockSizeBytes > Number.MAX_SAFE_INTEGER) body.fail('a section lies beyond 2^53')
  if (!isPlausiblePayload(kind, encoding, rawLengthBytes, storedLengthBytes))
    body.fail('a section’s lengths are out of bounds')
  if (kind === sectionKinds.pack) return { ...place, kind }
  if (kind === sectionKinds.page) {
    const entryCount = body.varintUpTo(PAGE_LIMIT_ENTRIES, 'a page’s number of entries')
    const firstPath = body.prefixedByteString()
    if (entryCount === 0 || firstPath === '' || firstPath.length > PATH_LIMIT_BYTES)
      body.fail('a page’s record is impossible')
    return { ...place, kind, firstOrdinal: ordinal, entryCount, firstPath }
  }
  if (kind === sectionKinds.hashes) {
    const firstBlock = body.varint()
    return { ...place, kind, firstBlock, endBlock: firstBlock + body.varint() }
  }
  if (kind === sectionKinds.directory || kind === sectionKinds.trailer) return { ...place, kind, kindNumber: kind }
  if (kind < OPTIONAL_KIND_BIT)
    throw new ReftarError('unsupported-version', said('it has sections of a kind unknown here ({kind})', { kind }))
  return { ...place, kind: 'unknown', kindNumber: kind }
}
