/** What deleting would free, in the same words wherever it is asked: of the archive, of a folder, of what is listed, of a file. */
import { useMemo } from 'react'
import type { SharingFileQuery, SharingFreed, SharingFreedOf, SharingState } from '../../../shared/ipc/sharing.ts'
import type { FreedBytes } from '../../../shared/sharing/sharers.ts'
import { useBackend } from '../../lib/backend.ts'
import { useLatest } from '../../lib/latest.ts'
import { useWords } from '../../lib/use-words.ts'
import type { Words } from '../../lib/words.ts'
import type { LookKind } from '../../store/look-slice.ts'

/** “Deleting … would free …”: what for certain, what perhaps, and what stays. Undefined is not known yet. */
export function freedSentence(what: string, freed: FreedBytes | undefined, { text, format }: Words): string {
  if (freed === undefined || freed.uncheckedBytes > 0) return text('savings.freed.unknown', { what })
  const { ownBytes, certainBytes, othersBytes, keptBytes, filesWithOtherNames } = freed
  const sentences = [
    text(
      certainBytes < ownBytes
        ? 'savings.freed.between'
        : othersBytes > 0
          ? 'savings.freed.atLeast'
          : 'savings.freed.exactly',
      {
        what,
        freed: format.size(ownBytes),
        certain: format.size(certainBytes),
        maybe: format.size(ownBytes - certainBytes),
      },
    ),
    ...(othersBytes > 0 ? [text('savings.freed.others', { others: format.size(othersBytes) })] : []),
    ...(keptBytes > 0 ? [text('savings.freed.kept', { kept: format.size(keptBytes) })] : []),
    ...(filesWithOtherNames > 0 ? [text('savings.freed.otherNames', { count: filesWithOtherNames })] : []),
  ]
  return sentences.join(' ')
}

/** The same of entries in an archive, which aren't deleted but left out. */
export function freedInArchive({ ownBytes, keptBytes }: FreedBytes, { text, format }: Words): string {
  const sentences = [
    text('savings.freed.part', { freed: format.size(ownBytes) }),
    ...(keptBytes > 0 ? [text('savings.freed.keptEntries', { kept: format.size(keptBytes) })] : []),
  ]
  return sentences.join(' ')
}

interface FreedProps {
  readonly kind: LookKind
  readonly sharing: SharingState
  readonly of: SharingFreedOf
  readonly className?: string | undefined
}

/** What deleting some of the files looked at would free, a sentence for each role. Nothing until all of it is known. */
export function Freed({ kind, sharing: { sharingId, version, complete }, of, className }: FreedProps) {
  const words = useWords()
  const backend = useBackend()
  const question = useMemo(() => (complete ? { of, version } : undefined), [of, version, complete])
  const answered = useLatest(question, ({ of }) => backend.request('sharingFreed', sharingId, of))
  if (answered === undefined || answered.question !== question) return null
  return <p className={className}>{sentences(answered.answer, kind, words).join(' ')}</p>
}

function sentences(freed: readonly SharingFreed[], kind: LookKind, words: Words): string[] {
  if (kind === 'contents') return freed.map((part) => freedInArchive(part.freed, words))
  // The archive is listed with whatever came out of it; deleting it is another question.
  const asked = freed.length > 1 ? freed.filter(({ role }) => role !== 'archive') : freed
  return asked.map(({ role, files, freed }) =>
    freedSentence(
      role === 'archive' ? words.text('savings.freed.archive') : words.text(`sharing.freed.${role}`, { count: files }),
      freed,
      words,
    ),
  )
}

/** Whether a query lists less than everything. */
export function isPart({ folder, selectedOnly, show, sharesWithFile, text }: SharingFileQuery): boolean {
  return folder !== 0 || selectedOnly || show !== 'all' || sharesWithFile !== undefined || text !== ''
}
