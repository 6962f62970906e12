/** ACLs that folders hand on to what is made in them (acl(5)): wanted from a new file, not from one that is restored. */
import { textToByteString } from '../../shared/byte-string.ts'
import { ReftarError } from '../../shared/errors.ts'
import type { ExtendedAttribute, FileSystem, Handle } from './ports.ts'

/** The ACL of a file or folder itself. */
export const accessAcl = textToByteString('system.posix_acl_access')
const defaultAcl = textToByteString('system.posix_acl_default')
/** A header without entries (linux/posix_acl_xattr.h, version 2): the kernel removes the ACL. */
const noEntries = Uint8Array.of(2, 0, 0, 0)

/** Whether what is made in this folder gets an ACL, or another mode than asked for. */
export function handsOnAcl(attributes: readonly ExtendedAttribute[]): boolean {
  return attributes.some(({ name }) => name === defaultAcl)
}

/** Removes what a new file or folder has got from the folder it is in. Where that isn't possible nothing changes. */
export function removeAcls(files: FileSystem, handle: Handle): void {
  for (const name of [accessAcl, defaultAcl]) {
    try {
      files.writeAttribute(handle, { name, value: noEntries })
    } catch (error) {
      // Files have no default ACL; some filesystems have none at all.
      if (!(error instanceof ReftarError)) throw error
    }
  }
}
