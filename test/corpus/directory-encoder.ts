/** Encodes directories of format 2 without checking anything. */
import { sectionKinds } from '../../src/main/engine/format/section.ts'
import { ByteWriter } from '../../src/main/engine/format/varint.ts'
import type { ByteString } from '../../src/shared/byte-string.ts'

export interface WildRecord {
  readonly kind: number
  readonly block: number
  readonly encoding: number
  readonly rawLengthBytes: number
  readonly storedLengthBytes: number
  readonly payloadHash: Uint8Array
  readonly entryCount?: number
  readonly firstPath?: string
  readonly firstBlock?: number
  /** Blocks from the first chunk's beginning to the last one's end. */
  readonly blocks?: number
  /** Overrides the distance from the record before. */
  readonly gap?: number
}

export interface WildDirectory {
  readonly dataHashes: number
  readonly creator: string
  readonly totals: Readonly<Partial<Record<string, number>>>
  readonly sources: readonly (readonly [type: string, id: string])[]
  readonly records: readonly WildRecord[]
  /** Records with tags of one's own choice, behind the others. */
  readonly extra?: readonly (readonly [tag: number, body: Uint8Array])[]
  readonly withoutTotals?: boolean
}

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
] as const

/** The raw payload of a directory section. */
export function encodeWildDirectory(directory: WildDirectory, blockSize: number): Uint8Array {
  const writer = new ByteWriter()
  const record = (tag: number, fill: (body: ByteWriter) => void): void => {
    const body = new ByteWriter()
    fill(body)
    writer.varint(tag)
    writer.prefixedBytes(body.view())
  }
  record(1, (body) => {
    body.varint(directory.dataHashes)
    body.prefixedText(directory.creator)
  })
  if (!directory.withoutTotals) {
    record(2, (body) => {
      for (const name of totalNames) body.varint(Math.min(Number.MAX_SAFE_INTEGER, directory.totals[name] ?? 0))
    })
  }
  for (const [type, id] of directory.sources) {
    record(3, (body) => {
      body.prefixedText(type)
      body.prefixedText(id)
    })
  }
  let end = 0
  for (const section of directory.records) {
    record(4, (body) => sectionBody(body, section, end))
    end = section.block + Math.ceil((128 + section.storedLengthBytes) / blockSize)
  }
  for (const [tag, bytes] of directory.extra ?? []) record(tag, (body) => body.bytes(bytes))
  return writer.view().slice()
}

function sectionBody(body: ByteWriter, section: WildRecord, previousEnd: number): void {
  body.varint(section.kind)
  body.varint(section.gap ?? Math.max(0, section.block - previousEnd))
  body.varint(section.encoding)
  body.varint(section.rawLengthBytes)
  body.varint(section.storedLengthBytes)
  body.bytes(section.payloadHash)
  if (section.kind === sectionKinds.page) {
    body.varint(section.entryCount ?? 0)
    body.prefixedByteString((section.firstPath ?? '') as ByteString)
  } else if (section.kind === sectionKinds.hashes) {
    body.varint(section.firstBlock ?? 0)
    body.varint(section.blocks ?? 0)
  }
}
