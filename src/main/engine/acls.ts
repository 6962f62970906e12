/** ACLs (acl(5)): those of a file, and those that folders hand on, wanted from a new file, not from one that is restored. */
import { type ByteString, textToByteString } from '../../shared/byte-string.ts'
import { ReftarError } from '../../shared/errors.ts'
import type { ExtendedAttribute, FileSystem, Handle } from './ports.ts'

/** The ACL of a file or folder itself. */
export const accessAcl = textToByteString('system.posix_acl_access')
const defaultAcl = textToByteString('system.posix_acl_default')
/** Where XFS keeps the ACLs itself: root sees them twice, and here byte by byte as the kernel of that machine stores them. */
const ownStorage: ReadonlySet<ByteString> = new Set(
  ['trusted.SGI_ACL_FILE', 'trusted.SGI_ACL_DEFAULT'].map(textToByteString),
)
/** A header without entries (linux/posix_acl_xattr.h, version 2): the kernel removes the ACL. */
const noEntries = Uint8Array.of(2, 0, 0, 0)

/** Whether what is made in this folder gets an ACL, or another mode than asked for. */
export function handsOnAcl(attributes: readonly ExtendedAttribute[]): boolean {
  return attributes.some(({ name }) => name === defaultAcl)
}

/** Whether an attribute is a filesystem's own storage of ACLs, which are attributes of their own: never stored, restored or compared. */
export function isAclStorage({ name }: ExtendedAttribute): boolean {
  return ownStorage.has(name)
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
