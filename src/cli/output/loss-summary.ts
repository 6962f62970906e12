/** What format 1 can't hold, as sentences. */
import { countOf } from '../../shared/format-size.ts'
import type { FormatLosses } from '../../shared/jobs.ts'

/** One sentence for what entries lose and one for those left out; none when nothing is lost. */
export function lossLines(losses: FormatLosses | undefined): string[] {
  if (losses === undefined) return []
  const lost = [
    lossOf(
      losses.modes,
      'has another mode than the first reftar restores',
      'have other modes than the first reftar restores',
    ),
    lossOf(losses.attributes, 'has extended attributes', 'have extended attributes'),
    lossOf(losses.flags, 'has chattr flags', 'have chattr flags'),
    lossOf(
      losses.hardLinks,
      'is a hard link, stored as a file of its own',
      'are hard links, stored as files of their own',
    ),
    lossOf(losses.fractions, 'has a time with a fraction of a second', 'have times with fractions of a second'),
    lossOf(losses.times, 'is older than 1970, stored as 1970', 'are older than 1970, stored as 1970'),
    lossOf(losses.names, 'has a name that isn’t UTF-8', 'have names that aren’t UTF-8'),
  ].filter((part) => part !== undefined)
  const leftOut = [
    losses.specialFiles > 0 ? countOf(losses.specialFiles, 'device or FIFO', 'devices and FIFOs') : undefined,
    losses.symlinks > 0 ? `${countOf(losses.symlinks, 'symbolic link')} to outside` : undefined,
  ].filter((part) => part !== undefined)
  return [
    ...(lost.length === 0 ? [] : [`Format 1 can’t hold all: ${lost.join('; ')}.`]),
    ...(leftOut.length === 0 ? [] : [`Left out, since format 1 can’t hold them: ${leftOut.join(', ')}.`]),
  ]
}

function lossOf(count: number, one: string, many: string): string | undefined {
  return count === 0 ? undefined : `${countOf(count, 'entry', 'entries')} ${count === 1 ? one : many}`
}
