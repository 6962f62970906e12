/** Telling what a dead run left behind from what a living one is using: the living hold locks. */
import { type ByteString, displayName } from '../../shared/byte-string.ts'
import { ReftarError } from '../../shared/errors.ts'
import type { JobContext } from '../../shared/progress.ts'
import { said } from '../../shared/said.ts'
import { closeQuietly } from './exact-io.ts'
import type { Handle, Ports } from './ports.ts'
import { isTemporaryName } from './staging.ts'

type ClaimPorts = Pick<Ports, 'files' | 'accounts'>

/**
 * Opens and locks a staged file that nobody uses any more; undefined when somebody does, when it isn't a file of the
 * same user, or when that can't be told. Whoever closes the handle gives the claim up.
 */
export function claimLeftover({ files, accounts }: ClaimPorts, folder: Handle, name: ByteString): Handle | undefined {
  const found = files.statusAt(folder, name)
  // Asked before it is opened: opening a device may do something.
  if (found?.kind !== 'file' || found.uid !== accounts.effectiveUserId) return undefined
  const handle = openIfThere({ files }, folder, name)
  if (handle === undefined) return undefined
  try {
    if (files.tryLock(handle) === 'locked' && isStillNamed({ files }, folder, name, handle)) return handle
  } catch (error) {
    closeQuietly(files, handle)
    throw error
  }
  closeQuietly(files, handle)
  return undefined
}

/** Its run may have given it its final name just now. */
function openIfThere({ files }: Pick<Ports, 'files'>, folder: Handle, name: ByteString): Handle | undefined {
  try {
    return files.openFile(folder, name)
  } catch (error) {
    if (error instanceof ReftarError && error.code === 'not-found') return undefined
    throw error
  }
}

/** Whether a name still stands for an open file. Whoever finds a leftover locks it before removing it, so ask when locked. */
export function isStillNamed(
  { files }: Pick<Ports, 'files'>,
  folder: Handle,
  name: ByteString,
  handle: Handle,
): boolean {
  const named = files.statusAt(folder, name)
  const open = files.status(handle)
  return named !== undefined && named.inode === open.inode && named.device === open.device
}

/** What is in a folder; nothing when it is writable and not readable. */
export function namesIn({ files }: Pick<Ports, 'files'>, folder: Handle): ByteString[] {
  try {
    return files.readDirectory(folder).map(({ name }) => name)
  } catch {
    return []
  }
}

/**
 * Removes those of `names` whose makers were killed before they could take the name away. They need no lock: a living
 * maker doesn't miss the name. Nothing of this is a reason to fail.
 */
export function removeTemporaries(
  { files, accounts }: ClaimPorts,
  folder: Handle,
  names: readonly ByteString[],
  notice: JobContext['notice'],
): void {
  for (const name of names) {
    if (!isTemporaryName(name)) continue
    try {
      const found = files.statusAt(folder, name)
      if (found?.kind !== 'file' || found.uid !== accounts.effectiveUserId) continue
      files.unlink(folder, name)
      notice?.(said('removed {name}, which an interrupted run had left', { name: { verbatim: displayName(name) } }))
    } catch {
      // Still in use, where open files can't be removed.
    }
  }
}
