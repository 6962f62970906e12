/** Compares what is known about a node apart from its bytes: mode, owner, times, attributes, flags. */

import { type ByteString, displayName } from '../../../shared/byte-string.ts'
import { formatExactTime } from '../../../shared/format-time.ts'
import type { Timestamp } from '../../../shared/timestamp.ts'
import { isAclStorage } from '../acls.ts'
import type { Entry } from '../entry.ts'
import { flagLetters, wishedFlags } from '../inode-flags.ts'
import type { ExtendedAttribute, NodeStatus } from '../ports.ts'
import type { Comparison } from './comparison.ts'

/** What implied folders of format 1 have for an owner: nothing is known about them. */
const unknownId = 0xffff_ffff

/** What statx says of the name. */
export function compareStatus(c: Comparison, entry: Entry, path: ByteString, status: NodeStatus): void {
  if (entry.kind !== 'symlink' && entry.mode !== undefined && entry.mode !== status.mode) {
    c.differs(path, 'mode', `mode is ${octal(status.mode)} here, ${octal(entry.mode)} in the archive`)
  }
  const isImplied = entry.owner.uid === unknownId
  if (isImplied) return
  const { uid, gid } = c.owners.idsOf(entry.owner)
  if (uid !== status.uid || gid !== status.gid) {
    c.differs(path, 'owner', `owner is ${status.uid}:${status.gid} here, ${uid}:${gid} in the archive`)
  }
  compareTime(c, path, 'modification time', entry.modifyTime, status.modifyTime)
  if (c.options.accessTimes && entry.accessTime !== undefined) {
    compareTime(c, path, 'access time', entry.accessTime, status.accessTime)
  }
  if (entry.deviceMajor !== 0 || entry.deviceMinor !== 0 || entry.kind.endsWith('-device')) {
    if (entry.deviceMajor === status.deviceMajor && entry.deviceMinor === status.deviceMinor) return
    const here = `${status.deviceMajor},${status.deviceMinor}`
    c.differs(path, 'device', `device is ${here} here, ${entry.deviceMajor},${entry.deviceMinor} in the archive`)
  }
}

/** Format 1 has whole seconds only. */
function compareTime(c: Comparison, path: ByteString, what: string, stored: Timestamp, here: Timestamp): void {
  const precise = c.reader.info.format !== 1
  if (stored.seconds === here.seconds && (!precise || stored.nanoseconds === here.nanoseconds)) return
  c.differs(path, 'times', `${what} is ${formatExactTime(here)} here, ${formatExactTime(stored)} in the archive`)
}

/** Extended attributes, ACLs and capabilities among them. Format 1 holds none. */
export function compareAttributes(
  c: Comparison,
  entry: Entry,
  path: ByteString,
  here: readonly ExtendedAttribute[],
): void {
  if (c.reader.info.format === 1) return
  const unmatched = new Map(
    here.filter((one) => !isAclStorage(one)).map((attribute) => [attribute.name, attribute.value]),
  )
  let unseen = false
  for (const attribute of entry.attributes) {
    if (isAclStorage(attribute)) continue
    const { name, value } = attribute
    const found = unmatched.get(name)
    unmatched.delete(name)
    if (found === undefined) {
      // The kernel shows them to nobody else.
      if (name.startsWith('trusted.') && c.ports.accounts.effectiveUserId !== 0) unseen = true
      else c.differs(path, 'attributes', `attribute ${displayName(name)} is missing here`)
    } else if (Buffer.compare(found, value) !== 0) {
      c.differs(path, 'attributes', `attribute ${displayName(name)} has another value here`)
    }
  }
  for (const name of unmatched.keys()) {
    c.differs(path, 'attributes', `attribute ${displayName(name)} isn’t in the archive`)
  }
  if (unseen) c.unseenAttributes++
}

/** The chattr flags that people set; not those by which a filesystem describes its layout. */
export function compareFlags(c: Comparison, entry: Entry, path: ByteString, flags: number): void {
  if (c.reader.info.format === 1) return
  const here = flags & wishedFlags
  const stored = entry.inodeFlags & wishedFlags
  if (here === stored) return
  const words = (some: number) => (some === 0 ? 'none' : `+${flagLetters(some)}`)
  c.differs(path, 'flags', `flags (chattr) are ${words(here)} here, ${words(stored)} in the archive`)
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0')
}
