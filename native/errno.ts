/**
 * What the kernel's error numbers mean to reftar. The only place where an errno becomes an ErrorCode: the Linux
 * implementation looks up numbers, the portable one the names that Node puts into its errors.
 *
 * Numbers: asm-generic/errno-base.h and asm-generic/errno.h, the same on x86-64 and arm64.
 */
import { type ErrorCode, type ErrorContext, errorTable, ReftarError } from '../src/shared/errors.ts'
import { said } from '../src/shared/said.ts'

const ERRNO_TABLE = [
  ['EPERM', 1, 'not-permitted'],
  ['ENOENT', 2, 'not-found'],
  ['EINTR', 4, 'try-again'],
  ['EIO', 5, 'io-error'],
  ['ENXIO', 6, 'system-error'],
  ['E2BIG', 7, 'invalid-argument'],
  ['EBADF', 9, 'invalid-argument'],
  ['EAGAIN', 11, 'try-again'],
  ['ENOMEM', 12, 'system-error'],
  ['EACCES', 13, 'permission-denied'],
  ['EBUSY', 16, 'busy'],
  ['EEXIST', 17, 'already-exists'],
  ['EXDEV', 18, 'cross-device'],
  ['ENODEV', 19, 'system-error'],
  ['ENOTDIR', 20, 'not-a-directory'],
  ['EISDIR', 21, 'is-a-directory'],
  ['EINVAL', 22, 'invalid-argument'],
  ['ENFILE', 23, 'too-many-open-files'],
  ['EMFILE', 24, 'too-many-open-files'],
  ['ENOTTY', 25, 'not-supported'],
  ['ETXTBSY', 26, 'busy'],
  ['EFBIG', 27, 'file-too-large'],
  ['ENOSPC', 28, 'no-space'],
  ['ESPIPE', 29, 'not-supported'],
  ['EROFS', 30, 'read-only'],
  ['EMLINK', 31, 'system-error'],
  ['EPIPE', 32, 'broken-pipe'],
  ['ERANGE', 34, 'invalid-argument'],
  ['ENAMETOOLONG', 36, 'name-too-long'],
  ['ENOSYS', 38, 'not-supported'],
  ['ENOTEMPTY', 39, 'directory-not-empty'],
  ['ELOOP', 40, 'symbolic-link'],
  ['EBADR', 53, 'not-supported'],
  ['ENODATA', 61, 'not-found'],
  ['EOVERFLOW', 75, 'file-too-large'],
  ['EILSEQ', 84, 'invalid-argument'],
  ['EOPNOTSUPP', 95, 'not-supported'],
  ['ENOTSUP', 95, 'not-supported'],
  ['ESTALE', 116, 'system-error'],
  ['EUCLEAN', 117, 'io-error'],
  ['EDQUOT', 122, 'quota-exceeded'],
] as const satisfies readonly (readonly [string, number, ErrorCode])[]

type ErrnoName = (typeof ERRNO_TABLE)[number][0]

const codeByName: ReadonlyMap<string, ErrorCode> = new Map(ERRNO_TABLE.map(([name, , code]) => [name, code]))
// ENOTSUP is another name of the same number; the first one wins.
const nameByNumber: ReadonlyMap<number, string> = new Map(
  ERRNO_TABLE.toReversed().map(([name, number]) => [number, name]),
)

/** Linux's errno numbers by name, for comparing against what a call left. */
export const errnoNumbers = Object.fromEntries(ERRNO_TABLE) as { readonly [Name in ErrnoName]: number }

/** The kernel's name of an errno number on Linux: 28 → `ENOSPC`; `errno 250` for one that isn't in the table. */
export function errnoName(number: number): string {
  return nameByNumber.get(number) ?? `errno ${number}`
}

/** What an errno means to reftar; `system-error` for one that isn't in the table. */
export function errnoCode(name: string): ErrorCode {
  return codeByName.get(name) ?? 'system-error'
}

/**
 * A refusal by the system as the error to throw. The message is the table's title, with the errno's name where the
 * title alone says nothing; the errno and the call are in the context. Callers that know a path add it.
 */
export function systemError(errno: string, operation: string, context: ErrorContext = {}): ReftarError {
  const code = errnoCode(errno)
  const { title } = errorTable[code]
  const what =
    code === 'system-error' || code === 'invalid-argument'
      ? said('{title} ({call}: {errno})', { title, call: { verbatim: operation }, errno: { verbatim: errno } })
      : title
  return new ReftarError(code, what, { ...context, errno, operation })
}
