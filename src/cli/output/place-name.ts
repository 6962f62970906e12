/** What an archive is called in messages. */
import { displayName } from '../../shared/byte-string.ts'
import type { ArchivePlace } from '../command.ts'

/** The path as the user gave it, or the stream. */
export function placeName(place: ArchivePlace): string {
  return place.kind === 'stream' ? 'standard input' : displayName(place.path)
}
