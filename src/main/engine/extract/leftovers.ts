/** What extractions that were killed left in the target: found by their locks, which nobody holds any more. */
import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import type { JobContext } from '../../../shared/progress.ts'
import { said } from '../../../shared/said.ts'
import { claimLeftover, namesIn, removeTemporaries } from '../claim.ts'
import { closeQuietly, readUpTo } from '../exact-io.ts'
import type { Handle, Ports } from '../ports.ts'
import { isArchiveSuffix, parseStagedName } from '../staging.ts'
import { removeTree } from './remove-tree.ts'

/** Far more folders than anybody stages in; a longer list isn't one of ours. */
const longestListBytes = 64 << 20

/** Removes what dead extractions into the folder `root` had staged there and below. Nothing of this is a reason to fail. */
export function removeExtractionLeftovers(ports: Ports, root: Handle, notice: JobContext['notice']): void {
  const names = namesIn(ports, root)
  removeTemporaries(ports, root, names, notice)
  for (const name of names) {
    const parsed = parseStagedName(name)
    if (parsed === undefined || parsed.suffix !== undefined) continue
    try {
      if (removeRun(ports, root, name, parsed.run)) {
        notice?.('removed new files and folders that an interrupted extraction into this target had not completed')
      }
    } catch {
      notice?.(
        said('what {name} and the like are left of couldn’t be removed', { name: { verbatim: displayName(name) } }),
      )
    }
  }
}

/** False when the run is alive, or somebody else's. */
function removeRun(ports: Ports, root: Handle, lockName: ByteString, run: string): boolean {
  const { files } = ports
  const lock = claimLeftover(ports, root, lockName)
  if (lock === undefined) return false
  try {
    removeIn(ports, root, run)
    for (const path of listedFolders(ports, lock)) {
      const folder = openIfThere(ports, root, path)
      if (folder === undefined) continue
      try {
        removeIn(ports, folder, run)
      } finally {
        closeQuietly(files, folder)
      }
    }
    // Last: as long as it is there, what couldn't be removed is found again.
    files.unlink(root, lockName)
    return true
  } finally {
    closeQuietly(files, lock)
  }
}

function removeIn({ files }: Ports, folder: Handle, run: string): void {
  for (const { name } of files.readDirectory(folder)) {
    const parsed = parseStagedName(name)
    if (parsed?.run !== run || parsed.suffix === undefined || isArchiveSuffix(parsed.suffix)) continue
    if (files.statusAt(folder, name)?.kind === 'directory') removeTree(files, folder, name)
    else files.unlink(folder, name)
  }
}

/** Paths below the target. One that was cut off by the end of its writer is left out: nothing was staged there yet. */
function listedFolders({ files }: Ports, lock: Handle): ByteString[] {
  const { sizeBytes } = files.status(lock)
  if (sizeBytes > longestListBytes) return []
  const bytes = Buffer.alloc(sizeBytes)
  const count = readUpTo(files, lock, bytes, 0, sizeBytes, 0)
  return bytes.toString('latin1', 0, count).split('\0').slice(0, -1) as ByteString[]
}

/** Never through a link, and never out of the target, whatever the list says. */
function openIfThere({ files }: Ports, root: Handle, path: ByteString): Handle | undefined {
  try {
    return files.openDirectoryBelow(root, path)
  } catch {
    return undefined
  }
}
