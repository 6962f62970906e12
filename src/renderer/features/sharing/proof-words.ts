/** What an extraction came to, in sentences and figures: as it ended, and as the filesystem tells now. Pure. */
import type { SharingState } from '../../../shared/ipc/sharing.ts'
import type { ExtractSummary, SharingCheck } from '../../../shared/jobs.ts'
import type { FileVerdict } from '../../../shared/sharing/verdict.ts'
import type { Words } from '../../lib/words.ts'
import { copiedRows } from '../plan/byte-rows.ts'
import { copiedParts, copiedTotal } from '../plan/plan-parts.ts'

/** The verdict in total, for a notice. */
export function proofVerdict({ proof, copied, logicalBytes, holeBytes }: ExtractSummary, { text, format }: Words) {
  const { withArchiveBytes, amongFilesBytes, uncheckedBytes, disprovedBytes } = proof
  const cloned = withArchiveBytes + amongFilesBytes
  const copiedBytes = copiedParts(copied)
    .filter(({ reason }) => reason !== 'packed')
    .reduce((sum, { bytes }) => sum + bytes, 0)
  const figures = {
    size: format.size(cloned),
    archive: format.size(withArchiveBytes),
    files: format.size(amongFilesBytes),
    copied: format.size(copiedBytes),
  }
  const added = [
    text('proof.added', { size: format.size(copiedTotal(copied) + disprovedBytes) }),
    ...(holeBytes > 0
      ? [text('proof.holesOf', { size: format.size(logicalBytes), holes: format.size(holeBytes) })]
      : []),
  ].join(' ')
  const unchecked = text('proof.unchecked', { size: format.size(uncheckedBytes) })
  const lines = uncheckedBytes > 0 ? [added, unchecked] : [added]
  if (disprovedBytes > 0) {
    return { kind: 'warning', title: text('proof.disproved', { size: format.size(disprovedBytes) }), lines } as const
  }
  if (copiedBytes > 0) {
    const title = text(cloned + uncheckedBytes === 0 ? 'proof.nothingCloned' : 'proof.mixed', figures)
    return { kind: 'warning', title, lines: [...lines, text('proof.copiesAreWhole')] } as const
  }
  if (cloned + uncheckedBytes === 0) {
    return { kind: 'info', title: text(logicalBytes === 0 ? 'proof.empty' : 'proof.noneToClone'), lines } as const
  }
  if (cloned === 0) return { kind: 'info', title: unchecked, lines: [added] } as const
  const whose = amongFilesBytes === 0 ? 'archive' : withArchiveBytes === 0 ? 'files' : 'both'
  return { kind: 'info', title: text(`proof.clean.${whose}`, figures), lines } as const
}

interface ProofRow {
  readonly what: string
  readonly thenBytes: number
  /** Undefined until it was looked at, and for what can't be told apart any more. */
  readonly nowBytes: number | undefined
  /** Of the row above. */
  readonly isPart?: true
}

/** The same kinds then and now, as far as they occur; why bytes aren't the archive's blocks is known of then. */
export function proofRows({ proof, copied, holeBytes }: ExtractSummary, check: SharingCheck | undefined, words: Words) {
  const { text } = words
  const parts = copiedParts(copied)
  const packed = parts.filter(({ kind }) => kind === 'packed')
  const copies = parts.filter(({ kind }) => kind === 'copied')
  const sum = (counted: typeof parts): number => counted.reduce((total, { bytes }) => total + bytes, 0)
  const onlyThen = (what: string, thenBytes: number): ProofRow => ({ what, thenBytes, nowBytes: undefined })
  const part = (what: string, thenBytes: number): ProofRow => ({ ...onlyThen(what, thenBytes), isPart: true })
  const rows: readonly ProofRow[] = [
    { what: text('verdict.cloned'), thenBytes: proof.withArchiveBytes, nowBytes: check?.withArchiveBytes },
    {
      what: text('proof.elsewhere'),
      thenBytes: proof.amongFilesBytes + proof.disprovedBytes + sum(copies),
      nowBytes: check?.notSharedBytes,
    },
    part(text('verdict.shared'), proof.amongFilesBytes),
    part(text('verdict.not-shared'), proof.disprovedBytes),
    ...copiedRows(copies, words, 'extract').map(({ bytes, note }) =>
      part(text('proof.copied', { reason: note }), bytes),
    ),
    { what: text('verdict.packed'), thenBytes: sum(packed), nowBytes: check?.packedBytes },
    { what: text('verdict.unchecked'), thenBytes: proof.uncheckedBytes, nowBytes: check?.uncheckedBytes },
    onlyThen(text('proof.holes'), holeBytes),
  ]
  return rows.filter(({ thenBytes, nowBytes }) => thenBytes + (nowBytes ?? 0) > 0)
}

/** How sharing has gone on since, and what of the disk it is. */
export function sinceThen({ proof }: ExtractSummary, sharing: SharingState, { text, format }: Words): string {
  const { check } = sharing
  if (check === undefined) return ''
  const lost = proof.withArchiveBytes - check.withArchiveBytes
  const onDiskBytes = bytesOnDisk(sharing)
  const sentences = [
    lost > 0 ? text('proof.lost', { size: format.size(lost) }) : text('proof.kept'),
    ...(check.missing > 0 ? [text('proof.missing', { count: check.missing })] : []),
    ...(onDiskBytes !== undefined && onDiskBytes < check.withArchiveBytes
      ? [text('proof.onDisk', { size: format.size(check.withArchiveBytes), onDisk: format.size(onDiskBytes) })]
      : []),
  ]
  return sentences.join(' ')
}

/** The archive's blocks that extracted files have, each counted once; undefined where that can't be told. */
function bytesOnDisk({ roles }: SharingState): number | undefined {
  // Only the archive and what was extracted are looked at, so what deleting the one leaves is what the other has, too.
  const freed = roles.find(({ role }) => role === 'extracted')?.freed
  const isKnown = freed !== undefined && freed.uncheckedBytes === 0 && freed.filesWithOtherNames === 0
  return isKnown ? freed.keptBytes : undefined
}

/** What became of a file, each part with its bytes. What is empty is known of the extraction, and later only of the archive. */
export function fileVerdict(verdict: FileVerdict, time: 'then' | 'now', { text, format }: Words): string {
  const { withArchiveBytes, withFilesBytes, copiedBytes, copyReason, uncheckedBytes, notSharedBytes } = verdict
  const isPacked = copyReason === 'packed'
  const reason = copyReason === undefined ? '' : text(isPacked ? 'note.unpacked' : `reason.${copyReason}`)
  const parts: readonly (readonly [bytes: number, part: (size: string) => string])[] = [
    [notSharedBytes, (size) => text('verdict.part.not-shared', { size })],
    [isPacked ? 0 : copiedBytes, (size) => text('verdict.part.copied', { size, reason })],
    [uncheckedBytes, (size) => text('verdict.part.unchecked', { size })],
    [withArchiveBytes, (size) => text('verdict.part.cloned', { size })],
    [withFilesBytes, (size) => text('verdict.part.shared', { size })],
    [isPacked ? copiedBytes : 0, (size) => text('verdict.part.packed', { size })],
    [
      verdict.holeBytes,
      (size) => text(time === 'then' ? 'verdict.part.holes' : 'verdict.part.holesInArchive', { size }),
    ],
  ]
  const said = parts.flatMap(([bytes, part]) => (bytes > 0 ? [part(format.size(bytes))] : []))
  return said.length === 0 ? text('verdict.empty') : said.join(', ')
}
