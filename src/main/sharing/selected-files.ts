/** Which files of a look are the entries of the archive that are selected in the window. */
import type { ByteString } from '../../shared/byte-string.ts'
import type { SharingExtraction, SharingSelection, SharingSubject } from '../../shared/ipc/sharing.ts'
import { fileRoles, type SharingMap } from '../../shared/sharing/sharing-map.ts'
import { filesBelow } from './file-list.ts'

const archiveRole = fileRoles.indexOf('archive')

/** Whether a file is one of the entries or below one. On disk the archive itself always is: it holds them all. */
export function selectedFiles(
  subject: SharingSubject,
  map: SharingMap,
  entries: readonly ByteString[],
): (file: number) => boolean {
  if (subject.kind === 'contents') return filesBelow(map, entries)
  const isBelow = filesBelow(
    map,
    entries.flatMap((entry) => placesOf(subject, entry)),
  )
  return (file) => map.files.roles[file] === archiveRole || isBelow(file)
}

/** The one file that is selected, where it is one before, in the archive and after. */
export function onlySelected(
  { kind }: SharingSubject,
  { files }: SharingMap,
  isSelected: (file: number) => boolean,
): SharingSelection['only'] {
  const firsts = new Map<number, number>()
  for (let file = 0; file < files.names.length; file++) {
    const role = files.roles[file] ?? 0
    if (!isSelected(file) || (kind === 'disk' && role === archiveRole)) continue
    if (firsts.has(role)) return undefined
    firsts.set(role, file)
  }
  const [file] = firsts.values()
  return file === undefined ? undefined : { file, sizeBytes: files.sizeBytes[file] ?? 0 }
}

/** Where an entry was made from, and where it was extracted to. */
function placesOf(
  { roots, extraction }: Extract<SharingSubject, { kind: 'disk' }>,
  entry: ByteString,
): readonly ByteString[] {
  const sources = roots.flatMap(({ path, role }) =>
    role === 'source' ? [`${path.slice(0, path.lastIndexOf('/') + 1)}${entry}` as ByteString] : [],
  )
  const extracted = extraction === undefined ? undefined : extractedPlace(extraction, entry)
  return extracted === undefined ? sources : [...sources, extracted]
}

function extractedPlace({ directory, prefix }: SharingExtraction, entry: ByteString): ByteString | undefined {
  if (prefix === entry || prefix.startsWith(`${entry}/`)) return directory
  const start = prefix === '' ? '' : `${prefix}/`
  if (!entry.startsWith(start)) return undefined
  return `${directory.replace(/\/+$/, '')}/${entry.slice(start.length)}` as ByteString
}
