/** Rows of “how many bytes, of which class, why”: the same in plans and in reports. */
import type { TextKey } from '../../../shared/texts/text.ts'
import type { Words } from '../../lib/words.ts'
import type { Part, PartKind } from './plan-parts.ts'

export interface ByteRow {
  /** duplicate and zero are known only when it is done. */
  readonly kind: PartKind | 'duplicate' | 'zero'
  readonly bytes: number
  readonly note: string
}

/** `noteBytes` is the size that the note names, where it names one. */
export function byteRow(
  kind: ByteRow['kind'],
  bytes: number,
  note: TextKey,
  words: Words,
  noteBytes?: number,
): ByteRow {
  const values = noteBytes === undefined ? undefined : { size: words.format.size(noteBytes) }
  return { kind, bytes, note: words.text(note, values) }
}

/** Copied parts with their reasons. What an archive packs, an extraction takes out of packs. */
export function copiedRows(parts: readonly Part[], words: Words, doing: 'create' | 'extract' = 'create'): ByteRow[] {
  return parts.map(({ kind, bytes, reason }) => ({ kind, bytes, note: noteOf(reason, words, doing) }))
}

function noteOf(reason: Part['reason'], { text }: Words, doing: 'create' | 'extract'): string {
  if (reason === undefined) return ''
  if (reason === 'packed') return text(doing === 'create' ? 'note.packed' : 'note.unpacked')
  if (reason === 'compressed' && doing === 'extract') return text('note.uncompressed')
  return text(`reason.${reason}`)
}

/** All parts of a plan as rows. */
export function planRows(parts: readonly Part[], words: Words, doing: 'create' | 'extract'): ByteRow[] {
  return parts.flatMap((part) => {
    if (part.reason !== undefined) return copiedRows([part], words, doing)
    if (part.kind === 'cloned') {
      return [byteRow('cloned', part.bytes, doing === 'create' ? 'note.cloned' : 'note.clonedFromArchive', words)]
    }
    return [byteRow(part.kind, part.bytes, part.kind === 'hole' ? 'note.hole' : 'note.shared', words)]
  })
}
