/** What `compare` found, in sentences. */
import { type CompareSummary, differenceKinds, differenceKindTexts } from '../../shared/comparison.ts'
import { countOf, formatCount, formatDuration } from '../../shared/format-size.ts'

/** The sums and the verdict; never more than was looked at. `name` is how the user called the archive. */
export function compareSummaryLines(name: string, summary: CompareSummary, size: (bytes: number) => string): string[] {
  const lines = [
    `Compared ${countOf(summary.entries, 'entry', 'entries')}, ${countOf(summary.files, 'file')}; ` +
      `${size(summary.comparedBytes)} read and compared.`,
  ]
  if (summary.unseenAttributes > 0) {
    lines.push(
      `Attributes “trusted.…” of ${countOf(summary.unseenAttributes, 'entry', 'entries')} can’t be checked here: only root can see them.`,
    )
  }
  if (!summary.archiveComplete) lines.push('The archive is incomplete: only what it still holds was compared.')
  if (summary.problems > 0) {
    lines.push(`${countOf(summary.problems, 'entry', 'entries')} couldn’t be compared; see above.`)
  }
  lines.push(verdict(name, summary), `Took ${formatDuration(summary.elapsedMilliseconds)}.`)
  return lines
}

function verdict(name: string, summary: CompareSummary): string {
  const { differenceCount, differences, problems, directory, archiveComplete } = summary
  if (differenceCount > 0) {
    const kinds = differenceKinds
      .filter((kind) => differences[kind] !== undefined)
      .map((kind) => `${formatCount(differences[kind] ?? 0)} × ${differenceKindTexts[kind]}`)
    return `✗ ${countOf(differenceCount, 'difference')} between ${name} and ${directory}: ${kinds.join(', ')}.`
  }
  if (!archiveComplete) return `? No differences were found in what ${name} still holds.`
  if (problems > 0) return `? No differences were found in what could be compared.`
  return `✓ ${directory} is what ${name} holds.`
}
