/** Text and images of an entry for a look at it, read from the archive without extracting anything. */
import type { Preview } from '../../shared/ipc/archives.ts'
import { PREVIEW_START_BYTES, previewOf } from '../../shared/preview/preview-of.ts'
import { type ArchiveReader, readEntryStart } from '../engine/index.ts'

/** Throws `damaged` when the bytes don't match their checksums. */
export async function previewEntry(reader: ArchiveReader, ordinal: number): Promise<Preview> {
  const named = reader.entryAt(ordinal)
  const entry = named.hardLinkOrdinal === undefined ? named : reader.entryAt(named.hardLinkOrdinal)
  if (entry.kind !== 'file') return { kind: 'none', reason: 'not-a-file' }
  const preview = previewOf(await readEntryStart(reader, entry, PREVIEW_START_BYTES), entry.sizeBytes)
  if (preview.kind !== 'image') return preview
  return { ...preview, bytes: await readEntryStart(reader, entry, entry.sizeBytes) }
}
