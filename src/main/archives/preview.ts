/** Text and images of an entry for a look at it, read from the archive without extracting anything. */
import { bytesToByteString } from '../../shared/byte-string.ts'
import type { Preview } from '../../shared/ipc/archives.ts'
import type { ArchiveReader, Entry } from '../engine/index.ts'

const TEXT_BYTES = 64 << 10
/** What crosses to the page at once without being felt. */
const IMAGE_BYTES = 8 << 20

/** Throws `damaged` when the bytes don't match their checksums. */
export async function previewEntry(reader: ArchiveReader, ordinal: number): Promise<Preview> {
  const named = reader.entryAt(ordinal)
  const entry = named.hardLinkOrdinal === undefined ? named : reader.entryAt(named.hardLinkOrdinal)
  if (entry.kind !== 'file') return { kind: 'none', reason: 'not-a-file' }
  if (entry.sizeBytes === 0) return { kind: 'none', reason: 'empty' }
  const start = await readStart(reader, entry, TEXT_BYTES)
  const mediaType = imageType(start)
  if (mediaType !== undefined) {
    if (entry.sizeBytes > IMAGE_BYTES) return { kind: 'none', reason: 'too-large' }
    return { kind: 'image', mediaType, bytes: await readStart(reader, entry, entry.sizeBytes) }
  }
  const truncated = entry.sizeBytes > start.length
  const text = textOf(start, truncated)
  return text === undefined ? { kind: 'none', reason: 'binary' } : { kind: 'text', text, truncated }
}

/** The first bytes of a file, at most `most`. Holes are zeros. */
async function readStart(reader: ArchiveReader, entry: Entry, most: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.min(most, entry.sizeBytes))
  let at = 0
  for (const segment of entry.segments) {
    const length = Math.min(segment.lengthBytes, bytes.length - at)
    if (length <= 0) break
    if (segment.kind === 'data') reader.readData(segment.archiveOffset, length, bytes.subarray(at, at + length))
    if (segment.kind === 'pack') {
      const pack = await reader.loadPack(segment.pack)
      bytes.set(pack.subarray(segment.packOffset, segment.packOffset + length), at)
    }
    at += length
  }
  return bytes
}

/** UTF-8 without control characters but those of text files; a character cut off at the end is left out. */
function textOf(bytes: Uint8Array, truncated: boolean): string | undefined {
  let end = bytes.length
  if (truncated) {
    while (end > 0 && bytes.length - end < 3 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end--
    if ((bytes[end - 1] ?? 0) >= 0xc0) end--
    else end = bytes.length
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end))
    return /[\0-\x07\x0b\x0e-\x1a\x1c-\x1f\x7f]/.test(text) ? undefined : text
  } catch {
    return undefined
  }
}

const signatures: readonly [mediaType: string, at: number, signature: string][] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF8'],
  ['image/bmp', 0, 'BM'],
  ['image/webp', 8, 'WEBP'],
  ['image/avif', 4, 'ftypavif'],
]

/** What the bytes begin like, for the formats that the page can show. */
function imageType(bytes: Uint8Array): string | undefined {
  const head = bytesToByteString(bytes.subarray(0, 32))
  return signatures.find(([, at, signature]) => head.startsWith(signature, at))?.[0]
}
