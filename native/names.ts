/** Names checked before any call sees them, so that both implementations refuse the same ones in the same words. */
import { randomBytes } from 'node:crypto'
import { type ByteString, displayName } from '../src/shared/byte-string.ts'
import { ReftarError } from '../src/shared/errors.ts'

/** Refuses a NUL, at which the kernel would silently end the name: `invalid-argument`. */
export function checkNoNul(name: ByteString): void {
  if (name.includes('\0'))
    throw new ReftarError('invalid-argument', 'A name can’t contain a NUL byte', { path: displayName(name) })
}

/** Accepts one path component. Throws `unsafe-path` for ``, `.`, `..` and anything with a `/`, `invalid-argument` for NUL. */
export function checkComponent(name: ByteString): void {
  if (name.includes('/') || name === '' || name === '.' || name === '..')
    throw new ReftarError('unsafe-path', 'Not the name of something in a folder', { path: displayName(name) })
  checkNoNul(name)
}

/**
 * The components of a relative path that stays below its folder; none for an empty path. Throws `unsafe-path` for an
 * absolute path and for a component that is empty, `.` or `..`; `invalid-argument` for NUL.
 */
export function splitBelow(path: ByteString): ByteString[] {
  if (path === '') return []
  const components = path.split('/') as ByteString[]
  for (const component of components) {
    if (component === '' || component === '.' || component === '..')
      throw new ReftarError('unsafe-path', 'The path would leave its folder', { path: displayName(path) })
  }
  checkNoNul(path)
  return components
}

/**
 * What a file that is to have no name is called until its name is taken away, where it can't be made without one. The
 * engine knows such names (staging.ts), and removes what a killed process left.
 */
export function temporaryName(): ByteString {
  return `.reftar-${randomBytes(12).toString('hex')}.tmp` as ByteString
}
