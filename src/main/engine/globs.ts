/** Patterns over stored paths, the same for leaving out and for selecting. */
import picomatch from 'picomatch'
import { type ByteString, byteStringToText } from '../../shared/byte-string.ts'

/** Whether a stored path matches. */
export type PathMatcher = (path: ByteString) => boolean

/**
 * A matcher for glob patterns (`*`, `?`, `[…]`, `{…}`, `**`). A pattern without `/` matches the last component
 * anywhere; one with `/` matches the whole path. Names that aren't UTF-8 are matched byte by byte.
 */
export function matchAny(patterns: readonly string[]): PathMatcher {
  if (patterns.length === 0) return () => false
  const options = { dot: true, nonegate: true, nobrace: false }
  const matchers = patterns.map((pattern) => {
    const trimmed = pattern.replace(/^\.?\/+|\/+$/g, '')
    const isMatch = picomatch(trimmed, options)
    return { isMatch, wholePath: trimmed.includes('/') }
  })
  return (path) => {
    const text = byteStringToText(path) ?? path
    const name = text.slice(text.lastIndexOf('/') + 1)
    return matchers.some(({ isMatch, wholePath }) => isMatch(wholePath ? text : name))
  }
}
