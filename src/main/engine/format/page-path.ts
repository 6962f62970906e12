/** The rules for paths in an archive (docs/format.md, "Paths"). Checked by whoever writes a page and whoever reads one. */
import type { ByteString } from '../../../shared/byte-string.ts'
import { type Said, said } from '../../../shared/said.ts'
import { COMPONENT_LIMIT_BYTES, PATH_LIMIT_BYTES } from './layout.ts'

const SLASH = 0x2f
const DOT = 0x2e

/**
 * Why a path may not be in an archive, or undefined when it may. `sharedBytes` leading bytes are known to begin a path
 * that was found good, and only what follows is looked at.
 */
export function pathFault(path: ByteString, sharedBytes = 0): Said | undefined {
  if (path.length === 0) return 'it is empty'
  if (path.length > PATH_LIMIT_BYTES) return said('it is longer than {limit} bytes', { limit: PATH_LIMIT_BYTES })
  let start = sharedBytes === 0 ? 0 : path.lastIndexOf('/', sharedBytes - 1) + 1
  for (let i = sharedBytes; i <= path.length; i++) {
    const unit = i === path.length ? SLASH : path.charCodeAt(i)
    if (unit === 0) return 'it holds a zero byte'
    if (unit !== SLASH) continue
    const fault = componentFault(path, start, i)
    if (fault !== undefined) return fault
    start = i + 1
  }
  return undefined
}

function componentFault(path: ByteString, start: number, end: number): Said | undefined {
  const length = end - start
  if (length === 0) return 'a component of it is empty'
  if (length > COMPONENT_LIMIT_BYTES)
    return said('a component of it is longer than {limit} bytes', { limit: COMPONENT_LIMIT_BYTES })
  if (length > 2 || path.charCodeAt(start) !== DOT) return undefined
  if (length === 1) return 'a component of it is “.”'
  return path.charCodeAt(start + 1) === DOT ? 'a component of it is “..”' : undefined
}

/** How many leading bytes two paths have in common. */
export function sharedPrefixBytes(a: ByteString, b: ByteString): number {
  const limit = Math.min(a.length, b.length)
  let shared = 0
  while (shared < limit && a.charCodeAt(shared) === b.charCodeAt(shared)) shared++
  return shared
}

/** Whether `next` comes after `previous` in walk order, when exactly `sharedBytes` leading bytes are the same. */
export function followsInOrder(previous: ByteString, next: ByteString, sharedBytes: number): boolean {
  if (sharedBytes === next.length) return false
  if (sharedBytes === previous.length) return true
  const before = previous.charCodeAt(sharedBytes)
  const after = next.charCodeAt(sharedBytes)
  return (after === SLASH ? 0 : after) > (before === SLASH ? 0 : before)
}
