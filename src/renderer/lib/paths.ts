/** Paths as people read them. */
import { type ByteString, displayName } from '../../shared/byte-string.ts'

/** A path on disk for display, with `~` for the user's home folder. */
export function shortenHome(path: ByteString, home: ByteString): string {
  if (path === home) return '~'
  const isBelow = home !== '' && path.startsWith(`${home}/`)
  return isBelow ? `~${displayName(path.slice(home.length) as ByteString)}` : displayName(path)
}
