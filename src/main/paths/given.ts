/** A look at what the user gave: what it is, and how large. */
import { open, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { rawArguments } from '../../../native/arguments.ts'
import { type ByteString, textToByteString } from '../../shared/byte-string.ts'
import type { GivenPath } from '../../shared/ipc/settings.ts'
import { DETECTION_BYTES, detectVersion } from '../engine/index.ts'
import { below, fsPath } from './absolute.ts'

/** A disk answers several at once faster than one after the other; hundreds at once take all threads of the pool. */
const LOOKS_AT_ONCE = 16

/** What each path is, links followed. Never fails: what can't be looked at is `missing` or `other`. */
export async function lookAtAll(paths: readonly ByteString[]): Promise<readonly GivenPath[]> {
  const given: GivenPath[] = []
  for (let at = 0; at < paths.length; at += LOOKS_AT_ONCE) {
    given.push(...(await Promise.all(paths.slice(at, at + LOOKS_AT_ONCE).map(lookAt))))
  }
  return given
}

async function lookAt(path: ByteString): Promise<GivenPath> {
  try {
    const status = await stat(fsPath(path))
    if (status.isDirectory()) return { path, kind: 'folder', sizeBytes: 0 }
    if (!status.isFile()) return { path, kind: 'other', sizeBytes: 0 }
    return { path, kind: (await isArchive(path)) ? 'archive' : 'file', sizeBytes: status.size }
  } catch {
    return { path, kind: 'missing', sizeBytes: 0 }
  }
}

/** Whether a regular file begins like an archive of any version. One that can't be read is no archive. */
async function isArchive(path: ByteString): Promise<boolean> {
  try {
    const file = await open(fsPath(path))
    try {
      const head = new Uint8Array(DETECTION_BYTES)
      const { bytesRead } = await file.read(head, 0, DETECTION_BYTES, 0)
      return detectVersion(head.subarray(0, bytesRead)) !== undefined
    } finally {
      await file.close()
    }
  } catch {
    return false
  }
}

/**
 * The paths that a command line names, absolute. `argv` is the process's own; where the app isn't packaged, the first
 * argument that is no switch is the app's folder.
 */
export function pathsOfCommandLine(argv: readonly string[], isPackaged: boolean): ByteString[] {
  const folder = textToByteString(process.cwd())
  const names = rawArguments(argv.slice(1)).filter((argument) => !argument.startsWith('-'))
  return names.slice(isPackaged ? 0 : 1).map((name) => {
    // Nothing but separators and dots changes, which are bytes like characters.
    return name.startsWith('/') ? normal(name) : normal(below(folder, name))
  })
}

function normal(path: ByteString): ByteString {
  return resolve('/', path) as ByteString
}
