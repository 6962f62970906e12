/** Stored paths as the paths that the user gave: an input is stored under its last name alone, which says little in a log. */
import { type ByteString, displayName } from '../../shared/byte-string.ts'

/**
 * From a stored path, as displayName shows it, to what the user called it: for the input `test_data/a`, `a/b` is
 * `test_data/a/b`. What is stored at the root (of `.`), or under the path as given, stays.
 */
export function asGiven(inputs: readonly ByteString[], keepPaths: boolean): (path: string) => string {
  const given = new Map<string, string>()
  for (const input of keepPaths ? [] : inputs) {
    const shown = displayName(input.replace(/(?:\/+\.?)+$/, '') as ByteString)
    given.set(shown.slice(shown.lastIndexOf('/') + 1), shown)
  }
  return (path) => {
    const slash = path.indexOf('/')
    const first = slash < 0 ? path : path.slice(0, slash)
    return `${given.get(first) ?? first}${slash < 0 ? '' : path.slice(slash)}`
  }
}
