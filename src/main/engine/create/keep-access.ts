/** Who may read and write an archive stays as it was when a new one takes its place. */
import type { ByteString } from '../../../shared/byte-string.ts'
import { ReftarError } from '../../../shared/errors.ts'
import { accessAcl, removeAcls } from '../acls.ts'
import type { ExtendedAttribute, FileSystem, Handle, NodeStatus } from '../ports.ts'

const PERMISSIONS = 0o777

/**
 * Gives a new file owner, group, ACL and permissions of the file called `name`, which it is to replace. What the system
 * doesn't allow is left, without an error, in a way that lets nobody read or write what they couldn't before.
 */
export function keepAccess(
  files: FileSystem,
  handle: Handle,
  folder: Handle,
  name: ByteString,
  replaced: NodeStatus,
): void {
  const { uid, gid } = files.status(handle)
  const isGroupKept =
    allowed(() => files.setOwner(handle, replaced.uid, replaced.gid)) ||
    allowed(() => files.setOwner(handle, uid, replaced.gid)) ||
    gid === replaced.gid
  removeAcls(files, handle)
  const isAclKept = allowed(() => {
    const acl = files
      .readAttributesAt(folder, name)
      .find((attribute: ExtendedAttribute) => attribute.name === accessAcl)
    if (acl !== undefined) files.writeAttribute(handle, acl)
  })
  const mode = replaced.mode & PERMISSIONS
  // With an ACL the bits of the group are what all of its entries have at most.
  allowed(() => files.setMode(handle, isGroupKept && isAclKept ? mode : withoutGroup(mode)))
}

/** The group may do what everybody may. */
function withoutGroup(mode: number): number {
  return (mode & 0o707) | (mode & ((mode & 0o007) << 3))
}

function allowed(act: () => void): boolean {
  try {
    act()
    return true
  } catch (error) {
    if (!(error instanceof ReftarError)) throw error
    return false
  }
}
