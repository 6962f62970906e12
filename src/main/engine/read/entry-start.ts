/** The beginning of a file in an archive, for looking at it without extracting it. */
import { FilePieces, readBytes, requireCovered } from '../convert/segment-bytes.ts'
import type { Entry } from '../entry.ts'
import { linkTarget } from '../extract/link-target.ts'
import type { ArchiveReader } from '../reader.ts'

/**
 * The first bytes of a file, at most `maxBytes`, or of the file that a hard link is another name of; none for what is
 * no file. Holes are zeros; what is read is checked as far as the archive has hashes. `damaged` where it is.
 */
export async function readEntryStart(reader: ArchiveReader, entry: Entry, maxBytes: number): Promise<Uint8Array> {
  const file = entry.kind === 'hardlink' ? linkTarget(reader, entry) : entry
  if (file.kind !== 'file') return new Uint8Array(0)
  requireCovered(file)
  const bytes = new Uint8Array(Math.min(maxBytes, file.sizeBytes))
  await readBytes(reader, new FilePieces(file.segments), 0, bytes)
  return bytes
}
