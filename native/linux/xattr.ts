/**
 * Extended attributes (xattr(7)). The kernel has no *at variants before 6.13, so a name in a held folder is reached as
 * /proc/self/fd/N/name with the l*-calls, which follow no link at its end.
 */
import type { ExtendedAttribute, Handle } from '../../src/main/engine/ports.ts'
import type { ByteString } from '../../src/shared/byte-string.ts'
import { errnoName, errnoNumbers, systemError } from '../errno.ts'
import { checkComponent } from '../names.ts'
import { allocateNames, bind, check, lastErrno, type NameBuffer, pathBytes, secondPathBytes } from './libc.ts'

// listxattr(2), getxattr(2), setxattr(2)
const flistxattrCall = bind<(descriptor: number, list: Buffer, size: number) => number>(
  'ssize_t flistxattr(int fd, void *list, size_t size)',
)
const llistxattrCall = bind<(path: Buffer, list: Buffer, size: number) => number>(
  'ssize_t llistxattr(const void *path, void *list, size_t size)',
)
const fgetxattrCall = bind<(descriptor: number, name: Buffer, value: Buffer, size: number) => number>(
  'ssize_t fgetxattr(int fd, const void *name, void *value, size_t size)',
)
const lgetxattrCall = bind<(path: Buffer, name: Buffer, value: Buffer, size: number) => number>(
  'ssize_t lgetxattr(const void *path, const void *name, void *value, size_t size)',
)
const fsetxattrCall = bind<
  (descriptor: number, name: Buffer, value: Uint8Array, size: number, flags: number) => number
>('int fsetxattr(int fd, const void *name, const void *value, size_t size, int flags)')
const lsetxattrCall = bind<(path: Buffer, name: Buffer, value: Uint8Array, size: number, flags: number) => number>(
  'int lsetxattr(const void *path, const void *name, const void *value, size_t size, int flags)',
)

// linux/limits.h: XATTR_LIST_MAX and XATTR_SIZE_MAX. With room for the most there can be, no size can change between
// asking for it and using it.
const listBuffer = allocateNames(65_536)
const valueBuffer = Buffer.allocUnsafeSlow(65_536)

/** The names in a list as listxattr fills it: each ends with a NUL. */
export function decodeNames(list: NameBuffer, length: number): ByteString[] {
  if (length === 0) return []
  return list.latin1Slice(0, length).split('\0').filter(Boolean) as ByteString[]
}

/** Reads what a list names. An attribute that was removed since (ENODATA) is left out. */
function readAll(listLength: number, operation: string, get: (name: Buffer) => number): ExtendedAttribute[] {
  if (listLength === 0) return []
  if (listLength < 0) {
    const errno = lastErrno()
    if (errno === errnoNumbers.EOPNOTSUPP || errno === errnoNumbers.ENOSYS) return []
    throw systemError(errnoName(errno), operation)
  }
  const attributes: ExtendedAttribute[] = []
  for (const name of decodeNames(listBuffer, listLength)) {
    const length = get(secondPathBytes(name))
    if (length >= 0) attributes.push({ name, value: new Uint8Array(valueBuffer.subarray(0, length)) })
    else if (lastErrno() !== errnoNumbers.ENODATA) throw systemError(errnoName(lastErrno()), 'getxattr')
  }
  return attributes
}

/** All attributes of an open file or folder; none where the filesystem has none. */
export function readAttributes(handle: Handle): ExtendedAttribute[] {
  // Most files have none. Asked with no room the kernel only counts; with room for the most it first allocates that.
  if (flistxattrCall(handle, listBuffer, 0) === 0) return []
  const length = flistxattrCall(handle, listBuffer, listBuffer.length)
  return readAll(length, 'flistxattr', (name) => fgetxattrCall(handle, name, valueBuffer, valueBuffer.length))
}

function pathThroughProc(directory: Handle, name: ByteString): Buffer {
  checkComponent(name)
  return pathBytes(`/proc/self/fd/${directory}/${name}` as ByteString)
}

/** All attributes of the name itself, links not followed. */
export function readAttributesAt(directory: Handle, name: ByteString): ExtendedAttribute[] {
  const path = pathThroughProc(directory, name)
  const length = llistxattrCall(path, listBuffer, listBuffer.length)
  return readAll(length, 'llistxattr', (attribute) => lgetxattrCall(path, attribute, valueBuffer, valueBuffer.length))
}

/** Sets an attribute of an open file or folder, replacing one of that name. */
export function writeAttribute(handle: Handle, { name, value }: ExtendedAttribute): void {
  check(fsetxattrCall(handle, secondPathBytes(name), value, value.byteLength, 0), 'fsetxattr')
}

/** As writeAttribute, of the name itself. */
export function writeAttributeAt(directory: Handle, name: ByteString, attribute: ExtendedAttribute): void {
  const path = pathThroughProc(directory, name)
  const { value } = attribute
  check(lsetxattrCall(path, secondPathBytes(attribute.name), value, value.byteLength, 0), 'lsetxattr')
}
