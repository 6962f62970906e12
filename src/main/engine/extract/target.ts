/** The target folder, as long as it is there. */
import { ReftarError } from '../../../shared/errors.ts'
import type { FileSystem, Handle } from '../ports.ts'

/** Throws when the open folder has been deleted: what is made in it then fails, or is lost, and no entry is to blame. */
export function requireTarget(files: Pick<FileSystem, 'status'>, root: Handle): void {
  if (files.status(root).linkCount > 0) return
  throw new ReftarError('target-removed', 'the target folder was removed')
}
