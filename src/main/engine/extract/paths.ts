/** Which paths an archive may ask for. The kernel's refusal to leave the target is the defence; this is for good messages. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { type ErrorContext, ReftarError } from '../../../shared/errors.ts'
import { type Said, said } from '../../../shared/said.ts'

/** NAME_MAX and PATH_MAX (with its terminating NUL) of linux/limits.h. */
const longestNameBytes = 255
const longestPathBytes = 4095

const suspectPattern = /^\/|(?:^|\/)\.{0,2}(?:\/|$)|\0/

/**
 * The path to make of an entry's, without its first `stripCount` components; undefined when nothing is left. Throws
 * `unsafe-path` or `name-too-long`, naming the entry, for what must not or can't be made.
 */
export function pathToMake(entryPath: ByteString, stripCount: number): ByteString | undefined {
  const context = { entry: displayName(entryPath) }
  if (suspectPattern.test(entryPath)) throw new ReftarError('unsafe-path', describeSuspect(entryPath), context)
  const path = stripComponents(entryPath, stripCount)
  if (path !== undefined && path.length > longestNameBytes) checkLength(path, context)
  return path
}

function checkLength(path: ByteString, context: ErrorContext): void {
  if (path.length > longestPathBytes) {
    const message = said('its path is {length} bytes long; {limit} is the most that can be opened', {
      length: path.length,
      limit: longestPathBytes,
    })
    throw new ReftarError('name-too-long', message, context)
  }
  for (const component of path.split('/')) {
    if (component.length <= longestNameBytes) continue
    const message = said('a name in its path is {length} bytes long; {limit} is the most', {
      length: component.length,
      limit: longestNameBytes,
    })
    throw new ReftarError('name-too-long', message, context)
  }
}

function describeSuspect(path: ByteString): Said {
  if (path === '') return 'its path is empty'
  if (path.includes('\0')) return 'its path has a zero byte in it'
  if (path.startsWith('/')) return 'its path is absolute'
  const components = path.split('/')
  if (components.includes('..')) return 'its path has “..” in it'
  if (components.includes('.')) return 'its path has “.” in it'
  return 'its path has an empty name in it'
}

/** The path without its first `count` components; undefined when nothing is left. */
export function stripComponents(path: ByteString, count: number): ByteString | undefined {
  let start = 0
  for (let i = 0; i < count; i++) {
    const slash = path.indexOf('/', start)
    if (slash < 0) return undefined
    start = slash + 1
  }
  return start === 0 ? path : (path.slice(start) as ByteString)
}

/** Whether `path` is `folder` or lies below it; '' is the root. */
export function isWithin(path: ByteString, folder: ByteString): boolean {
  if (folder === '') return true
  if (!path.startsWith(folder)) return false
  return path.length === folder.length || path.charCodeAt(folder.length) === 0x2f
}

/** Numbers tried for "name (1)"; a folder with more is somebody's mistake. */
export const mostNumberedNames = 10_000

/** "name (1).ext", "name (2).ext" … as file managers name a second file. */
export function numberedName(name: ByteString, number: number): ByteString {
  const dot = name.lastIndexOf('.')
  const stemLength = dot <= 0 ? name.length : dot
  const suffix = ` (${number})${name.slice(stemLength)}`
  const room = Math.max(1, longestNameBytes - suffix.length)
  return `${name.slice(0, Math.min(stemLength, room))}${suffix}`.slice(0, longestNameBytes) as ByteString
}
