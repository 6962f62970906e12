/** Builds the directory that an interrupted writer didn't get to write, from the sections it left (docs/format.md, "Recovery"). */
import { type ByteString, comparePaths } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { said } from '../../../shared/said.ts'
import type { Entry } from '../entry.ts'
import type { SectionRecord } from '../format/directory.ts'
import { decodeHashes } from '../format/hashes.ts'
import { decodePage } from '../format/page-decode.ts'
import { OPTIONAL_KIND_BIT, type SectionHeader, sectionKinds, sectionLengthBlocks } from '../format/section.ts'
import type { ArchiveFile } from './archive-file.ts'
import type { Located } from './locate.ts'
import { TotalsCounter } from './totals.ts'

/**
 * `chain` is an unbroken run of sections from the archive's first on. Sections are taken up to the first page or hashes
 * section that is damaged, so that what is found is a prefix of what was written.
 */
export function recoverDirectory(file: ArchiveFile, chain: readonly SectionHeader[]): Located {
  const counter = new TotalsCounter()
  const sections: SectionRecord[] = []
  let lastSection: SectionHeader | undefined
  let lastPath = '' as ByteString
  let dataBlocks = 0
  let endBlock = 1
  for (const header of chain) {
    const record = recoverSection(file, header, counter, lastPath)
    if (record === undefined) break
    if (record.kind === sectionKinds.page) lastPath = record.lastPath
    sections.push(record.section)
    dataBlocks += header.block - endBlock
    endBlock = header.block + sectionLengthBlocks(header.storedLengthBytes, file.blockSizeBytes)
    lastSection = header
  }
  counter.totals.dataBytes = dataBlocks * file.blockSizeBytes
  const hasHashes = sections.some((section) => section.kind === sectionKinds.hashes)
  return {
    directory: {
      creator: '',
      dataHashes: hasHashes || !counter.hasData ? 'complete' : 'absent',
      totals: counter.totals,
      sources: [],
      sections,
    },
    dataEndBlock: endBlock,
    rootHash: undefined,
    lastSection,
    complete: false,
    notices: [
      said(
        'creation was interrupted or the file was cut off or damaged; entries up to the last checkpoint that are readable: {count}',
        { count: counter.totals.entries },
      ),
    ],
  }
}

type Recovered =
  | { readonly kind: typeof sectionKinds.page; readonly section: SectionRecord; readonly lastPath: ByteString }
  | { readonly kind: undefined; readonly section: SectionRecord }

function recoverSection(
  file: ArchiveFile,
  header: SectionHeader,
  counter: TotalsCounter,
  lastPath: ByteString,
): Recovered | undefined {
  const { kind } = header
  const { block, encoding, rawLengthBytes, storedLengthBytes, payloadHash } = header
  const place = { block, encoding, rawLengthBytes, storedLengthBytes, payloadHash }
  try {
    if (kind === sectionKinds.page) {
      const firstOrdinal = counter.totals.entries
      const entries = decodePage(file.payload(place), file.blockSizeBytes, firstOrdinal)
      const [first] = entries
      const last = entries.at(-1)
      if (first === undefined || last === undefined || comparePaths(first.path, lastPath) <= 0) return undefined
      addAll(counter, entries)
      return {
        kind,
        section: { ...place, kind, firstOrdinal, entryCount: entries.length, firstPath: first.path },
        lastPath: last.path,
      }
    }
    if (kind === sectionKinds.hashes) {
      const chunks = decodeHashes(file.payload(place), file.blockSizeBytes)
      const last = chunks.at(-1)
      const firstBlock = (chunks[0]?.offset ?? 0) / file.blockSizeBytes
      const endBlock = last === undefined ? 0 : (last.offset + last.lengthBytes) / file.blockSizeBytes
      return { kind: undefined, section: { ...place, kind, firstBlock, endBlock } }
    }
  } catch (error) {
    if (error instanceof ReftarError && error.code === 'damaged') return undefined
    throw error
  }
  if (kind === sectionKinds.pack) {
    counter.addPack(rawLengthBytes, storedLengthBytes)
    return { kind: undefined, section: { ...place, kind } }
  }
  if (kind === sectionKinds.directory || kind === sectionKinds.trailer) {
    return { kind: undefined, section: { ...place, kind, kindNumber: kind } }
  }
  if (kind >= OPTIONAL_KIND_BIT) return { kind: undefined, section: { ...place, kind: 'unknown', kindNumber: kind } }
  return undefined
}

function addAll(counter: TotalsCounter, entries: readonly Entry[]): void {
  for (const entry of entries) counter.addEntry(entry)
}
