/** From the two names that a header has to one path (docs/format-1.md, "Paths"). */
import { type ByteString, joinPath } from '../../../../shared/byte-string.ts'

/**
 * Folder and name joined. Leading `.` components, which stand for the archive's root, are dropped; everything else stays
 * as it is, so that extraction can refuse what is unsafe by its real name. Empty for the root itself.
 */
export function storedPath(folder: ByteString, name: ByteString): ByteString {
  const path = joinPath(folder, name)
  if (path.charCodeAt(0) !== 0x2e) return path
  return path.replace(/^(?:\.\/)+/, '').replace(/^\.$/, '') as ByteString
}
