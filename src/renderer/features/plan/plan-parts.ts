/** What a plan says about every byte, as parts that add up: the bar and the rows below it show the same numbers. */
import type { CopiedBytes, CopyReason } from '../../../shared/clone-reasons.ts'
import type { CreatePlan, ExtractPlan } from '../../../shared/ipc/plans.ts'

/** copied: data that is written again although other circumstances would allow cloning it. */
export type PartKind = 'cloned' | 'shared' | 'packed' | 'copied' | 'hole'

export interface Part {
  readonly kind: PartKind
  readonly bytes: number
  /** Why it is written again; for `packed` and `copied`. */
  readonly reason: CopyReason | undefined
}

/** Copies that are in the nature of the archive: nothing about disks or options would change them. */
const packedReasons: ReadonlySet<string> = new Set(['packed', 'compressed'] satisfies CopyReason[])

/** Copied bytes as parts, largest first, those from packs before the rest; without empty ones. */
export function copiedParts(copied: CopiedBytes): Part[] {
  const parts = reasonsOf(copied).map(
    ([reason, bytes]): Part => ({ kind: packedReasons.has(reason) ? 'packed' : 'copied', bytes, reason }),
  )
  return parts.sort((a, b) => (a.kind === b.kind ? b.bytes - a.bytes : a.kind === 'packed' ? -1 : 1))
}

function reasonsOf(copied: CopiedBytes): [CopyReason, number][] {
  return (Object.entries(copied) as [CopyReason, number][]).filter(([, bytes]) => bytes > 0)
}

/**
 * All bytes of the inputs: cloned, shared already, packed, copied by reason, holes. Empty parts are left out.
 * `isCompressed`: everything is packed because the user wants it so, not because it is small.
 */
export function createParts(plan: CreatePlan, isCompressed: boolean): Part[] {
  return withoutEmpty([
    { kind: 'cloned', bytes: plan.clonedBytes, reason: undefined },
    { kind: 'shared', bytes: plan.sharedBytes, reason: undefined },
    { kind: 'packed', bytes: plan.packedBytes, reason: isCompressed ? 'compressed' : 'packed' },
    ...copiedParts(plan.copied),
    { kind: 'hole', bytes: plan.holeBytes, reason: undefined },
  ])
}

/** All bytes of what is extracted: cloned, unpacked, copied by reason, holes. Empty parts are left out. */
export function extractParts(plan: ExtractPlan): Part[] {
  return withoutEmpty([
    { kind: 'cloned', bytes: plan.clonedBytes, reason: undefined },
    ...copiedParts(plan.copied),
    { kind: 'hole', bytes: plan.holeBytes, reason: undefined },
  ])
}

function withoutEmpty(parts: readonly Part[]): Part[] {
  return parts.filter((part) => part.bytes > 0)
}

/** Sum of the copied bytes. */
export function copiedTotal(copied: CopiedBytes): number {
  return reasonsOf(copied).reduce((sum, [, bytes]) => sum + bytes, 0)
}
