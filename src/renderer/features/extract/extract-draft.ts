/** The extract dialog's choices before they become a request. Pure. */
import type { ByteString } from '../../../shared/byte-string.ts'
import type { EntrySelection } from '../../../shared/ipc/archives.ts'
import type { ExtractRequest } from '../../../shared/ipc/jobs.ts'
import type { Settings } from '../../../shared/ipc/settings.ts'

/** What the dialog offers for names that are taken; there, failing would only be a worse way of skipping. */
export const conflictPolicies = [
  'ask',
  'skip',
  'overwrite',
  'rename',
  'newer',
] as const satisfies readonly ExtractRequest['onConflict'][]

export const cloneModes = ['auto', 'always', 'never'] as const satisfies readonly ExtractRequest['clone'][]

export type ExtractDraft = Settings['extract'] & {
  /** Undefined until one is suggested or chosen. */
  readonly directory: ByteString | undefined
  readonly onConflict: (typeof conflictPolicies)[number]
  readonly clone: ExtractRequest['clone']
  /** Not remembered: it is for the archive at hand. */
  readonly keepDamaged: boolean
}

/** A new draft with the remembered options. */
export function newExtractDraft(remembered: Settings['extract']): ExtractDraft {
  return { ...remembered, directory: undefined, onConflict: 'ask', clone: 'auto', keepDamaged: false }
}

/** What main is asked to plan, and then to do; undefined while there is no target. */
export function extractRequest(
  { directory, smartFolder, verifyContents, keepDamaged, onConflict, clone }: ExtractDraft,
  archiveId: number,
  selection: EntrySelection,
  shownFolder: ByteString,
): ExtractRequest | undefined {
  if (directory === undefined) return undefined
  // Everything is everything: from the top, whatever folder is shown.
  const relativeTo = selection.kind === 'all' ? ('' as ByteString) : shownFolder
  return { archiveId, selection, directory, relativeTo, smartFolder, onConflict, clone, verifyContents, keepDamaged }
}
