/** The regular files at and below paths: links not followed, nothing else opened. */
import { type ByteString, baseName, displayName, joinPath } from '../../../shared/byte-string.ts'
import { ReftarError, withContext } from '../../../shared/errors.ts'
import type { FileSystem, Handle, NodeKind } from '../ports.ts'

export interface FoundFile {
  readonly path: ByteString
  /** The folder that holds it, open until the next file is asked for. */
  readonly directory: Handle
  readonly name: ByteString
}

/** Handles of folders kept open on the way down; below that depth they are opened again from there. */
interface Level {
  readonly path: ByteString
  readonly handle: Handle
  readonly folders: ByteString[]
}

/** Walks depth first. What can't be read goes to `problem`, and the walk goes on. */
export function* walkFiles(
  files: FileSystem,
  paths: readonly ByteString[],
  problem: (error: ReftarError) => void,
): Generator<FoundFile> {
  for (const path of paths) {
    try {
      yield* walkInput(files, path, problem)
    } catch (error) {
      problem(withContext(error, { path: displayName(path) }))
    }
  }
}

/** An input that ends with a slash is what a link of its name points to, as everywhere. */
function* walkInput(files: FileSystem, input: ByteString, problem: (error: ReftarError) => void): Generator<FoundFile> {
  const path = trimSlashes(input)
  const name = baseName(path)
  const isSpecial = name === '' || name === '.' || name === '..' || input.endsWith('/')
  const parentOf = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '.'
  const parent = files.openDirectoryPath((isSpecial ? path : parentOf) as ByteString)
  try {
    const kind = isSpecial ? 'directory' : files.statusAt(parent, name)?.kind
    if (kind === undefined) throw new ReftarError('not-found', 'No such file or folder')
    if (kind === 'file') {
      yield { path, directory: parent, name }
      return
    }
    if (kind !== 'directory')
      throw new ReftarError('usage', 'neither a regular file nor a folder, and links aren’t followed')
    const folder = files.openDirectoryBelow(parent, (isSpecial ? '' : name) as ByteString)
    try {
      yield* walkFolder(files, path, folder, problem)
    } finally {
      files.close(folder)
    }
  } finally {
    files.close(parent)
  }
}

/** Each folder is opened from the top one, in steps that a path can have, so that depth costs no handles. */
function* walkFolder(
  files: FileSystem,
  path: ByteString,
  top: Handle,
  problem: (error: ReftarError) => void,
): Generator<FoundFile> {
  const waiting: ByteString[] = ['' as ByteString]
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    const at = joinDisplayed(path, below)
    let level: Level | undefined
    try {
      level = { path: at, handle: openInSteps(files, top, below), folders: [] }
      for (const item of files.readDirectory(level.handle)) {
        const kind = item.kind ?? kindOf(files, level.handle, item.name)
        if (kind === 'directory') level.folders.push(joinPath(below, item.name))
        else if (kind === 'file') yield { path: joinDisplayed(at, item.name), directory: level.handle, name: item.name }
      }
      waiting.push(...level.folders.sort().reverse())
    } catch (error) {
      problem(withContext(error, { path: displayName(at) }))
    } finally {
      if (level) files.close(level.handle)
    }
  }
}

const longestStepBytes = 3500

function openInSteps(files: FileSystem, top: Handle, path: ByteString): Handle {
  let current = top
  let rest: string = path
  try {
    while (rest.length > longestStepBytes) {
      const cut = rest.lastIndexOf('/', longestStepBytes)
      if (cut < 0) break
      const next = files.openDirectoryBelow(current, rest.slice(0, cut) as ByteString)
      if (current !== top) files.close(current)
      current = next
      rest = rest.slice(cut + 1)
    }
    return files.openDirectoryBelow(current, rest as ByteString)
  } finally {
    if (current !== top) files.close(current)
  }
}

function kindOf(files: FileSystem, directory: Handle, name: ByteString): NodeKind | undefined {
  return files.statusAt(directory, name)?.kind
}

function joinDisplayed(parent: ByteString, name: ByteString): ByteString {
  return (parent.endsWith('/') ? `${parent}${name}` : joinPath(parent, name)) as ByteString
}

function trimSlashes(path: ByteString): ByteString {
  const trimmed = path.replace(/\/+$/, '')
  return (trimmed === '' && path !== '' ? '/' : trimmed === '' ? '.' : trimmed) as ByteString
}
