/** Unfinished archives of runs that were killed: removed when the same archive is made anew, else mentioned. */
import type { ByteString } from '../../../shared/byte-string.ts'
import { displayName } from '../../../shared/byte-string.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { said } from '../../../shared/said.ts'
import { claimLeftover, namesIn, removeTemporaries } from '../claim.ts'
import { closeQuietly } from '../exact-io.ts'
import type { Handle, NodeStatus, Ports } from '../ports.ts'
import { archiveSuffix, isArchiveSuffix, parseStagedName } from '../staging.ts'
import { isSame } from './archive-place.ts'

/**
 * Removes what interrupted runs left of the archive `name` in a folder, but never `spared`. What was to get another
 * name stays, because all of it up to its last checkpoint can be read. Nothing of this is a reason to fail.
 */
export function removeArchiveLeftovers(
  ports: Ports,
  folder: Handle,
  name: ByteString,
  spared: readonly NodeStatus[],
  notice: JobContext['notice'],
): void {
  const wanted = archiveSuffix(name)
  const others: ByteString[] = []
  const names = namesIn(ports, folder)
  removeTemporaries(ports, folder, names, notice)
  for (const item of names) {
    if (!isArchiveSuffix(parseStagedName(item)?.suffix)) continue
    try {
      const isWanted = parseStagedName(item)?.suffix === wanted
      const isDead = settle(ports, folder, item, isWanted, spared)
      if (isDead && isWanted)
        notice?.(
          said('removed {name}, which an interrupted run had left of this archive', {
            name: { verbatim: displayName(item) },
          }),
        )
      else if (isDead) others.push(item)
    } catch {
      notice?.(
        said('{name} is left of an interrupted run and couldn’t be removed', { name: { verbatim: displayName(item) } }),
      )
    }
  }
  const [first] = others
  if (first === undefined) return
  const shown = { verbatim: displayName(first) }
  notice?.(
    others.length === 1
      ? said('{name} in this folder: an unfinished archive of an interrupted run, readable and removable', {
          name: shown,
        })
      : said('{name} and {more} more in this folder: unfinished archives of interrupted runs, readable and removable', {
          name: shown,
          more: others.length - 1,
        }),
  )
}

/** Whether nobody uses it any more; it is removed then if that is wanted. */
function settle(
  ports: Ports,
  folder: Handle,
  name: ByteString,
  removes: boolean,
  spared: readonly NodeStatus[],
): boolean {
  const { files } = ports
  const handle = claimLeftover(ports, folder, name)
  if (handle === undefined) return false
  try {
    const status = files.status(handle)
    if (spared.some((one) => isSame(one, status))) return false
    if (removes) files.unlink(folder, name)
    return true
  } finally {
    closeQuietly(files, handle)
  }
}
