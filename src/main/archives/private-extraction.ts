/** Entries cloned into a folder that only this app knows, for other programs to open. */

import { chmodSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { type ByteString, byteStringToBytes, displayName } from '../../shared/byte-string.ts'
import { type ErrorData, errorOf, ReftarError } from '../../shared/errors.ts'
import { said } from '../../shared/said.ts'
import { type ArchiveReader, extractArchive, type Ports } from '../engine/index.ts'

/** More is no drag: it would take longer than anybody holds a button. */
const MOST_DRAGGED = 1000

/**
 * Extracts entries with what they hold, under their whole paths; undefined is everything. Returns the absolute paths
 * of the entries. Throws the first problem: half of what was asked for is nothing.
 */
export async function extractPrivately(
  ports: Ports,
  reader: ArchiveReader,
  selected: readonly ByteString[] | undefined,
  directory: ByteString,
): Promise<readonly ByteString[]> {
  const paths = selected ?? reader.children('' as ByteString, undefined, MOST_DRAGGED + 1).map(({ path }) => path)
  if (paths.length > MOST_DRAGGED) {
    throw new ReftarError(
      'not-supported',
      said('More than {count} things can’t be dragged at once; extract them instead', { count: MOST_DRAGGED }),
    )
  }
  let first: ErrorData | undefined
  const options = {
    directory,
    selection: [],
    paths,
    exclude: [],
    stripComponents: 0,
    onConflict: 'fail',
    clone: 'auto',
    verifyContents: false,
    zeros: 'hole',
    sameOwner: false,
    numericOwner: false,
    samePermissions: false,
    jobs: availableParallelism(),
  } as const
  await extractArchive(ports, reader, options, {
    signal: new AbortController().signal,
    progress: () => {},
    problem: (problem) => {
      first ??= problem
    },
  })
  if (first !== undefined) throw errorOf(first)
  return paths.map((path) => `${directory}/${path}` as ByteString)
}

/**
 * One file, alone and read-only: what is changed in it would be lost, and it must not be run by the program that opens
 * it. `not-supported` for anything but a file.
 */
export async function extractForOpening(
  ports: Ports,
  reader: ArchiveReader,
  ordinal: number,
  directory: ByteString,
): Promise<ByteString> {
  const { kind, path } = reader.entryAt(ordinal)
  if (kind !== 'file' && kind !== 'hardlink') {
    throw new ReftarError('not-supported', 'Only files can be opened', { entry: displayName(path) })
  }
  const [extracted] = await extractPrivately(ports, reader, [path], directory)
  if (extracted === undefined) throw new ReftarError('internal', 'nothing was extracted', { entry: displayName(path) })
  chmodSync(Buffer.from(byteStringToBytes(extracted)), 0o400)
  return extracted
}
