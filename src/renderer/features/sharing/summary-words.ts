/** What a look found, in sentences. Pure. */
import type { NeverSharing, SharingState } from '../../../shared/ipc/sharing.ts'
import type { SharingTotals } from '../../../shared/sharing/sharing-map.ts'
import { isLowerBound } from '../../../shared/sharing/sharing-report.ts'
import type { Words } from '../../lib/words.ts'

/** Whether more may be on disk, or shared, than the totals say. */
export function isAtLeast({ totals, complete, problemCount }: SharingState): boolean {
  return !complete || isLowerBound({ uncheckedBytes: totals?.uncheckedBytes ?? 0, problems: problemCount })
}

interface PartsOnDisk {
  readonly onlyHere: number
  readonly shared: number
  readonly sharedWithOthers: number
}

/** What is on disk by who has it, as it is shown: what is seen adds up. */
export function partsOnDisk(
  { onDiskBytes, onlyHereBytes, sharedBytes, sharedWithOthersBytes }: SharingTotals,
  format: Words['format'],
): PartsOnDisk {
  const [onlyHere, shared, sharedWithOthers] = format.parts(onDiskBytes, [
    onlyHereBytes,
    sharedBytes,
    sharedWithOthersBytes,
  ])
  return { onlyHere: onlyHere ?? 0, shared: shared ?? 0, sharedWithOthers: sharedWithOthers ?? 0 }
}

/** How much there is, and who has it: each block counted once. */
export function mainSentence(sharing: SharingState, { text, format }: Words): string {
  const { totals, roles, complete, problemCount } = sharing
  if (totals === undefined) return ''
  const { files, logicalBytes, onDiskBytes } = totals
  const shown = partsOnDisk(totals, format)
  const parts = [
    text('sharing.partOnlyHere', { size: format.size(shown.onlyHere) }),
    text('sharing.partShared', { size: format.size(shown.shared) }),
    ...(totals.sharedWithOthersBytes > 0
      ? [text('sharing.partOthers', { size: format.size(shown.sharedWithOthers) })]
      : []),
  ]
  const archives = roles.find(({ role }) => role === 'archive')?.files ?? 0
  const counted =
    archives === 0 ? text('units.files', { count: files }) : text('units.filesAndArchive', { count: files - archives })
  // A folder that can't be read, or hasn't been yet, may hold more.
  const isAll = complete && problemCount === 0
  return text(isAtLeast(sharing) ? 'sharing.sentenceAtLeast' : 'sharing.sentence', {
    files: isAll ? counted : text('sharing.atLeast', { what: counted }),
    size: format.size(logicalBytes),
    onDisk: format.size(onDiskBytes),
    parts: parts.join(', '),
  })
}

/** What the files would take without sharing, and what else there is to know about how they lie. */
export function furtherFigures(sharing: SharingState, { text, format }: Words): string[] {
  const { totals } = sharing
  if (totals === undefined) return []
  const { savedBytes, mappedBytes, holeBytes, sparseFiles, compressedFiles, encodedBytes, fragmentedFiles } = totals
  const { checkedFiles, fragments, unwrittenBytes, inlineBytes } = totals
  return [
    ...(savedBytes > 0
      ? [
          text(isAtLeast(sharing) ? 'sharing.savedAtLeast' : 'sharing.saved', {
            size: format.size(savedBytes),
            mapped: format.size(mappedBytes),
          }),
        ]
      : []),
    ...(holeBytes > 0 ? [text('sharing.sparse', { count: sparseFiles, size: format.size(holeBytes) })] : []),
    ...(compressedFiles > 0
      ? [text('sharing.compressed', { count: compressedFiles, size: format.size(encodedBytes) })]
      : []),
    ...(inlineBytes > 0 ? [text('sharing.inline', { size: format.size(inlineBytes) })] : []),
    ...(unwrittenBytes > 0 ? [text('sharing.unwritten', { size: format.size(unwrittenBytes) })] : []),
    ...(fragmentedFiles > 0
      ? [
          text(checkedFiles === totals.files ? 'sharing.fragmented' : 'sharing.fragmentedChecked', {
            count: format.count(fragmentedFiles),
            all: format.count(checkedFiles),
            pieces: format.count(fragments),
          }),
        ]
      : []),
    ...freedAll(sharing, { text, format }),
  ]
}

/** What deleting everything would free: what is certain, and as far as it is known what it can be at most. */
function freedAll(sharing: SharingState, { text, format }: Pick<Words, 'text' | 'format'>): string[] {
  if (sharing.freed === undefined) return []
  const { ownBytes, certainBytes, othersBytes } = sharing.freed
  const certain = format.size(certainBytes)
  if (isAtLeast(sharing)) return certainBytes === 0 ? [] : [text('sharing.freedAllAtLeast', { certain })]
  const mostBytes = ownBytes + othersBytes
  if (mostBytes === certainBytes) return [text('sharing.freedAll', { certain })]
  return [text('sharing.freedAllBetween', { certain, most: format.size(mostBytes) })]
}

/** What can't share, said before anybody asks why: how much, and the largest files by name. */
export function neverSharingWords(
  { type, files, onDiskBytes, largest }: NeverSharing,
  shortPath: (path: string) => string,
  { text, format }: Words,
): { readonly title: string; readonly lines: readonly string[] } {
  const named = largest.map(({ path, onDiskBytes }) =>
    text('sharing.fileWithSize', { file: shortPath(path), size: format.size(onDiskBytes) }),
  )
  const restFiles = files - largest.length
  const restBytes = largest.reduce((rest, file) => rest - file.onDiskBytes, onDiskBytes)
  const rest = text('sharing.moreWithSize', { count: restFiles, size: format.size(restBytes) })
  return {
    title: text('sharing.neverShares', { filesystem: type, count: files, size: format.size(onDiskBytes) }),
    lines: [[...named, ...(restFiles > 0 ? [rest] : [])].join(', ')],
  }
}

/** The same with sizes that no line ends in the middle of. */
export function unbroken(sentence: string): string {
  return sentence.replace(/(\d) (?=[kMGTPE]?i?B\b)/g, '$1\u00a0')
}
