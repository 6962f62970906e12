/** A folder of its own for an archive's contents, when they are more than one thing: nothing is strewn over the target. */
import { type ByteString, baseName, displayName } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import type { ExtractOptions } from '../../../shared/jobs.ts'
import { said } from '../../../shared/said.ts'
import type { Entry } from '../entry.ts'
import type { FileSystem, Handle } from '../ports.ts'
import type { ArchiveReader } from '../reader.ts'
import { codeOf } from './faults.ts'
import { mostNumberedNames, numberedName, stripComponents } from './paths.ts'
import { selectEntries } from './selection.ts'

/** The name of the folder for an archive: its own without `.reftar`. */
export function folderNameFor(archivePath: ByteString): ByteString {
  const name = baseName(archivePath)
  const stem = name.replace(/\.reftar$/i, '') as ByteString
  return stem === '' ? name : stem
}

/** The name that an entry, or what it lies in, gets directly in the target; undefined when nothing of it is extracted. */
export function topNameOf({ path }: Entry, { stripComponents: count }: ExtractOptions): ByteString | undefined {
  const stripped = stripComponents(path, count)
  if (stripped === undefined) return undefined
  const slash = stripped.indexOf('/')
  return slash < 0 ? stripped : (stripped.slice(0, slash) as ByteString)
}

/** The folder wanted by `options`, if more than one thing lands in the target. Looks no further than the second. */
export function wantedFolder(reader: ArchiveReader, options: ExtractOptions): ByteString | undefined {
  if (options.folderForSeveral === undefined) return undefined
  const { selection, exclude, paths, stripComponents: count } = options
  const selected = selectEntries(reader, selection, exclude, paths)
  if (selected.everything && count === 0) {
    return reader.children('' as ByteString, undefined, 2).length > 1 ? options.folderForSeveral : undefined
  }
  let first: ByteString | undefined
  for (const entry of selected.entries()) {
    const name = topNameOf(entry, options)
    if (name === undefined || name === first) continue
    if (first !== undefined) return options.folderForSeveral
    first = name
  }
  return undefined
}

/** `name`, or the first numbered one that nothing in the target has. */
export function freeName(files: FileSystem, target: Handle, name: ByteString): ByteString {
  for (const candidate of candidates(name)) {
    if (files.statusAt(target, candidate) === undefined) return candidate
  }
  throw noFreeName(name)
}

/** Makes the folder; returns the name that it got. */
export function makeFolder(files: FileSystem, target: Handle, name: ByteString, mode: number): ByteString {
  for (const candidate of candidates(name)) {
    try {
      files.makeDirectory(target, candidate, mode)
      return candidate
    } catch (error) {
      if (codeOf(error) !== 'already-exists') throw error
    }
  }
  throw noFreeName(name)
}

function* candidates(name: ByteString): Generator<ByteString> {
  yield name
  for (let number = 1; number <= mostNumberedNames; number++) yield numberedName(name, number)
}

function noFreeName(name: ByteString): ReftarError {
  return new ReftarError(
    'already-exists',
    said('no free name up to “{name} ({number})”', {
      name: { verbatim: displayName(name) },
      number: mostNumberedNames,
    }),
  )
}
