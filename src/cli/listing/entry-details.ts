/** What the long form has no column for. */
import { type Entry, flagLetters } from '../../main/engine/index.ts'
import { displayName } from '../../shared/byte-string.ts'
import { countOf } from '../../shared/format-size.ts'
import { formatExactTime } from '../../shared/format-time.ts'

/** Lines below an entry: times to the nanosecond in UTC, chattr flags, attributes with their sizes. */
export function detailLines(entry: Entry): string[] {
  const times = [
    `modified ${formatExactTime(entry.modifyTime)}`,
    entry.accessTime === undefined ? '' : `accessed ${formatExactTime(entry.accessTime)}`,
    entry.birthTime === undefined ? '' : `created ${formatExactTime(entry.birthTime)}`,
  ]
  const flags = flagLetters(entry.inodeFlags)
  return [
    ...times.filter(Boolean),
    ...(flags === '' ? [] : [`flags +${flags}`]),
    ...entry.attributes.map(
      ({ name, value }) => `attribute ${displayName(name)}, ${countOf(value.byteLength, 'byte')}`,
    ),
  ].map((line) => `    ${line}`)
}
