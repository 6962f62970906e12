/** Patterns over stored paths, the same for leaving out and for selecting. */
import picomatch from 'picomatch'
import { type ByteString, byteStringToText } from '../../shared/byte-string.ts'
import { ReftarError } from '../../shared/errors.ts'
import { said } from '../../shared/said.ts'

/** Whether a stored path matches. */
export type PathMatcher = (path: ByteString) => boolean

/**
 * A matcher for glob patterns (`*`, `?`, `[…]`, `{…}`, `**`). A pattern without `/` matches the last component
 * anywhere; one with `/`, also at its beginning, matches the whole path. Names that aren't UTF-8 are matched byte by byte.
 * Throws `usage` for a pattern with nothing in it.
 */
export function matchAny(patterns: readonly string[]): PathMatcher {
  if (patterns.length === 0) return () => false
  // “s”: a line end is a character like others.
  const options = { dot: true, nonegate: true, flags: 's' }
  const matchers = patterns.map((pattern) => {
    const trimmed = pattern.replace(/^\.?\/+|\/+$/g, '')
    if (trimmed === '')
      throw new ReftarError('usage', said('“{pattern}” is no pattern', { pattern: { verbatim: pattern } }))
    const isMatch = picomatch(trimmed, options)
    return { isMatch, wholePath: trimmed.includes('/') || pattern.startsWith('/') }
  })
  return (path) => {
    const text = byteStringToText(path) ?? path
    const name = text.slice(text.lastIndexOf('/') + 1)
    return matchers.some(({ isMatch, wholePath }) => isMatch(wholePath ? text : name))
  }
}
