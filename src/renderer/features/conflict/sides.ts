/** What the conflict dialog says about its two sides, as far as it can be said. Pure. */
import type { ConflictQuestion, ConflictSide } from '../../../shared/ipc/jobs.ts'

export interface Comparison {
  /** Which side is newer; undefined when both have the same time. */
  readonly newer: 'existing' | 'archived' | undefined
  /** Which side is larger; undefined unless both are files of different size. */
  readonly larger: 'existing' | 'archived' | undefined
  /** equal and different are only said of contents that were compared, or whose sizes differ. */
  readonly contents: 'equal' | 'different' | 'not-compared' | undefined
  /** A folder is never replaced by something else, nor is anything else replaced by a folder. */
  readonly canReplace: boolean
}

export function compareSides({ existing, archived, equalContents }: ConflictQuestion): Comparison {
  const bothFiles = existing.kind === 'file' && archived.kind === 'file'
  const sizesDiffer = existing.sizeBytes !== archived.sizeBytes
  const known = equalContents ?? (bothFiles && sizesDiffer ? false : undefined)
  return {
    newer: newerSide(existing, archived),
    larger: bothFiles && sizesDiffer ? (existing.sizeBytes > archived.sizeBytes ? 'existing' : 'archived') : undefined,
    contents: !bothFiles ? undefined : known === undefined ? 'not-compared' : known ? 'equal' : 'different',
    canReplace: existing.kind !== 'folder',
  }
}

function newerSide(existing: ConflictSide, archived: ConflictSide): 'existing' | 'archived' | undefined {
  const seconds = archived.modifyTime.seconds - existing.modifyTime.seconds
  const difference = seconds === 0 ? archived.modifyTime.nanoseconds - existing.modifyTime.nanoseconds : seconds
  if (difference === 0) return undefined
  return difference > 0 ? 'archived' : 'existing'
}
