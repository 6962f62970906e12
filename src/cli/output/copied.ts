/** Rows and sentences about bytes that create and extract have in common. */
import { type CopiedBytes, type CopyReason, copyReasonTexts } from '../../shared/clone-reasons.ts'

/** A row of a summary: word, size, explanation. */
export type SummaryRow = readonly [word: string, size: string, explanation: string]

const copyReasons = Object.keys(copyReasonTexts) as readonly CopyReason[]

/** All bytes copied, whatever the reason. */
export function copiedTotal(copied: CopiedBytes): number {
  return copyReasons.reduce((sum, reason) => sum + (copied[reason] ?? 0), 0)
}

/** One row for each reason that occurred, the largest first. */
export function copiedRows(copied: CopiedBytes, size: (bytes: number) => string): SummaryRow[] {
  return copyReasons
    .map((reason) => ({ reason, bytes: copied[reason] ?? 0 }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes)
    .map(({ reason, bytes }) => ['copied', size(bytes), copyReasonTexts[reason]])
}

/** A row, or none where there are no bytes. */
export function rowOf(word: string, bytes: number, explanation: string, size: (bytes: number) => string): SummaryRow[] {
  return bytes > 0 ? [[word, size(bytes), explanation]] : []
}
