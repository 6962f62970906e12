/** What `extract` did and what the filesystem says about it, in sentences and rows. */
import { countOf, formatDuration } from '../../shared/format-size.ts'
import type { ExtractSummary, SharingProof } from '../../shared/jobs.ts'
import { english, inEnglish } from '../../shared/said.ts'
import { copiedRows, copiedTotal, rowOf } from './copied.ts'
import { tableLines } from './table.ts'

/** How well the archive knows its data. */
type DataHashes = 'complete' | 'absent' | 'weak'

/** Lines for people. Every number of the first line is explained by the rows below it. */
export function extractSummaryLines(
  summary: ExtractSummary,
  hashes: DataHashes,
  size: (bytes: number) => string,
): string[] {
  const cloned = summary.clonedBytes + summary.clonedFromFilesBytes
  const rows = [
    ...rowOf('cloned', summary.clonedBytes, 'from the archive', size),
    ...rowOf('cloned', summary.clonedFromFilesBytes, 'from files already extracted', size),
    ...copiedRows(summary.copied, size),
    ...rowOf('hole', summary.holeBytes, 'not stored, reads as zeros', size),
    ...rowOf('lost', summary.lostBytes, 'damaged in the archive, zeros in files that were kept', size),
  ]
  const lines = [
    `Extracted ${countOf(summary.files, 'file')}, ${size(summary.logicalBytes)}. ` +
      `${size(cloned)} cloned, ${size(copiedTotal(summary.copied))} new on disk.`,
    ...tableLines(rows, ['left', 'right', 'left'], '  '),
  ]
  lines.push(...proofLines(summary.proof, size))
  lines.push(...contentsLines(summary, hashes))
  if (summary.skipped > 0) lines.push(`${countOf(summary.skipped, 'entry', 'entries')} skipped.`)
  if (summary.renamed > 0)
    lines.push(`${countOf(summary.renamed, 'entry', 'entries')} got a new name, since something had the old one.`)
  lines.push(...notRestoredLines(summary))
  if (!summary.archiveComplete) lines.push('The archive is incomplete: what it still holds was extracted.')
  if (summary.problems > 0)
    lines.push(`${countOf(summary.problems, 'entry needs', 'entries need')} attention; see above.`)
  lines.push(`Took ${formatDuration(summary.elapsedMilliseconds)}.`)
  return lines
}

/** By kind; each was named with its first entry and the reason. */
function notRestoredLines({ notRestored, madeChangeable }: ExtractSummary): string[] {
  const lines = notRestored.map(
    ({ what, entries, reason }) =>
      `Not restored: ${inEnglish(what)} of ${countOf(entries, 'entry', 'entries')} (${english.within(inEnglish(reason))}).`,
  )
  if (madeChangeable > 0) {
    const were = madeChangeable === 1 ? 'was' : 'were'
    lines.push(
      `${countOf(madeChangeable, 'entry', 'entries')} ${were} immutable or append-only; --immutable restores that.`,
    )
  }
  return lines
}

/** What was compared with a hash; never more than is true. */
function contentsLines(summary: ExtractSummary, hashes: DataHashes): string[] {
  const copiedBytes = copiedTotal(summary.copied)
  if (summary.clonedBytes === 0 && copiedBytes === 0) return []
  if (hashes === 'absent')
    return ['The archive has no content hashes (made with --instant), so only packed data was checked.']
  const by = hashes === 'weak' ? 'the archive’s checksums (CRC-32)' : 'the archive’s hashes'
  if (summary.contentsVerified || summary.clonedBytes === 0) return [`All contents were checked against ${by}.`]
  const unread = '(--verify-contents reads and checks it)'
  if (copiedBytes === 0) return [`Cloned data wasn’t read ${unread}.`]
  return [`Copied data was checked against ${by}; cloned data wasn’t read ${unread}.`]
}

/** The sentences about FIEMAP's answer; none where there was nothing to ask. */
function proofLines(proof: SharingProof, size: (bytes: number) => string): string[] {
  const found = [
    proof.withArchiveBytes > 0 ? `${size(proof.withArchiveBytes)} are the archive’s own blocks` : undefined,
    proof.amongFilesBytes > 0 ? `${size(proof.amongFilesBytes)} are the blocks of another extracted file` : undefined,
    proof.disprovedBytes > 0 ? `${size(proof.disprovedBytes)} were cloned but are NOT shared` : undefined,
  ].filter((part) => part !== undefined)
  const lines = found.length === 0 ? [] : [`Sharing checked with FIEMAP: ${found.join('; ')}.`]
  if (proof.uncheckedBytes > 0) {
    lines.push(
      `Sharing of ${size(proof.uncheckedBytes)} can’t be checked here: this filesystem doesn’t tell where blocks are.`,
    )
  }
  return lines
}
