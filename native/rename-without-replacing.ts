/**
 * Renaming so that an existing target survives, out of calls that every system has. Used where RENAME_NOREPLACE isn't:
 * some network and FUSE filesystems, and everything but Linux.
 */
import { ReftarError } from '../src/shared/errors.ts'

export interface RenameSteps {
  readonly sourceIsDirectory: () => boolean
  /** Gives the source the target's name as well; `already-exists` when it is taken. */
  readonly link: () => void
  readonly unlinkSource: () => void
  /** Make an empty folder or file at the target; `already-exists` when it is taken. */
  readonly makeDirectory: () => void
  readonly makeFile: () => void
  readonly removeDirectory: () => void
  readonly unlinkTarget: () => void
  /** Plain rename, replacing the target. */
  readonly rename: () => void
}

/** Takes the target's name exclusively with something of our own and renames over that. */
function renameOverPlaceholder(make: () => void, remove: () => void, rename: () => void): void {
  make()
  try {
    rename()
  } catch (error) {
    remove()
    throw error
  }
}

/**
 * A file gets its second name first (link fails when it is taken) and loses its old one then. Where there are no hard
 * links, and for folders, the name is taken by an empty placeholder that the rename replaces; rename(2) refuses to
 * replace a folder into which somebody has put something meanwhile.
 */
export function renameWithoutReplacing(steps: RenameSteps): void {
  if (steps.sourceIsDirectory()) {
    renameOverPlaceholder(steps.makeDirectory, steps.removeDirectory, steps.rename)
    return
  }
  try {
    steps.link()
  } catch (error) {
    const linksRefused =
      error instanceof ReftarError && ['not-permitted', 'not-supported', 'system-error'].includes(error.code)
    if (!linksRefused) throw error
    renameOverPlaceholder(steps.makeFile, steps.unlinkTarget, steps.rename)
    return
  }
  steps.unlinkSource()
}
