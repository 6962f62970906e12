/** What became of each file of an extraction, for looking through page by page. */
import type { VerdictFilter, VerdictRows } from '../../shared/ipc/sharing.ts'
import { type FileVerdict, type VerdictKind, verdictKind, verdictKinds } from '../../shared/sharing/verdict.ts'

/** Of each kind so many are kept; all are counted. */
const MOST_OF_KIND = 50_000

export class VerdictList {
  readonly #byKind = new Map<VerdictKind, { files: number; readonly kept: FileVerdict[] }>()

  add(verdict: FileVerdict): void {
    const kind = verdictKind(verdict)
    let known = this.#byKind.get(kind)
    if (known === undefined) {
      known = { files: 0, kept: [] }
      this.#byKind.set(kind, known)
    }
    known.files++
    if (known.kept.length < MOST_OF_KIND) known.kept.push(verdict)
  }

  /** What is wrong comes before what is right. */
  rows(filter: VerdictFilter, from: number, count: number): VerdictRows {
    const kinds = verdictKinds.flatMap((kind) => {
      const known = this.#byKind.get(kind)
      return known === undefined ? [] : [{ kind, ...known }]
    })
    const listed = kinds.filter(({ kind }) => filter === undefined || kind === filter)
    const rows: FileVerdict[] = []
    let first = 0
    for (const { kept } of listed) {
      rows.push(...kept.slice(Math.max(0, from - first), Math.max(0, from + count - first)))
      first += kept.length
    }
    return {
      rowCount: first,
      rows,
      kinds: kinds.map(({ kind, files }) => ({ kind, files })),
      omitted: listed.reduce((sum, { files, kept }) => sum + files - kept.length, 0),
    }
  }
}
