/** What a hard link is another name of. */
import { ReftarError } from '../../../shared/errors.ts'
import type { Entry } from '../entry.ts'
import type { ArchiveReader } from '../reader.ts'

/** Hard links may name hard links; a longer chain than any writer makes is a trap. */
const longestLinkChain = 40

/** The entry with the contents: itself unless it is a hard link. `damaged` where the links lead to none. */
export function linkTarget(reader: ArchiveReader, entry: Entry): Entry {
  let target = entry
  for (let step = 0; target.kind === 'hardlink'; step++) {
    const ordinal = target.hardLinkOrdinal
    if (ordinal === undefined || ordinal === target.ordinal || step === longestLinkChain) {
      throw new ReftarError('damaged', 'the hard link leads to no entry with contents')
    }
    target = reader.entryAt(ordinal)
  }
  if (target.kind === 'directory') throw new ReftarError('damaged', 'it is a hard link to a folder')
  return target
}
