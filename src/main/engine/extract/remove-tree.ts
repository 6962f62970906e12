/** Removes a staged folder with all it holds, however deep, with few handles open. */
import type { ByteString } from '../../../shared/byte-string.ts'
import { closeQuietly } from '../exact-io.ts'
import type { FileSystem, Handle } from '../ports.ts'
import { codeOf } from './faults.ts'

/**
 * Removes the folder `name`. A folder in it that isn't empty is first moved up to the top, so that depth costs
 * neither handles nor stack.
 */
export function removeTree(files: FileSystem, parent: Handle, name: ByteString): void {
  const top = openForRemoval(files, parent, name)
  try {
    const waiting = { next: 0 }
    for (;;) {
      const items = files.readDirectory(top)
      if (items.length === 0) break
      for (const item of items) {
        if (removeSimple(files, top, item.name)) continue
        emptyInto(files, top, item.name, waiting)
        files.removeDirectory(top, item.name)
      }
    }
  } finally {
    closeQuietly(files, top)
  }
  files.removeDirectory(parent, name)
}

function openForRemoval(files: FileSystem, parent: Handle, name: ByteString): Handle {
  const handle = files.openDirectoryBelow(parent, name)
  files.setMode(handle, 0o700)
  return handle
}

/** True when it is gone; false for a folder that holds something. */
function removeSimple(files: FileSystem, directory: Handle, name: ByteString): boolean {
  try {
    files.unlink(directory, name)
    return true
  } catch (error) {
    const code = codeOf(error)
    if (code !== 'is-a-directory' && code !== 'not-permitted') throw error
  }
  try {
    files.removeDirectory(directory, name)
    return true
  } catch (error) {
    const code = codeOf(error)
    if (code !== 'directory-not-empty' && code !== 'already-exists') throw error
    return false
  }
}

function emptyInto(files: FileSystem, top: Handle, name: ByteString, waiting: { next: number }): void {
  const folder = openForRemoval(files, top, name)
  try {
    for (const item of files.readDirectory(folder)) {
      if (removeSimple(files, folder, item.name)) continue
      // A folder without rights can't be moved, as its ".." changes.
      closeQuietly(files, openForRemoval(files, folder, item.name))
      moveUp(files, folder, item.name, top, waiting)
    }
  } finally {
    closeQuietly(files, folder)
  }
}

function moveUp(files: FileSystem, folder: Handle, name: ByteString, top: Handle, waiting: { next: number }): void {
  for (;;) {
    const free = `.removing-${waiting.next++}` as ByteString
    try {
      files.rename(folder, name, top, free, 'fail-if-exists')
      return
    } catch (error) {
      if (codeOf(error) !== 'already-exists') throw error
    }
  }
}
