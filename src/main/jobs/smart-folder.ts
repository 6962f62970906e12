/** Many things extracted into a full folder mix with what is there: then they get a folder of their own. */
import { mkdirSync, rmdirSync } from 'node:fs'
import { type ByteString, baseName, byteStringToBytes, displayName, joinPath } from '../../shared/byte-string.ts'
import { ReftarError } from '../../shared/errors.ts'
import type { ExtractOptions } from '../../shared/jobs.ts'
import type { ArchiveReader } from '../engine/index.ts'

/** Whether more than one thing would land in the target folder itself. */
function landsMany(reader: ArchiveReader, { paths, stripComponents }: ExtractOptions): boolean {
  if (paths === undefined) return reader.children('' as ByteString, undefined, 2).length > 1
  const landing = new Set<string>()
  for (const path of paths) {
    landing.add(path.split('/')[stripComponents] ?? '')
    if (landing.size > 1) return true
  }
  return false
}

/**
 * Makes a folder named after the archive in the target, with a number when the name is taken. Undefined when none is
 * needed. Errors of the system carry the path.
 */
export function makeSmartFolder(
  reader: ArchiveReader,
  archivePath: ByteString,
  options: ExtractOptions,
): ByteString | undefined {
  if (!landsMany(reader, options)) return undefined
  const name = baseName(archivePath).replace(/(?<=.)\.reftar$/i, '')
  for (let number = 1; ; number++) {
    const path = joinPath(options.directory, `${name}${number === 1 ? '' : `-${number}`}` as ByteString)
    if (makeFolder(path)) return path
  }
}

function makeFolder(path: ByteString): boolean {
  try {
    mkdirSync(Buffer.from(byteStringToBytes(path)))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw new ReftarError(
      'permission-denied',
      'The folder can’t be made here',
      { path: displayName(path) },
      { cause: error },
    )
  }
}

/** Takes the folder away again when nothing came into it. */
export function removeIfEmpty(path: ByteString): void {
  try {
    rmdirSync(Buffer.from(byteStringToBytes(path)))
  } catch {
    // Something was extracted: it stays.
  }
}
