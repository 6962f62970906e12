/** What format 1 can't hold: counted, so that nothing is dropped silently. */
import type { ByteString } from '../../../shared/byte-string.ts'
import { byteStringToText } from '../../../shared/byte-string.ts'
import type { FormatLosses } from '../../../shared/jobs.ts'
import type { Entry } from '../entry.ts'

/** What the first reftar gives everything it extracts. */
const EXTRACTED_FILE_MODE = 0o644
const EXTRACTED_FOLDER_MODE = 0o755

export class LossCounter {
  modes = 0
  attributes = 0
  flags = 0
  hardLinks = 0
  times = 0
  fractions = 0
  names = 0
  specialFiles = 0
  symlinks = 0

  /** Counts what an entry that is stored loses. */
  add(entry: Entry): void {
    const usualMode = entry.kind === 'directory' ? EXTRACTED_FOLDER_MODE : EXTRACTED_FILE_MODE
    if (entry.kind !== 'symlink' && entry.mode !== undefined && entry.mode !== usualMode) this.modes++
    if (entry.attributes.length > 0) this.attributes++
    if (entry.inodeFlags !== 0) this.flags++
    if (entry.kind === 'hardlink') this.hardLinks++
    if (entry.modifyTime.seconds < 0) this.times++
    if (entry.modifyTime.nanoseconds !== 0) this.fractions++
    if (!isText(entry.path)) this.names++
  }

  report(): FormatLosses {
    const { modes, attributes, flags, hardLinks, times, fractions, names, specialFiles, symlinks } = this
    return { modes, attributes, flags, hardLinks, times, fractions, names, specialFiles, symlinks }
  }
}

function isText(path: ByteString): boolean {
  for (let i = 0; i < path.length; i++) if (path.charCodeAt(i) >= 0x80) return byteStringToText(path) !== undefined
  return true
}
