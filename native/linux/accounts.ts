/** Names of users and groups: getpwnam(3), getgrnam(3). Through the C library, so that directory services count too. */
import type { Accounts } from '../../src/main/engine/ports.ts'
import type { ByteString } from '../../src/shared/byte-string.ts'
import { errnoNumbers } from '../errno.ts'
import { addressOf, allocateNames, bind, pathBytes, viewOf } from './libc.ts'

/*
 * pwd.h: struct passwd { char *pw_name; char *pw_passwd; uid_t pw_uid; gid_t pw_gid; char *pw_gecos; … };
 * grp.h: struct group { char *gr_name; char *gr_passwd; gid_t gr_gid; char **gr_mem; };
 * The number lies at the same offset in both. The texts lie in the buffer that the caller hands in.
 */
const ENTRY_SIZE = 64
const ENTRY_NAME = 0
const ENTRY_ID = 16

type FindById = (id: number, entry: Buffer, texts: Buffer, size: number, result: Buffer) => number
type FindByName = (name: Buffer, entry: Buffer, texts: Buffer, size: number, result: Buffer) => number
const REST = 'void *entry, void *texts, size_t size, void *result'
const getpwuidCall = bind<FindById>(`int getpwuid_r(unsigned int uid, ${REST})`)
const getgrgidCall = bind<FindById>(`int getgrgid_r(unsigned int gid, ${REST})`)
const getpwnamCall = bind<FindByName>(`int getpwnam_r(const void *name, ${REST})`)
const getgrnamCall = bind<FindByName>(`int getgrnam_r(const void *name, ${REST})`)
const geteuidCall = bind<() => number>('unsigned int geteuid()')

const entry = Buffer.alloc(ENTRY_SIZE)
const entryView = viewOf(entry)
const result = Buffer.alloc(8)
// A group with thousands of members may need more; it grows on ERANGE.
let texts = allocateNames(16_384)
const LARGEST_TEXTS = 16 * 1024 * 1024

/** Makes a lookup with a large enough buffer; whether it found something. Errors count as not found: names are a courtesy. */
function found(lookup: () => number): boolean {
  for (;;) {
    const errno = lookup()
    if (errno === 0) return result.readBigUInt64LE(0) !== 0n
    if (errno === errnoNumbers.ERANGE && texts.length < LARGEST_TEXTS) texts = allocateNames(texts.length * 4)
    else if (errno !== errnoNumbers.EINTR) return false
  }
}

function entryName(): ByteString | undefined {
  const start = Number(entryView.getBigUint64(ENTRY_NAME, true) - addressOf(texts))
  if (start < 0 || start >= texts.length) return undefined
  return texts.latin1Slice(start, texts.indexOf(0, start)) as ByteString
}

/** One lookup an id or name: the answer, also "none", is kept. */
function cached<Key, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    if (!known.has(key)) known.set(key, find(key))
    return known.get(key) as Value
  }
}

function nameById(call: FindById): (id: number) => ByteString | undefined {
  return cached((id) => (found(() => call(id, entry, texts, texts.length, result)) ? entryName() : undefined))
}

function idByName(call: FindByName): (name: ByteString) => number | undefined {
  return cached((name) => {
    const bytes = pathBytes(name)
    return found(() => call(bytes, entry, texts, texts.length, result))
      ? entryView.getUint32(ENTRY_ID, true)
      : undefined
  })
}

/** Users and groups of this system. Answers are remembered as long as the object lives. */
export function createAccounts(): Accounts {
  return {
    userName: nameById(getpwuidCall),
    groupName: nameById(getgrgidCall),
    userId: idByName(getpwnamCall),
    groupId: idByName(getgrnamCall),
    effectiveUserId: geteuidCall(),
  }
}
